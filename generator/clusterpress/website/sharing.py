"""Share links: plain addresses that hand an article on, without any script of the platforms."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

PLACES = ("LinkedIn", "Facebook", "X", "Bluesky", "Mastodon", "WhatsApp")


def share_links(title: str, url: str, hashtags: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Return (place, address) for each platform.

    Args:
        title: what is shared.
        url: its full address.
        hashtags: with or without their sign.
    """
    words = tuple(tag.lstrip("#") for tag in hashtags)
    text = " ".join((title, *(f"#{word}" for word in words)))
    said, at = _quoted(text), _quoted(url)
    both = f"{said}%20{at}"
    addresses = (
        f"https://www.linkedin.com/sharing/share-offsite/?url={at}",
        f"https://www.facebook.com/sharer/sharer.php?u={at}",
        f"https://x.com/intent/post?text={said}&url={at}",
        f"https://bsky.app/intent/compose?text={both}",
        f"https://share.joinmastodon.org/#text={both}",
        f"https://wa.me/?text={both}",
    )
    return tuple(zip(PLACES, addresses, strict=True))


def mail_link(title: str, url: str) -> str:
    """Return a ``mailto:`` address without recipient, its subject and text filled in (RFC 6068)."""
    return f"mailto:?subject={_quoted(title)}&body={_quoted(title)}%0D%0A%0D%0A{_quoted(url)}"


@lru_cache(maxsize=8)
def _quoted(words: str) -> str:
    return quote(words, safe="")
