"""Keys that hide a text in other programs: whoever uses their files here must not publish it unawares.

Jekyll, Hugo, Eleventy, Pelican, Hexo, Zola, Docusaurus, Ghost, Grav and WordPress know them.
"""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from clusterpress.parsing.values import Value

TRUE = frozenset({"true", "yes", "on", "1", "y"})
FALSE = frozenset({"false", "no", "off", "0", "n", "never", "none"})

HIDDEN_IF_TRUE = frozenset({
    "eleventyexcludefromcollections", "exclude", "excluded", "headless", "hidden", "ishidden", "isdraft",
    "isprivate", "private", "unlisted", "unpublished", "wip",
})  # fmt: skip
"""Keys, folded and without "_", whose "yes" hides a text."""

HIDDEN_IF_FALSE = frozenset({
    "enabled", "ispublic", "ispublished", "listed", "permalink", "public", "published", "render", "visible",
})  # fmt: skip
"""Keys whose "no" hides a text."""

SHOWN_VALUES: Mapping[str, frozenset[str]] = {
    "status": TRUE | {
        "active", "cancelled", "canceled", "closed", "complete", "completed", "confirmed", "current", "done",
        "final", "finished", "live", "ongoing", "open", "past", "planned", "posted", "public", "publish",
        "published", "released", "running", "upcoming", "visible",
    },
    "visibility": TRUE | {"all", "everyone", "listed", "public", "publish", "published", "visible"},
    "password": FALSE,
}  # fmt: skip
"""Key → the values that hide nothing; any other hides: "draft", "private", "in review", "Entwurf"."""

EMBARGO = frozenset({
    "embargo", "embargodate", "embargountil", "golive", "publishafter", "publishat", "publishdate",
    "publishfrom", "publishon",
})  # fmt: skip
"""Keys with the time from which a text is published."""

EXPIRY = frozenset({
    "expirationdate", "expire", "expiredate", "expiresat", "expireson", "expiry", "expirydate", "unpublish",
    "unpublishat", "unpublishdate", "unpublishon",
})  # fmt: skip
"""Keys with the time from which it is not published any more."""

_BLOCKS = frozenset({"build"})
"""Blocks with such keys: Hugo's ``build: {render: never, list: never}``."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Hidden(NamedTuple):
    """What a foreign key means here."""

    field: Literal["draft", "publish", "expires"]
    value: str
    meaning: str
    """What the key does, as the end of a sentence; the value is not named, as it may be a password."""
    remedy: str
    """How to say the same with our keys."""


def hidden_by(key: str, value: Value, date: Value = "") -> Hidden | None:
    """Return what a foreign key means here if it hides the text; None if it does not.

    Args:
        key: as written.
        value: its value.
        date: the date of the text; an embargo up to it is none.
    """
    name = _folded(key)
    if isinstance(value, dict) and name in _BLOCKS:
        parts = ("list", "render")
        hides = any(str(value.get(part, "")).casefold() in FALSE | {"link"} for part in parts)
        return _DRAFT if hides else None
    if not isinstance(value, str):
        return None
    word = value.strip().casefold()
    if name in EMBARGO | EXPIRY and word not in TRUE | FALSE:
        return _dated("publish" if name in EMBARGO else "expires", value.strip(), date)
    shown = SHOWN_VALUES.get(name)
    if shown is not None:
        return _DRAFT if word and word not in shown else None
    says_yes = name in HIDDEN_IF_TRUE | EMBARGO and word in TRUE
    return _DRAFT if says_yes or (name in HIDDEN_IF_FALSE and word in FALSE) else None


def shown_by(key: str, value: Value) -> bool:
    """Return whether a key that can hide a text in other programs says that it is shown."""
    name, word = _folded(key), str(value).strip().casefold()
    is_switch = name in HIDDEN_IF_TRUE | HIDDEN_IF_FALSE | EMBARGO | EXPIRY
    return hidden_by(key, value) is None and (name in SHOWN_VALUES or (is_switch and word in TRUE | FALSE))


_DRAFT = Hidden(
    "draft",
    "true",
    "hides the text in other programs, so it is a draft here",
    'write "draft: true" instead; to publish the text, delete the key',
)


def _dated(field: Literal["publish", "expires"], value: str, date: Value) -> Hidden | None:
    if not value:
        return None
    first, day = (_DAY.match(str(one)) for one in (value, date))
    if field == "publish" and first and day and first[0] <= day[0]:
        return None
    meaning = "is an embargo" if field == "publish" else "is an expiry"
    return Hidden(
        field, value, f"{meaning}, so it is kept", f'write "{field}: {value}" instead, or "draft: true"'
    )


def _folded(key: str) -> str:
    return re.sub(r"[\s_-]+", "", key).casefold()
