"""The texts of announcements: what stands in a post about an item, within the limits of each network."""

import re
from collections.abc import Callable, Iterable
from itertools import accumulate
from unicodedata import category, normalize

from msgspec import Struct

from clusterpress.config.announcing import Network

LIMITS: dict[Network, int] = {"mastodon": 500, "bluesky": 300, "linkedin": 3000}
"""Characters of a post. Bluesky counts graphemes, of which there are never more than code points."""

_LINK_ON_MASTODON = 23
"""Characters that Mastodon counts for a link of any length (docs.joinmastodon.org/user/posting)."""
_MOST_HASHTAGS = 4
_LEAST_SUMMARY = 40
"""Characters; less of a summary says nothing."""


class Announcement(Struct, frozen=True, kw_only=True):
    """What is said of a newly published item."""

    id: str
    """Its identifier in feeds, which stays if it moves."""
    name: str
    """Name of the file of its drafts, without its end: ``2026-11-30-forum-in-linz``."""
    lang: str
    title: str
    summary: str
    link: str
    """Full address of its page."""
    published: float = 0
    """Seconds since the epoch."""
    statement: str = ""
    """Statement of its funding, if rules ask for one."""
    hashtags: tuple[str, ...] = ()
    """With their sign."""
    picture: str = ""
    """Path of its picture below the site's root."""
    alt: str = ""
    """Text alternative of the picture."""


def make_hashtags(words: Iterable[str]) -> tuple[str, ...]:
    """Return words as hashtags: ``agri-food`` becomes ``#AgriFood``, which is read aloud as two words."""
    made = (_hashtag(word) for word in words)
    return tuple(dict.fromkeys(one for one in made if one))[:_MOST_HASHTAGS]


def _hashtag(word: str) -> str:
    parts = re.findall(r"\w+", normalize("NFC", word.lstrip("#")))
    joined = "".join(part[:1].upper() + part[1:] if len(parts) > 1 else part for part in parts)
    # Networks take a tag of digits alone for no tag.
    return f"#{joined}" if any(category(sign).startswith("L") for sign in joined) else ""


def compose(one: Announcement, network: Network) -> str:
    """Return the text of a post: title, summary, statement, link, hashtags.

    If it is too long, the summary is shortened or left out, then hashtags, then the title is shortened. Link
    and statement always stay.
    """
    limit, length = LIMITS[network], _measure(network, one.link)

    def write(title: str, summary: str, hashtags: tuple[str, ...]) -> str:
        parts = (title, summary, one.statement, one.link, " ".join(hashtags))
        return normalize("NFC", "\n\n".join(part for part in parts if part))

    if length(text := write(one.title, one.summary, one.hashtags)) <= limit:
        return text
    room = limit - length(write(one.title, "…\n\n", one.hashtags))
    if room >= _LEAST_SUMMARY:
        return write(one.title, _cut(one.summary, room), one.hashtags)
    for count in range(len(one.hashtags), -1, -1):
        if length(text := write(one.title, "", one.hashtags[:count])) <= limit:
            return text
    return write(_cut(one.title, limit - length(write("…", "", ()))), "", ())


def _measure(network: Network, link: str) -> Callable[[str], int]:
    """Return a function that counts the characters of a text as a network does."""
    saved = len(link) - _LINK_ON_MASTODON if network == "mastodon" else 0
    return lambda text: len(text) - saved


def _cut(text: str, room: int) -> str:
    """Return the words of a text that fit into some characters, and an ellipsis, which needs one more."""
    text = normalize("NFC", text)
    if len(text) <= room + 1:
        return text
    words = text.split(" ")
    ends = [*accumulate(len(word) + 1 for word in words)]
    fitting = sum(end - 1 <= room for end in ends)
    kept = " ".join(words[:fitting]) or text[: max(0, room)]
    return kept.rstrip(" ,;:.–-") + "…"


def write_draft(one: Announcement, network: Network, site: str) -> str:
    """Return a draft to copy, with what the person who posts it needs besides.

    Args:
        one: the item.
        network: where it is to be posted.
        site: full address of the site.
    """
    text = compose(one, network)
    count = f"{_measure(network, one.link)(text)} of {LIMITS[network]} characters"
    notes = [f"({count})"]
    if one.picture:
        picture = one.picture if "://" in one.picture else site + one.picture
        notes += [
            f"Picture: {picture}",
            f"Alt text: {one.alt}" if one.alt else "Alt text: describe the picture",
        ]
    return f"{text}\n\n-----\n" + "\n".join(notes) + "\n"
