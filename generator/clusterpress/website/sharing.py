"""Share links: plain addresses that hand an article on, without any script of the platforms."""

from collections.abc import Iterable
from urllib.parse import quote, urlencode

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
    both = f"{text} {url}"
    post = {"text": text, "url": url}
    addresses = (
        f"https://www.linkedin.com/sharing/share-offsite/?{_query({'url': url})}",
        f"https://www.facebook.com/sharer/sharer.php?{_query({'u': url})}",
        f"https://x.com/intent/post?{_query(post)}",
        f"https://bsky.app/intent/compose?{_query({'text': both})}",
        f"https://share.joinmastodon.org/#{_query({'text': both})}",
        f"https://wa.me/?{_query({'text': both})}",
    )
    return tuple(zip(PLACES, addresses, strict=True))


def mail_link(title: str, url: str) -> str:
    """Return a ``mailto:`` address without recipient, its subject and text filled in (RFC 6068)."""
    text = f"{title}\r\n\r\n{url}"
    return "mailto:?" + _query({"subject": title, "body": text})


def _query(values: dict[str, str]) -> str:
    return urlencode(values, quote_via=quote)
