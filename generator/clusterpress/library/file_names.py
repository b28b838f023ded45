"""File names that differ only in how Unicode writes them: ``größe.png`` with ö, or with o and a mark.

Macs store names decomposed, keyboards write them composed. Both are the same name for people.
"""

import unicodedata
from collections.abc import Collection, Iterable
from urllib.parse import unquote

from clusterpress.library.index_records import IndexRecord
from clusterpress.values.digests import digest


def composed(text: str) -> str:
    """Return a text with each letter and its mark as one character, where Unicode has it (NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def find_named_files(items: Iterable[IndexRecord], known: Collection[str]) -> list[IndexRecord]:
    """Return the items with the files that they mean under the names that these have on disk.

    Args:
        items: index records, with the names as written.
        known: source paths of all items, pictures and other files.
    """
    names = {composed(path): path for path in known if not path.isascii()}
    # Most sites have ASCII names alone; an encoded name of a cover picture is all there is to decode.
    return [
        _with_names_on_disk(one, names, known)
        if names or any("%" in image[1] for image in one.lead_images)
        else one
        for one in items
    ]


def _with_names_on_disk(one: IndexRecord, names: dict[str, str], known: Collection[str]) -> IndexRecord:
    written = {*one.shown, *(picture[1] for picture in one.lead_images), *(link[1] for link in one.links)}
    if all(file.isascii() and "%" not in file for file in written):
        return one
    meant = {file: found for file in written if file not in known and (found := _on_disk(file, names, known))}
    if not meant:
        return one
    pictures, links = ([[*values] for values in group] for group in (one.lead_images, one.links))
    for values in (*pictures, *links):
        values[1] = meant.get(str(values[1]), values[1])
    return one._replace(
        lead_images=tuple(map(tuple, pictures)),
        figures=tuple((src, meant.get(file, file), line) for src, file, line in one.figures),
        links=tuple(map(tuple, links)),
        logos=tuple((src, meant.get(file, file), key) for src, file, key in one.logos),
        shown=frozenset(meant.get(file, file) for file in one.shown),
        digest=digest(one.digest, sorted(meant.items())),
    )


def _on_disk(file: str, names: dict[str, str], known: Collection[str]) -> str:
    """Return the path of a file that is written in another form of Unicode, or percent-encoded."""
    for name in dict.fromkeys((file, unquote(file))):
        if found := names.get(composed(name)) or (name if name in known else ""):
            return found
    return ""
