"""Translations: which items are versions of each other."""

import posixpath
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from clusterpress.library.index_records import IndexRecord
from clusterpress.library.item_loader import ItemLoader
from clusterpress.library.links import link_rule
from clusterpress.parsing.values import problem_at
from clusterpress.values.problems import Problem, Severity, did_you_mean
from clusterpress.values.rules import default_severity, is_timed
from clusterpress.values.source_names import strip_markdown
from clusterpress.values.suggestions import KnownNames


class Translations(Struct, frozen=True):
    """Items grouped with their translations."""

    groups: dict[str, dict[str, IndexRecord]]
    """Source path of each item with versions → language → item; all items of a group share one mapping."""

    def original(self, item: IndexRecord, language: str) -> IndexRecord:
        """Return the item of the group in the site's first language, or any other item if there is none."""
        members = self.of(item)
        return members.get(language) or next(iter(members.values()))

    def of(self, item: IndexRecord) -> dict[str, IndexRecord]:
        """Return language → item of the whole group."""
        return self.groups.get(item.path) or {item.lang: item}


def group_translations(
    items: Sequence[IndexRecord], language: str, item_loader: ItemLoader, hidden: Sequence[IndexRecord] = ()
) -> tuple[Translations, list[Problem]]:
    """Group items by ``translation_of`` and by file name (``techdays.md`` and ``techdays.fr.md``).

    Args:
        items: all published items, in the order of their paths.
        language: the site's first language, that of the originals.
        item_loader: finds lines for messages.
        hidden: items that are not published now: their versions stand alone until then.
    """
    versions = [item for item in items if item.lang != language or item.translation_of]
    if not versions:
        return Translations({}), []
    by_name: dict[tuple[str, str], IndexRecord] = {
        (item.kind, name): item
        for item in reversed(items)  # of two items with one name, the first one has it
        if item.lang == language and not item.translation_of
        for name in (item.slug, _stem(item), item.path, _neutral_stem(item))
    }
    shared = Counter((item.kind, item.translation_of) for item in versions if item.translation_of)
    for item in versions:
        # A key that versions share, as other programs have it ("translationKey"), is no name of an item.
        if item.lang == language and shared[item.kind, item.translation_of] > 1:
            by_name.setdefault((item.kind, item.translation_of), item)
    originals = _Originals(by_name, hidden)
    problems: list[Problem] = []
    groups: dict[str, dict[str, IndexRecord]] = {}
    for item in sorted(versions, key=lambda item: (item.lang != language, item.draft, item.path)):
        original, problem = _find_original(item, language, originals, item_loader)
        if problem:
            problems.append(problem)
        members = groups.get(original.path) or {original.lang: original}
        if item is not original and item.lang in members:
            problems.append(_duplicate_translation(item, members[item.lang], item_loader))
            continue
        members[item.lang] = item
        groups[original.path] = groups[item.path] = members
    return Translations(groups), problems


def _stem(item: IndexRecord) -> str:
    return strip_markdown(item.path).removesuffix(f".{item.lang}")


class _Originals(Struct):
    """The items that others may be translations of."""

    by_name: dict[tuple[str, str], IndexRecord]
    """(kind, slug or path) → item."""
    hidden: Sequence[IndexRecord]
    """Items that are not published now."""
    slugs: dict[str, KnownNames] = field(default_factory=dict)
    """Kind → slugs, for suggestions."""
    hidden_states: dict[tuple[str, str], str] | None = None

    def state_of_hidden(self, kind: str, names: Iterable[str]) -> str:
        """Return why an item with one of some names is not published; nothing if there is none."""
        if self.hidden_states is None:
            self.hidden_states = {
                (one.kind, name): "draft" if one.draft else "scheduled or expired"
                for one in self.hidden
                for name in (one.slug, _stem(one), one.path)
            }
        found = (self.hidden_states.get((kind, name)) for name in names)
        return next(filter(None, found), "")

    def suggest(self, kind: str, slug: str) -> str:
        """Return a hint for the slug of an original that is not there."""
        if kind not in self.slugs:
            found = (name for known, name in self.by_name if known == kind and "/" not in name)
            self.slugs[kind] = KnownNames(found)
        return did_you_mean(slug, self.slugs[kind], "give the slug of the original")


def _neutral_stem(item: IndexRecord) -> str:
    """Return the path without language folder: ``en/posts/a.md`` and ``fr/posts/a.md`` are versions."""
    parts = _stem(item).split("/")
    return "//" + "/".join(part for part in parts if part != item.lang)


def _find_original(
    item: IndexRecord, language: str, originals: _Originals, item_loader: ItemLoader
) -> tuple[IndexRecord, Problem | None]:
    """Return the original of an item, or the item itself if it is no translation, and a problem.

    Args:
        item: an item in another language, or with ``translation_of``.
        language: the site's first language; there, the item may itself be the original.
        originals: (kind, name) → item in the first language.
        item_loader: finds lines for messages.
    """
    wanted = item.translation_of
    if not wanted:
        by_name = originals.by_name
        names = (_stem(item), _neutral_stem(item))
        return next((by_name[item.kind, one] for one in names if (item.kind, one) in by_name), item), None
    near = posixpath.normpath(posixpath.join(posixpath.dirname(item.path), wanted))
    wanted_names = (wanted, near, near.removesuffix(".md"), f"content/{wanted}", f"content/{wanted}.md")
    for name in wanted_names:
        if original := originals.by_name.get((item.kind, name)):
            return original, None
    lines = item_loader.item(item.item).source.lines
    if state := originals.state_of_hidden(item.kind, wanted_names):
        rule = link_rule(state)
        message, hint = f'"{wanted}" is not published ({state})', "this version stands alone until it is"
        found = problem_at("translation_of", lines, item.path, message, hint, default_severity(rule))
        return item, replace(found, rule=rule, timed=is_timed(rule))
    message = f'translation_of names no {item.kind} in the site\'s first language: "{wanted}"'
    hint = originals.suggest(item.kind, wanted)
    severity = Severity.WARNING if item.lang == language else Severity.ERROR
    return item, problem_at("translation_of", lines, item.path, message, hint, severity)


def _duplicate_translation(item: IndexRecord, first: IndexRecord, item_loader: ItemLoader) -> Problem:
    lines = item_loader.item(item.item).source.lines
    message = f'{first.path} already is the version in language "{item.lang}"'
    written = "translation_of" if "translation_of" in lines else "lang"
    found = problem_at(written, lines, item.path, message, "keep one of the two, or correct lang")
    return replace(found, field="translation_of")
