"""All items of a project, and the names of its records."""

from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from clusterpress.config.settings import Settings
from clusterpress.content.items import Item
from clusterpress.content.paths import kind_of
from clusterpress.content.reader import read_item
from clusterpress.library.names import NamedRecord, Register, build_registers, named_record
from clusterpress.sources.files import list_files
from clusterpress.values.kinds import KINDS, TAXONOMIES, Kind

KINDS_BY_KEY: Mapping[str, tuple[Kind, ...]] = {
    **{one.field: (one.kind,) for one in TAXONOMIES if one.kind},
    "author": ("author", "cluster", "partner"),
    "event": ("event",),
}
"""Front-matter key → the kinds of record that its names may mean, in the order of lookup."""


def read_sources(
    root: Path, settings: Settings, kinds: Container[Kind] = KINDS
) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of each source file, in the order of paths.

    Args:
        root: the project's folder.
        settings: its settings, which may name more folders of items.
        kinds: read items of these kinds only.
    """
    for path in list_files(root, settings.linked_folders):
        if (kind := kind_of(path, settings)) and kind in kinds:
            yield path, (root / path).read_bytes()


def parse_items(sources: Iterable[tuple[str, bytes]], settings: Settings) -> list[Item]:
    """Return the items of source files, drafts too. Files with errors are left out; `check` reports them."""
    return [item for path, raw in sources if (item := read_item(raw, path, settings)[0])]


def read_items(root: Path, settings: Settings, kinds: Container[Kind] = KINDS) -> list[Item]:
    """Return all items of a project, without those that have errors; for the arguments see `read_sources`."""
    return parse_items(read_sources(root, settings, kinds), settings)


def registers_of(items: Iterable[Item], language: str) -> dict[str, Register]:
    """Return kind → names of its records, with the slugs that these have in the site's first language."""
    records: dict[str, list[tuple[NamedRecord, str]]] = {}
    for item in sorted(items, key=lambda item: (item.lang != language, item.source.path)):
        records.setdefault(item.kind, []).append((named_record(item), item.slug))
    return build_registers(records)[0]


def find_record(registers: Mapping[str, Register], key: str, name: str) -> str | None:
    """Return the slug of the record that a name means, or None.

    Args:
        registers: kind → names of its records.
        key: the front-matter key that the name stands under.
        name: in any spelling.
    """
    found = (registers[kind].find(name) for kind in KINDS_BY_KEY[key] if kind in registers)
    return next(filter(None, found), None)
