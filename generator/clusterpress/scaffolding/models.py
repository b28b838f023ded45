"""Models: the items that new ones follow, as their translations or as further ones of their kind."""

import posixpath
from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from clusterpress.config.settings import Settings
from clusterpress.content.checks import placeholder
from clusterpress.content.front_matter import read_front_matter
from clusterpress.content.items import Item
from clusterpress.content.keys import field_name, fields_of
from clusterpress.parsing.values import Value
from clusterpress.values.kinds import KEYS_OF_ONE_VERSION, OWN_KEYS, RECORD_KINDS, Kind
from clusterpress.values.problems import did_you_mean
from clusterpress.values.slugs import term_slug
from clusterpress.values.source_names import strip_markdown

_OF_ONE = frozenset(
    {
        "date", "start", "end", "when", "publish", "expires", "draft", "number", "image", "logo", "pinned",
        "cancelled", "period", "preheader", "frozen", "next_issue", "select", "contact", "audio",
    }
)  # fmt: skip
"""Further keys that another item of the kind does not share."""


class Model(Struct, frozen=True):
    """What a new item takes from another one."""

    values: Mapping[str, Value] = field(default_factory=dict)
    """Front matter."""
    folder: str = ""
    """Folder of the new file; "" for the usual one."""
    stem: str = ""
    """Name of the new file without language and ending; "" to make it from the title."""


class NoModelError(Exception):
    """There is no such item."""


def follow(text: str, path: str, kind: Kind, settings: Settings) -> Model:
    """Return what another item of the kind shares: programme, cluster, place, audience, sections.

    Args:
        text: of the item that is followed.
        path: its file.
        kind: its kind.
        settings: of the project.
    """
    values = _values(text, path, kind, settings)
    return Model({key: value for key, value in values.items() if key not in OWN_KEYS | _OF_ONE})


def translate(original: Item, text: str, settings: Settings) -> Model:
    """Return what a translation shares with its original: dates, places, records, pictures.

    Args:
        original: the item.
        text: of its file.
        settings: of the project.
    """
    path = original.source.path
    values = {
        key: _with_own_words(value) if key in {"image", "logo"} else value
        for key, value in _values(text, path, original.kind, settings).items()
        if key not in KEYS_OF_ONE_VERSION
    }
    folder, name = posixpath.split(strip_markdown(path))
    # Versions of a record share its name; pictures of an item with a folder lie beside it.
    is_beside = original.kind in RECORD_KINDS or original.kind == "issue" or name == "index"
    return Model(values, folder, name if is_beside else "")


def find_original(name: str, items: Iterable[Item], settings: Settings) -> Item:
    """Return the item that a translation is made of.

    Args:
        name: its slug, title or file.
        items: of its kind.
        settings: of the project.

    Raises:
        NoModelError: there is none.
    """
    known: dict[str, Item] = {}
    for item in items:
        path = item.source.path
        is_main = not item.translation_of and item.lang in {"", settings.language}
        for one in (item.slug, term_slug(item.title), path, path.removeprefix("content/")) if is_main else ():
            known.setdefault(one, item)
    found = known.get(name.removeprefix("./")) or known.get(term_slug(name))
    if found is None:
        hint = did_you_mean(name, known, "write the name of its file without .md")
        raise NoModelError(f'there is no item "{name}" to translate; {hint}')
    return found


def _values(text: str, path: str, kind: Kind, settings: Settings) -> dict[str, Value]:
    """Return the front matter under the names of our fields, as written."""
    parsed = read_front_matter(text, path).parsed.values
    named = ((field_name(key, settings), value) for key, value in parsed.items())
    return {key: value for key, value in named if key in fields_of(kind)}


def _with_own_words(picture: Value) -> Value:
    """Return a picture whose texts wait for a translation."""
    if not isinstance(picture, dict):
        return picture
    words = {
        key: placeholder(f"translate: {value}")
        for key, value in picture.items()
        if key in {"alt", "caption"} and value
    }
    return {**picture, **words}
