"""Makers: the pure functions behind the outputs of newsletters, which other processes may run."""

from typing import Any

from clusterpress.emblem import draw_emblem_file
from clusterpress.newsletters.art import HEIGHT, RING, WIDTH, draw_art
from clusterpress.newsletters.document import Front, entries_of, make_document, pictures_of
from clusterpress.newsletters.issues import ResolvedSection, in_order
from clusterpress.newsletters.wording import open_wording
from clusterpress.theme import Theme


def make_pdf(front: Front, sections: tuple[ResolvedSection, ...], theme: Theme, *stored: Any) -> bytes:
    """Return an issue as PDF.

    Args:
        front: masthead, number, editorial.
        sections: its sections.
        theme: the theme.
        stored: the bodies of `entries_of`, then the bytes of `pictures_of`.

    Raises:
        TypesettingError: Typst refuses the document.
    """
    from clusterpress.newsletters.typesetting import palette_of, typeset_pdf, wrap_picture

    entries, pictures = entries_of(front, sections), pictures_of(front, sections)
    bodies, contents = stored[: len(entries)], stored[len(entries) :]
    wording = open_wording(theme, front.entry.lang)
    names = {picture.key: f"picture-{number}.svg" for number, picture in enumerate(pictures)}
    document = make_document(front, sections, wording, bodies=bodies, pictures=names)
    document["art"] = {"ring": RING, "width": WIDTH, "height": HEIGHT}
    drawings = {
        names[picture.key]: wrap_picture(picture, content)
        for picture, content in zip(pictures, contents, strict=True)
    }
    counts = tuple((section.colour, len(in_order(section))) for section in sections)
    drawings["art.svg"] = draw_art(
        f"{front.newsletter} {front.number}",
        counts,
        palette_of(theme),
        mirrored=wording.direction == "rtl",
    )
    drawings["emblem.svg"] = draw_emblem_file()
    return typeset_pdf("issue.typ", document, drawings, theme, front.date)
