"""Share links: plain addresses that hand an article on, without any script of the platforms."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

PLATFORMS = ("LinkedIn", "Facebook", "X", "Bluesky", "Mastodon", "WhatsApp")


def share_links(title: str, url: str, hashtags: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Return (place, address) for each platform.

    Args:
        title: what is shared.
        url: its full address.
        hashtags: with or without their sign.
    """
    words = tuple(tag.lstrip("#") for tag in hashtags)
    text = " ".join((title, *(f"#{word}" for word in words)))
    quoted_text, quoted_url = _quoted(text), _quoted(url)
    both = f"{quoted_text}%20{quoted_url}"
    addresses = (
        f"https://www.linkedin.com/sharing/share-offsite/?url={quoted_url}",
        f"https://www.facebook.com/sharer/sharer.php?u={quoted_url}",
        f"https://x.com/intent/post?text={quoted_text}&url={quoted_url}",
        f"https://bsky.app/intent/compose?text={both}",
        f"https://share.joinmastodon.org/#text={both}",
        f"https://wa.me/?text={both}",
    )
    return tuple(zip(PLATFORMS, addresses, strict=True))


def mail_link(title: str, url: str) -> str:
    """Return a ``mailto:`` address without recipient, its subject and text filled in (RFC 6068)."""
    return f"mailto:?subject={_quoted(title)}&body={_quoted(title)}%0D%0A%0D%0A{_quoted(url)}"


@lru_cache(maxsize=8)
def _quoted(words: str) -> str:
    return quote(words, safe="")
