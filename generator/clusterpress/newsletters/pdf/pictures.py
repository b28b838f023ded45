"""Pictures in print: versions with enough pixels for their place, and the logos of partners."""

from base64 import b64encode
from collections.abc import Mapping
from io import BytesIO

from clusterpress.library.pictures import Picture, ShownPicture
from clusterpress.newsletters.document_types import CreditedPicture
from clusterpress.newsletters.issues import Sections, in_order

PIXELS_PER_INCH = 220
"""Resolution in print: finer dots are not seen at arm's length, and coarser ones are."""

RASTER = ".raster.svg"
"""End of the name of a photograph's file; its narrower versions have their millimetres in their names."""

NARROW = (84, 112)
"""Millimetres: the widths of narrower places, a column and a large picture beside a text."""

PAGE = 210
"""Millimetres: the widest place, a cover."""

_JPEG_QUALITY = 85


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
    narrow = {f"{stem}-{width}.svg": _wrap(picture, content, width) for width in NARROW}
    return {name: _wrap(picture, content, PAGE), **narrow}


def _wrap(picture: Picture, content: bytes, width: int) -> str:
    """Return an SVG file with a picture that has enough pixels for a place of some millimetres."""
    size = f'width="{picture.width}" height="{picture.height}"'
    shrunk = _shrink(picture, content, round(width / 25.4 * PIXELS_PER_INCH))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {picture.width} {picture.height}" {size}>'
        f'<image {size} href="data:{picture.type};base64,{b64encode(shrunk).decode()}"/></svg>'
    )


def _shrink(picture: Picture, content: bytes, width: int) -> bytes:
    """Return a picture at most so many pixels wide; the same bytes if it is not wider."""
    if picture.width <= width or picture.type not in ("image/jpeg", "image/png") or not picture.still:
        return content
    from PIL import Image  # takes longer to import than issues take to plan

    file = BytesIO()
    with Image.open(BytesIO(content)) as image:
        mode = (
            image.mode
            if image.mode in ("L", "RGB", "RGBA")
            else "RGBA"
            if picture.type == "image/png"
            else "RGB"
        )
        height = max(1, round(image.height * width / image.width))
        resized = image.convert(mode).resize((width, height), Image.Resampling.LANCZOS)
        resized.save(file, picture.type.partition("/")[2], quality=_JPEG_QUALITY)
    return file.getvalue()


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
