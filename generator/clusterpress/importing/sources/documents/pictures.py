"""Pictures of documents, in forms that browsers show."""

import warnings
from io import BytesIO
from pathlib import PurePosixPath

from msgspec import Struct
from PIL import Image, UnidentifiedImageError

from clusterpress.values.installation import install_command

_SHOWN = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"GIF8": ".gif", b"RIFF": ".webp"}
"""First bytes of a picture that browsers show → ending of its name."""
_DRAWN = {b"\xd7\xcd\xc6\x9a": ".wmf", b"\x01\x00\x09\x00": ".wmf", b"\x01\x00\x00\x00": ".emf"}
"""First bytes of drawings of Windows."""
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
_MAX_PIXELS = 80_000_000
"""Pixels of a picture, at most: a build refuses larger ones."""
# They are refused in words; Pillow would print some of its own.
warnings.simplefilter("ignore", Image.DecompressionBombWarning)
_UNREADABLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError)
_INSERT = "insert it in Word again, as PNG or JPEG"


class Picture(Struct, frozen=True):
    """A picture of a document."""

    content: bytes
    ending: str
    """Ending of its name: ``.png``."""
    is_shown: bool = True
    """Whether browsers show it."""
    note: str = ""
    """What is wrong with it, if anything."""
    hint: str = ""
    """What to do about it."""


def read_picture(raw: bytes, name: str) -> Picture:
    """Return a picture in a form that browsers show, if it can be converted.

    Args:
        raw: its bytes.
        name: its name in the document, for its ending.
    """
    ending = next((end for start, end in _SHOWN.items() if raw.startswith(start)), "")
    if ending and (ending != ".webp" or raw[8:12] == b"WEBP"):
        return _checked(raw, ending)
    if raw[:512].lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<svg", b"<?xml", b"<!DOCTYPE svg")):
        return Picture(raw, ".svg")
    if raw[4:8] == b"ftyp" and raw[8:12] in _HEIC:
        return _from_heic(raw)
    if raw[:2] == b"\x1f\x8b":
        return _drawing(raw, PurePosixPath(name).suffix.lower() or ".emz")
    if drawn := next((end for start, end in _DRAWN.items() if raw.startswith(start)), ""):
        return _drawing(raw, drawn)
    return _converted(raw, PurePosixPath(name).suffix.lower() or ".bin")


def _checked(raw: bytes, ending: str) -> Picture:
    """Return a picture as it is, unless it would stop a build."""
    try:
        with Image.open(BytesIO(raw)) as picture:
            if picture.width * picture.height > _MAX_PIXELS:
                return _too_large(raw, ending)
            picture.load()
    except _UNREADABLE:
        return Picture(raw, ending, is_shown=False, note="cannot be read", hint=_INSERT)
    return Picture(raw, ending)


def _too_large(raw: bytes, ending: str) -> Picture:
    note = f"has more than {_MAX_PIXELS // 1_000_000} million pixels; a link to it stands in its place"
    return Picture(
        raw, ending, is_shown=False, note=note, hint="make it smaller, and insert it in Word again"
    )


def _drawing(raw: bytes, ending: str) -> Picture:
    form = ending.lstrip(".").upper()
    note = f"is a drawing of Windows ({form}), which browsers do not show; a link to it stands in its place"
    return Picture(
        raw, ending, is_shown=False, note=note, hint="save it as PNG in Word (right click, Save as Picture)"
    )


def _from_heic(raw: bytes) -> Picture:
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        hint = f"run: {install_command('heic')}; delete the item and import again; or save the photo as JPEG"
        note = "is a HEIC photo, which browsers do not show"
        return Picture(raw, ".heic", is_shown=False, note=note, hint=hint)
    register_heif_opener()
    return _converted(raw, ".heic")


def _converted(raw: bytes, ending: str) -> Picture:
    """Return a picture of another format as PNG, or as JPEG if it is a photo."""
    try:
        with Image.open(BytesIO(raw)) as picture:
            if picture.width * picture.height > _MAX_PIXELS:
                return _too_large(raw, ending)
            is_photo = ending in {".heic", ".heif", ".jp2", ".avif"}
            made, exif = BytesIO(), picture.getexif()
            kept = (
                picture.convert("RGB")
                if is_photo or picture.mode not in {"1", "L", "P", "RGB", "RGBA"}
                else picture
            )
            kept.save(
                made, "JPEG" if is_photo else "PNG", **({"quality": 90, "exif": exif} if is_photo else {})
            )
    except _UNREADABLE:
        return Picture(raw, ending, is_shown=False, note="cannot be read", hint=_INSERT)
    return Picture(made.getvalue(), ".jpg" if is_photo else ".png")
