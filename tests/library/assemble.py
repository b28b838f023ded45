"""Libraries of items that are all in memory."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from clusterpress.config.settings import Settings
from clusterpress.content.items import Item
from clusterpress.library.build import assemble_library
from clusterpress.library.file_names import find_named_files
from clusterpress.library.index_records import make_index_record
from clusterpress.library.item_loader import ItemLoader
from clusterpress.library.library import Library
from clusterpress.library.pictures import Picture
from clusterpress.markup.body import Outline
from clusterpress.values.problems import Problem


class ParsedItem(Struct, frozen=True, kw_only=True):
    """An item with what is known of its body."""

    item: Item
    body: bytes
    """Key of the stored body."""
    outline: Outline


def assemble_items(
    parsed_items: Sequence[ParsedItem],
    *,
    pictures: Mapping[str, Picture],
    files: Mapping[str, str],
    settings: Settings,
    now: datetime,
    previews: bool = False,
    broken: Collection[str] = (),
) -> tuple[Library, list[Problem]]:
    """Return the library of items that are all in memory, and all faults between them.

    The arguments are those of `assemble_library`.
    """
    items = {one.item.source.digest + one.item.source.path.encode(): one for one in parsed_items}
    outlines = {one.body: one.outline for one in parsed_items}
    item_loader = ItemLoader(settings, lambda key: items[key].item, outlines.__getitem__)
    index_records = [
        make_index_record(one.item, one.outline, key=key, body=one.body, settings=settings)
        for key, one in items.items()
    ]
    paths = {one.path for one in index_records} | pictures.keys() | files.keys()
    library, problems = assemble_library(
        find_named_files(index_records, paths),
        item_loader,
        pictures=pictures,
        files=files,
        now=now,
        previews=previews,
        broken=broken,
    )
    return library, [*problems, *library.faults(library.entries)]
