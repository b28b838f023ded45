"""Mending: the sources of a project brought into their usual form, each file in one step."""

import difflib
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clusterpress.checking.canonical_form import Change, LintContext, normalise
from clusterpress.checking.canonical_values import most_used
from clusterpress.config.settings import Settings
from clusterpress.content.items import Item
from clusterpress.content.paths import kind_of
from clusterpress.content.reader import read_item
from clusterpress.library.names import NamedRecord, build_registers, named_record
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.scan import walk

_HIDDEN_BREAKS = re.compile("[\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Autofix:
    """A source and its usual form."""

    path: str
    """Relative to the project's root."""
    before: bytes
    after: bytes
    changes: tuple[Change, ...]

    def diff(self) -> str:
        """Return the difference in the unified form that Git and patch know."""
        old, new = (raw.decode("utf-8").splitlines(keepends=True) for raw in (self.before, self.after))
        lines = difflib.unified_diff(old, new, f"a/{self.path}", f"b/{self.path}")
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def find_fixable(project: Project) -> list[Autofix]:
    """Return the sources that are not in their usual form, in the order of paths; nothing is written."""
    sources = dict(_read_sources(project))
    items = _items_of(sources, project.settings)
    context = lint_context_of(items, project.settings)
    return [autofix for path, raw in sources.items() if (autofix := _autofix(path, raw, context))]


def read_items(project: Project) -> list[Item]:
    """Return all items of a project that have no error, drafts too."""
    return _items_of(dict(_read_sources(project)), project.settings)


def _items_of(sources: Mapping[str, bytes], settings: Settings) -> list[Item]:
    return [item for path, raw in sources.items() if (item := read_item(raw, path, settings)[0])]


def lint_context_of(items: Sequence[Item], settings: Settings) -> LintContext:
    """Return what is usual on a site with these items."""
    records: dict[str, list[tuple[NamedRecord, str]]] = {}
    # The slug of a record is that of the original, so originals come before their translations.
    for item in sorted(items, key=lambda item: (item.lang != settings.language, item.source.path)):
        records.setdefault(item.kind, []).append((named_record(item), item.slug))
    tags = most_used(tag for item in items for tag in item.tags)
    return LintContext(settings=settings, registers=build_registers(records)[0], tags=tags)


def write_autofixes(root: Path, autofix: Iterable[Autofix]) -> None:
    """Write the usual forms, each file in one step: it is whole, or as it was."""
    for one in autofix:
        replace_file(root / one.path, one.after)


def replace_file(target: Path, content: bytes) -> None:
    """Put other bytes into a file in one step, with the permissions that it has."""
    target = target.resolve()  # what a symbolic link leads to, not the link
    part = target.with_name(f".{target.name}.part")
    part.write_bytes(content)
    if target.exists():
        part.chmod(target.stat().st_mode)
    part.replace(target)


def _read_sources(project: Project) -> Iterator[tuple[str, bytes]]:
    for path, _ in walk(project.content, "content"):
        if kind_of(path, project.settings):
            yield path, (project.root / path).read_bytes()


def _autofix(path: str, raw: bytes, context: LintContext) -> Autofix | None:
    """Return a source and its usual form; None if it has it, or cannot be read."""
    bom = BOM_UTF8 if raw.startswith(BOM_UTF8) else b""
    try:
        text = raw.removeprefix(bom).decode("utf-8")
    except UnicodeDecodeError:  # the check says so
        return None
    if _HIDDEN_BREAKS.search(text):  # YAML counts lines otherwise than we do
        return None
    canonical, changes = normalise(text, path, context)
    if not changes:
        return None
    return Autofix(path=path, before=raw, after=bom + canonical.encode("utf-8"), changes=changes)
