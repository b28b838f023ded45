"""Pictures in print: versions with enough pixels for their place, and the logos of partners."""

from collections.abc import Mapping

from clusterpress.library.pictures import Picture, ShownPicture
from clusterpress.newsletters.document_types import CreditedPicture
from clusterpress.newsletters.issues import Sections, in_order
from clusterpress.theme.print_pictures import wrap_raster

RASTER = ".raster.svg"
"""End of the name of a photograph's file; its narrower versions have their millimetres in their names."""

NARROW = (84, 112)
"""Millimetres: the widths of narrower places, a column and a large picture beside a text."""

PAGE = 210
"""Millimetres: the widest place, a cover."""


def wrap_picture(name: str, picture: Picture, content: bytes) -> dict[str, str]:
    """Return the files for a published picture: SVG, as Typst accepts texts only.

    Args:
        name: its file's name; that of a photograph ends with `RASTER`.
        picture: the picture.
        content: its bytes.
    """
    if picture.type == "image/svg+xml":
        return {name: content.decode()}
    stem = name.removesuffix(".svg")
    narrow = {f"{stem}-{width}.svg": wrap_raster(picture, content, width) for width in NARROW}
    return {name: wrap_raster(picture, content, PAGE), **narrow}


def partner_logos(sections: Sections) -> tuple[ShownPicture, ...]:
    """Return the logos of the partners that an issue presents or quotes, each once."""
    stories = (story for section in sections for story in in_order(section))
    records = (group.record for section in sections for group in section.groups)
    partners = {one.path: one for one in (*stories, *records) if one and one.kind == "partner"}
    own = (one for one in partners.values() if getattr(one.item, "logo", None) and not one.item.image)
    logos = (ShownPicture(picture=one.picture.picture, alt=one.title) for one in own if one.picture)
    return tuple({logo.picture.key: logo for logo in logos}.values())


def show_picture(shown: ShownPicture, names: Mapping[bytes, str]) -> CreditedPicture:
    """Return a picture as the document of an issue refers to it."""
    ratio = round(shown.picture.width / max(1, shown.picture.height), 4)
    return {"src": names[shown.picture.key], "ratio": ratio, "alt": shown.alt, "caption": "", "credit": ""}
