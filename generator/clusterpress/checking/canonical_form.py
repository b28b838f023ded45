"""The usual form of a front matter: dates in ISO 8601, records by slug, tags in one case, keys in order.

`normalise` is a pure function, and the check of the usual form is the fixer itself. What has two readings, or
none, is left for people, and typographic quotes are left as they are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from clusterpress.checking.canonical_values import slug_of, usual_date, usual_range, usual_tags
from clusterpress.checking.front_blocks import (
    Entry,
    Word,
    cut_source,
    end_of_line,
    find_entries,
    newline_of,
    replace_words,
    sort_entries,
)
from clusterpress.config.settings import Settings
from clusterpress.content.keys import field_name, fields_of, sort_keys
from clusterpress.content.normalise import MEANINGS, Draft
from clusterpress.content.paths import kind_of, read_name
from clusterpress.content.writing import key_order, write_word
from clusterpress.library.names import Register
from clusterpress.parsing.values import Reading
from clusterpress.parsing.yaml_text import read_yaml
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import errors

_DATES = frozenset({"date", "end", "expires", "publish", "start", "updated"})
_RECORDS: Mapping[str, tuple[str, ...]] = {
    "programme": ("programme",),
    "cluster": ("cluster",),
    "partners": ("partner",),
    "author": ("author", "cluster", "partner"),
    "event": ("event",),
}
"""Key → the kinds of record that its names may mean, in the order in which they are looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customs:
    """What the usual form depends on besides the file."""

    settings: Settings
    registers: Mapping[str, Register] = field(default_factory=dict)
    """Kind → the names of its records."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """Folded tag → the spelling that is used most."""


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Change:
    """One thing that the usual form writes otherwise."""

    line: int
    """Line of the file before the change, counted from 1."""
    field: str = ""
    """The key; empty when keys change places."""
    before: str = ""
    """As written."""
    after: str = ""
    """As it is usually written."""

    def __str__(self) -> str:
        """Return the change in words: ``date: "12 April 2019" becomes "2019-04-12"``."""
        if not self.field:
            return "the keys stand in another order than usual"
        return f'{self.field}: "{self.before}" becomes "{self.after}"'


def normalise(text: str, path: str, customs: Customs) -> tuple[str, tuple[Change, ...]]:
    r"""Return a source in its usual form, and what that changed; of the usual form itself, nothing.

    Comments, quotes, spacing, line ends and the body stay as they are, byte for byte. TOML, YAML in braces
    and YAML with a fault of form are left alone.

    Args:
        text: the file without byte order mark, its line ends as they are (``\n``, ``\r\n`` or ``\r``).
        path: the file, relative to the project's root.
        customs: what is usual on this site.
    """
    kind = kind_of(path, customs.settings)
    parts = cut_source(text) if kind else None
    if kind is None or parts is None:
        return text, ()
    before, block, after = parts
    line = len(before.splitlines())
    reading = read_yaml(block, path)
    if errors(reading.problems) or not reading.values:
        return text, ()
    rewritten, changes = _rewrite(block, reading, kind, path, customs, line)
    in_order = _sort(rewritten, kind, customs.settings)
    if in_order != rewritten:
        changes.append(Change(line=line + _first_difference(rewritten, in_order)))
    return before + in_order + after, tuple(sorted(changes))


def _rewrite(
    block: str, reading: Reading, kind: Kind, path: str, customs: Customs, line: int
) -> tuple[str, list[Change]]:
    """Return the YAML with its words in their usual form, and what that changed."""
    draft = _draft(reading, kind, path, customs.settings)
    edits, changes = [], []
    for entry in find_entries(block):
        name = field_name(entry.key, customs.settings)
        for word, usual in _usual_words(entry, name, kind, draft, customs):
            edits.append((word.start, word.end, write_word(usual, word.quote, in_brackets=word.in_brackets)))
            changes.append(Change(line=line + word.line, field=name, before=word.value, after=usual))
        if name == "start" and kind == "event" and not {"end", "when"} & reading.values.keys():
            for word in entry.words:
                if span := usual_range(word.value, draft):
                    edits.append((word.start, word.end, write_word(span[0], word.quote)))
                    below = end_of_line(block, word.end)
                    edits.append((below, below, f"end: {span[1]}{newline_of(block)}"))
                    both = f"{span[0]}, end: {span[1]}"
                    changes.append(Change(line=line + word.line, field=name, before=word.value, after=both))
    return replace_words(block, edits), changes


def _usual_words(
    entry: Entry, name: str, kind: Kind, draft: Draft, customs: Customs
) -> Iterator[tuple[Word, str]]:
    """Yield the words of an entry that are usually written otherwise, and how."""
    for word in entry.words:
        usual = _usual(word.value, name, kind, draft, customs) if name in fields_of(kind) else None
        if usual and usual != word.value:
            yield word, usual


def _usual(written: str, name: str, kind: Kind, draft: Draft, customs: Customs) -> str | None:
    """Return how a value is usually written; None when there is nothing to say of it."""
    if name in _DATES:
        return usual_date(written, draft)
    if name in _RECORDS and kind != "author":
        kinds = (one for one in _RECORDS[name] if one in customs.registers)
        return slug_of(written, [customs.registers[one] for one in kinds])
    if name == "tags":
        return usual_tags(written, customs.tags)
    if name == "number" and kind == "partner":
        return str(draft.values["number"])
    return None


def _sort(block: str, kind: Kind, settings: Settings) -> str:
    """Return the YAML with its keys in order, unless an order would change what it says."""
    order = key_order(kind)
    ranks = {name: number for number, name in enumerate(order)}
    in_order = sort_entries(
        block, find_entries(block), lambda key: ranks.get(field_name(key, settings), len(ranks))
    )
    sorted_reading = read_yaml(in_order, "") if in_order != block else None
    is_same = sorted_reading and sorted_reading.values == read_yaml(block, "").values
    return in_order if is_same else block


def _first_difference(text: str, other: str) -> int:
    """Return the first line, from 1, in which two texts differ."""
    pairs = zip(text.splitlines(), other.splitlines(), strict=True)
    return next((number for number, (one, two) in enumerate(pairs, start=1) if one != two), 1)


def _draft(reading: Reading, kind: Kind, path: str, settings: Settings) -> Draft:
    """Return what the values mean together: language, zone and number."""
    keys = sort_keys(reading, kind, path, settings)
    draft = Draft(
        values=dict(keys.values),
        lines=keys.lines,
        body="",
        body_line=1,
        name=read_name(path, settings.languages),
        path=path,
        settings=settings,
    )
    for settle in MEANINGS:
        settle(draft, fields_of(kind))
    return draft
