"""Canonical form of a front matter: dates in ISO 8601, records by slug, one spelling of tags, sorted keys.

`normalise` is a pure function: the check of the canonical form is the fixer itself. Values that are ambiguous
or unreadable are left for people to fix; typographic quotes stay.
"""

import difflib
import re
from codecs import BOM_UTF8
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from clusterpress.checking.mend_yaml import mend_yaml
from clusterpress.config.settings import Settings
from clusterpress.content.date_ranges import find_doubt, read_range
from clusterpress.content.dates import read_moment
from clusterpress.content.item_values import Moment
from clusterpress.content.items import Item
from clusterpress.content.keys import field_name, fields_of, map_keys
from clusterpress.content.normalise import DATE_KEYS, NORMALISERS, PartialItem
from clusterpress.content.paths import kind_of, read_name
from clusterpress.content.serialise import key_order, write_scalar
from clusterpress.library.names import Register
from clusterpress.parsing.values import ParseResult, Value, ValueFault
from clusterpress.parsing.yaml_text import read_yaml
from clusterpress.pipeline.project import Project
from clusterpress.sources.files import write_file
from clusterpress.sources.front_matter import (
    end_of_line,
    find_entries,
    newline_of,
    replace_spans,
    sort_entries,
    split_front_matter,
)
from clusterpress.sources.items import KINDS_BY_KEY, find_record, parse_items, read_sources, registers_of
from clusterpress.values.kinds import PROSE_KEYS, Kind
from clusterpress.values.problems import errors
from clusterpress.values.slugs import term_slug

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|[+-]\d\d(?::?\d\d)?))?)?")
_TAG = re.compile(r"[^,\s](?:[^,]*[^,\s])?")


class LintContext(Struct, frozen=True, kw_only=True):
    """What the canonical form depends on, besides the file."""

    settings: Settings
    registers: Mapping[str, Register] = field(default_factory=dict)
    """Kind → the names of its records."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """Folded tag → its most frequent spelling."""


class Change(Struct, frozen=True, kw_only=True, order=True):
    """One value that the canonical form writes differently."""

    line: int
    """Line of the file before the change, counted from 1."""
    field: str = ""
    """The key; empty when the change is the order of keys."""
    before: str = ""
    """As written."""
    after: str = ""
    """In canonical form."""

    def __str__(self) -> str:
        """Return the change in words: ``date: "12 April 2019" becomes "2019-04-12"``."""
        if not self.field:
            return "the keys are not in the usual order"
        return f'{self.field}: "{self.before}" becomes "{self.after}"'


def normalise(text: str, path: str, context: LintContext) -> tuple[str, tuple[Change, ...]]:
    r"""Return a source in canonical form, and what changed; a source in canonical form has no changes.

    Comments, quotes, spacing, line ends and the body stay byte for byte. TOML and YAML in braces stay as they
    are, and YAML with syntax errors too, unless `mend_yaml` knows what is meant.

    Args:
        text: the file without byte order mark, its line ends as they are (``\n``, ``\r\n`` or ``\r``).
        path: the file, relative to the project's root.
        context: the conventions of this site.
    """
    kind = kind_of(path, context.settings)
    if kind is None:
        return text, ()
    text, mended = mend_yaml(text)
    repairs = [Change(line=line, field="front matter", before=old, after=new) for line, old, new in mended]
    parts = split_front_matter(text)
    if parts is None:
        return text, tuple(repairs)
    before, block, after = parts
    line = len(before.splitlines())
    reading = read_yaml(block, path, prose=PROSE_KEYS)
    if errors(reading.problems) or not reading.values:
        return text, tuple(repairs)
    rewritten, changes = _rewrite(block, reading, kind, path, context, line)
    changes += repairs
    in_order = _sort(rewritten, kind, context.settings)
    if in_order != rewritten:
        changes.append(Change(line=line + _first_difference(rewritten, in_order)))
    return before + in_order + after, tuple(sorted(changes))


def _rewrite(
    block: str, reading: ParseResult, kind: Kind, path: str, context: LintContext, line: int
) -> tuple[str, list[Change]]:
    """Return the YAML with its values in canonical form, and what changed."""
    keys = map_keys(reading, kind, path, context.settings)
    draft = draft_of(keys.values, kind, path, context.settings)
    edits, changes = [], []
    for entry in find_entries(block):
        name = field_name(entry.key, context.settings)
        may_be_range = name == "start" and kind == "event" and not {"end", "when"} & reading.values.keys()
        for scalar in entry.scalars if name in fields_of(kind) else ():
            canonical, both = _canonical(scalar.value, name, kind, draft, context), ""
            if may_be_range and (span := _range(scalar.value, draft)):
                canonical, both = span[0], f"{span[0]}, end: {span[1]}"
                below = end_of_line(block, scalar.end)
                edits.append((below, below, f"end: {span[1]}{newline_of(block)}"))
            if canonical and canonical != scalar.value:
                written = write_scalar(canonical, scalar.quote, in_brackets=scalar.in_brackets)
                edits.append((scalar.start, scalar.end, written))
                at = line + scalar.line
                changes.append(Change(line=at, field=name, before=scalar.value, after=both or canonical))
    return replace_spans(block, edits), changes


def _canonical(written: str, name: str, kind: Kind, draft: PartialItem, context: LintContext) -> str | None:
    if name in DATE_KEYS:
        return _date(written, draft)
    if name in KINDS_BY_KEY and kind != "author":
        slug = find_record(context.registers, name, written)
        # The slug of one record may be a name of another.
        return slug if slug and find_record(context.registers, name, slug) == slug else None
    if name == "tags":
        return _TAG.sub(lambda tag: context.tags.get(term_slug(tag[0]), tag[0]), written)
    if name == "number" and kind == "partner":
        return str(draft.values["number"])
    return None


def _date(written: str, draft: PartialItem) -> str | None:
    """Return a date in ISO 8601; None if it already is, or if it is ambiguous."""
    if _ISO.fullmatch(written) or find_doubt(written, draft.zone, draft.languages):
        return None
    try:
        return _iso(read_moment(written, draft.zone, draft.languages), draft.zone)
    except ValueFault:
        return None


def _range(written: str, draft: PartialItem) -> tuple[str, str] | None:
    """Return the first and last date of a range such as "21-22 February 2012"; None for other texts."""
    if find_doubt(written, draft.zone, draft.languages):
        return None
    try:
        span = read_range(written, draft.zone, draft.languages)
    except ValueFault:
        return None
    return (_iso(span[0], draft.zone), _iso(span[1], draft.zone)) if span else None


def _iso(moment: Moment, zone: str) -> str:
    """Return a moment as staff write it: with a zone only where it is not the site's own."""
    if moment.at is None:
        return moment.day.isoformat()
    if moment.at.date() > moment.day:
        return f"{moment.day.isoformat()} 24:00"
    precision = "seconds" if moment.at.second else "minutes"
    # The zone of the settings or of the event need not be repeated.
    is_site_zone = getattr(moment.at.tzinfo, "key", "") == zone
    return moment.at.replace(tzinfo=None if is_site_zone else moment.at.tzinfo).isoformat(
        " " if is_site_zone else "T", precision
    )


def _sort(block: str, kind: Kind, settings: Settings) -> str:
    """Return the YAML with its keys in order, unless another order would change its meaning."""
    ranks = {name: number for number, name in enumerate(key_order(kind))}
    in_order = sort_entries(
        block, find_entries(block), lambda key: ranks.get(field_name(key, settings), len(ranks))
    )
    is_same = (
        in_order == block
        or read_yaml(in_order, "", prose=PROSE_KEYS).values == read_yaml(block, "", prose=PROSE_KEYS).values
    )
    return in_order if is_same else block


def _first_difference(text: str, other: str) -> int:
    pairs = zip(text.splitlines(), other.splitlines(), strict=True)
    return next((number for number, (one, two) in enumerate(pairs, start=1) if one != two), 1)


def draft_of(
    values: Mapping[str, Value], kind: Kind, path: str, settings: Settings, body: str = ""
) -> PartialItem:
    """Return what the values of a file mean together: language, zone and number, title and date.

    Args:
        values: field → value.
        kind: what the item is.
        path: the file, relative to the project's root; its name may hold date and language.
        settings: of the site.
        body: Markdown, which may begin with the title.
    """
    draft = PartialItem(
        values=dict(values),
        lines={},
        body=body,
        body_line=1,
        name=read_name(path, settings.languages),
        path=path,
        settings=settings,
    )
    for step in NORMALISERS:
        step(draft, fields_of(kind))
    return draft


_HIDDEN_BREAKS = re.compile("[\x85\u2028\u2029]")


class Autofix(Struct, frozen=True, kw_only=True):
    """A source and its canonical form."""

    path: str
    """Relative to the project's root."""
    before: bytes
    after: bytes
    changes: tuple[Change, ...]

    def diff(self) -> str:
        """Return the difference as a unified diff, as Git and patch read it."""
        old, new = (raw.decode("utf-8").splitlines(keepends=True) for raw in (self.before, self.after))
        lines = difflib.unified_diff(old, new, f"a/{self.path}", f"b/{self.path}")
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def find_fixable(project: Project) -> list[Autofix]:
    """Return the sources that are not in canonical form, in the order of paths. Write nothing."""
    sources = [*read_sources(project.root, project.settings)]
    context = lint_context_of(parse_items(sources, project.settings), project.settings)
    return [autofix for path, raw in sources if (autofix := _autofix(path, raw, context))]


def lint_context_of(items: Sequence[Item], settings: Settings) -> LintContext:
    """Return the conventions of a site with these items: names of records, and spellings of tags.

    Of several spellings of a tag, the most frequent one counts; on a tie, the first.
    """
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for tag in (tag for item in items for tag in item.tags):
        spellings[term_slug(tag)][tag] += 1
    tags = {slug: found.most_common(1)[0][0] for slug, found in spellings.items()}
    return LintContext(settings=settings, registers=registers_of(items, settings.language), tags=tags)


def write_autofixes(root: Path, autofix: Iterable[Autofix]) -> None:
    """Write the canonical forms, each file in one step."""
    for one in autofix:
        write_file(root / one.path, one.after)


def _autofix(path: str, raw: bytes, context: LintContext) -> Autofix | None:
    """Return a source and its canonical form; None if there is nothing to change, or it cannot be read."""
    bom = BOM_UTF8 if raw.startswith(BOM_UTF8) else b""
    try:
        text = raw.removeprefix(bom).decode("utf-8")
    except UnicodeDecodeError:  # `check` reports it
        return None
    if _HIDDEN_BREAKS.search(text):  # YAML counts these as line breaks, we do not
        return None
    canonical, changes = normalise(text, path, context)
    if not changes:
        return None
    return Autofix(path=path, before=raw, after=bom + canonical.encode("utf-8"), changes=changes)
