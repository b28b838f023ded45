"""Translations: which items say the same in different languages."""

import posixpath
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from clusterpress.content.items import Item
from clusterpress.problems import Problem, did_you_mean


@dataclass(frozen=True, slots=True)
class Translations:
    """Items grouped by what they say."""

    group_of: dict[str, str]
    """Source path → name of its group (the source path of the original)."""
    members: dict[str, dict[str, Item]]
    """Group → language → item."""

    def original(self, item: Item, language: str) -> Item:
        """Return the group's item in the site's first language, or any other if there is none."""
        members = self.members[self.group_of[item.source.path]]
        return members.get(language) or next(iter(members.values()))

    def of(self, item: Item) -> dict[str, Item]:
        """Return language → item for the whole group, in the order of languages."""
        return self.members[self.group_of[item.source.path]]


def group_translations(items: Sequence[Item], language: str) -> tuple[Translations, list[Problem]]:
    """Group items by ``translation_of`` and by file name (``techdays.md`` and ``techdays.fr.md``).

    Args:
        items: all published items.
        language: the site's first language, in which originals are written.
    """
    originals = _index_originals(items, language)
    problems: list[Problem] = []
    group_of: dict[str, str] = {}
    members: dict[str, dict[str, Item]] = defaultdict(dict)
    for item in sorted(items, key=lambda item: (item.lang != language, item.source.path)):
        group, problem = _group(item, originals, language)
        if problem:
            problems.append(problem)
        if item.lang in members[group]:
            problems.append(_doubled(item, members[group][item.lang]))
            group = item.source.path
        group_of[item.source.path] = group
        members[group][item.lang] = item
    return Translations(group_of, dict(members)), problems


def _index_originals(items: Sequence[Item], language: str) -> dict[tuple[str, str], Item]:
    """Return (kind, slug or path without suffixes) → original."""
    index: dict[tuple[str, str], Item] = {}
    for item in items:
        if item.lang == language and not item.translation_of:
            for name in (item.slug, _stem(item), item.source.path):
                index.setdefault((item.kind, name), item)
    return index


def _stem(item: Item) -> str:
    """Return the source path without ``.md`` and language suffix."""
    return item.source.path.removesuffix(".md").removesuffix(f".{item.lang}")


def _group(item: Item, originals: dict[tuple[str, str], Item], language: str) -> tuple[str, Problem | None]:
    if item.lang == language and not item.translation_of:
        return item.source.path, None
    wanted = item.translation_of
    if not wanted:
        original = originals.get((item.kind, _stem(item)))
        return (original or item).source.path, None
    near = posixpath.normpath(posixpath.join(posixpath.dirname(item.source.path), wanted))
    for name in (wanted, near, near.removesuffix(".md"), f"content/{wanted}", f"content/{wanted}.md"):
        if original := originals.get((item.kind, name)):
            return original.source.path, None
    line, column = item.source.lines.get("translation_of", (1, 1))
    slugs = [name for kind, name in originals if kind == item.kind and "/" not in name]
    return item.source.path, Problem(
        path=item.source.path,
        line=line,
        column=column,
        field="translation_of",
        message=f'translation_of names no {item.kind} in the site\'s first language: "{wanted}"',
        hint=did_you_mean(wanted, slugs, "give the slug of the original"),
    )


def _doubled(item: Item, first: Item) -> Problem:
    line, column = item.source.lines.get("translation_of", item.source.lines.get("lang", (1, 1)))
    return Problem(
        path=item.source.path,
        line=line,
        column=column,
        field="translation_of",
        message=f'{first.source.path} already is the version in language "{item.lang}"',
        hint="keep one of the two, or correct lang",
    )
