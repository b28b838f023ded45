"""The maker of PDFs: a pure function, which other processes may run."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from clusterpress.funding.emblem import draw_emblem_file
from clusterpress.newsletters.document import IssueMetadata, entries_of, make_document, pictures_of
from clusterpress.newsletters.issues import ResolvedSection, in_order
from clusterpress.newsletters.pdf.errors import translate_error
from clusterpress.newsletters.pdf.extractable_text import normalise_text
from clusterpress.newsletters.wording import Wording, open_wording
from clusterpress.theme.cover_art import HEIGHT, RING, WIDTH, draw_cover_art
from clusterpress.theme.theme import Theme
from clusterpress.theme.tokens import palette_on_band
from clusterpress.values.outputs import OutputError

Sections = tuple[ResolvedSection, ...]


def make_pdf(metadata: IssueMetadata, sections: Sections, theme: Theme, stored: tuple[Any, ...]) -> bytes:
    """Return an issue as PDF.

    Args:
        metadata: masthead, number, editorial.
        sections: its sections.
        theme: the theme.
        stored: the bodies of `entries_of`, then the bytes of `pictures_of`.

    Raises:
        CannotMakeError: the typesetter refuses something in the sources.
    """
    # 0.1 s that only rendering needs.
    from clusterpress.newsletters.typesetting import typeset_pdf

    document, drawings = _compose(metadata, sections, theme, stored)
    with _translated_errors(metadata, sections):
        return typeset_pdf("issue.typ", document, drawings, theme, metadata.date)


def render_pages(
    metadata: IssueMetadata, sections: Sections, theme: Theme, stored: tuple[Any, ...], *, ppi: float = 96.0
) -> list[bytes]:
    """Return the pages of an issue as PNG files; everything else as for `make_pdf`."""
    from clusterpress.newsletters.typesetting import typeset_pages

    document, drawings = _compose(metadata, sections, theme, stored)
    with _translated_errors(metadata, sections):
        return typeset_pages("issue.typ", document, drawings, theme, ppi=ppi)


def _compose(
    metadata: IssueMetadata, sections: Sections, theme: Theme, stored: Sequence[Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what the typesetter is given: the document, and the drawings by name."""
    from clusterpress.newsletters.typesetting import wrap_picture

    entries, pictures = entries_of(metadata, sections), pictures_of(metadata, sections)
    bodies, contents = stored[: len(entries)], stored[len(entries) :]
    wording = open_wording(theme, metadata.entry.lang)
    names = {picture.key: f"picture-{number}.svg" for number, picture in enumerate(pictures)}
    document = normalise_text(make_document(metadata, sections, wording, bodies=bodies, pictures=names))
    document["art"] = {"ring": RING, "width": WIDTH, "height": HEIGHT}
    drawings = {
        **{
            names[picture.key]: wrap_picture(picture, content)
            for picture, content in zip(pictures, contents, strict=True)
        },
        "art.svg": _draw_cover(metadata, sections, theme, wording),
        "emblem.svg": draw_emblem_file(),
    }
    return document, drawings


@contextmanager
def _translated_errors(metadata: IssueMetadata, sections: Sections) -> Iterator[None]:
    """Turn what the typesetter refuses into a problem of a source."""
    from clusterpress.theme.typesetting import TypesettingError

    try:
        yield
    except TypesettingError as error:
        raise OutputError(translate_error(str(error), entries_of(metadata, sections))) from error


def _draw_cover(metadata: IssueMetadata, sections: Sections, theme: Theme, wording: Wording) -> str:
    return draw_cover_art(
        f"{metadata.newsletter} {metadata.number}",
        tuple((section.colour, len(in_order(section))) for section in sections),
        palette_on_band(theme),
        mirrored=wording.direction == "rtl",
    )
