"""Autofix: the sources of a project rewritten in canonical form, each file in one step."""

import difflib
import re
from codecs import BOM_UTF8
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from clusterpress.checking.canonical_form import Change, LintContext, normalise
from clusterpress.config.settings import Settings
from clusterpress.content.items import Item
from clusterpress.library.names import term_slug
from clusterpress.pipeline.project import Project
from clusterpress.sources.files import write_file
from clusterpress.sources.items import parse_items, read_sources, registers_of

_HIDDEN_BREAKS = re.compile("[\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Autofix:
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
