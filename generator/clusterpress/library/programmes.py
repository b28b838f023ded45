"""What the website and printed matter show of a programme: facts, partners, and files to print."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from clusterpress.library.entries import Entry
from clusterpress.library.library import Library

FACTS = (
    ("launcher", "launcher"),
    ("period", "period"),
    ("budget", "budget"),
    ("eu_share", "eu_share"),
    ("local_partner", "partner"),
)
"""Label of a fact about a programme, and its field."""

PrintKind = Literal["poster", "project_sheet"]
"""A poster (A3) or a project sheet (A4); the theme's label has the same name."""


class Print(NamedTuple):
    """A file to print about a programme."""

    kind: PrintKind
    path: str
    """Below the site's root."""


def asks_for(library: Library, entry: Entry, name: str) -> bool:
    """Return whether the record of a programme asks for a file, or its original if it is a translation.

    Args:
        library: all items.
        entry: the record.
        name: one of `EXTRAS`.
    """
    original = library.record("programme", entry.slug, library.settings.language)
    return any(name in one.index_record.extras for one in (entry, original) if one)


def prints_of(library: Library, entry: Entry) -> tuple[Print, ...]:
    """Return the files to print about a programme in the language of its record."""
    files: tuple[Print, ...] = (
        Print("poster", f"{entry.url}poster.pdf"),
        Print("project_sheet", f"{entry.url}project-sheet.pdf"),
    )
    return tuple(one for one in files if asks_for(library, entry, one.kind))


def partners_of(library: Library, slug: str, lang: str) -> Iterator[Entry]:
    """Yield the partners of a programme by number, each once, in a language where they are there.

    Args:
        library: all items.
        slug: of the programme.
        lang: language wanted; others come in the first language of the site.
    """
    seen = set[str]()
    for one in dict.fromkeys((lang, library.settings.language)):
        for entry in library.of_kind("partner", one):
            if entry.slug not in seen and any(label.slug == slug for label in entry.terms["programmes"]):
                seen.add(entry.slug)
                yield entry
