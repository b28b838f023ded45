"""Processing: an image file → what is published of it, and smaller versions of that.

Pictures made of pixels, still or moving, lose their metadata. SVG drawings lose everything that runs, loads
other files or reveals their author.
"""

import re
import warnings
from base64 import b64decode, b64encode
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from lxml import etree
from msgspec.structs import replace
from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

from clusterpress.media.styles import clean_declarations, clean_sheet, clean_value
from clusterpress.media.values import MAX_SIDE, ImageError, ProcessedImage

_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp"}
"""Format → end of file names, for the formats that are published."""

_MAX_PIXELS = 80_000_000
"""Most pixels that are decoded, all frames together: four bytes each."""

_READ = ("AVIF", "BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
_SAVED: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 82, "progressive": True, "optimize": True},
    "PNG": {"optimize": True},
    "GIF": {"optimize": True},
    "WEBP": {"quality": 82},
}
_GRAPHIC_MODES = frozenset({"1", "P", "PA", "LA", "La", "RGBA", "RGBa"})
_VARIANTS: dict[str, dict[str, Any]] = {
    "image/avif": {"format": "AVIF", "quality": 60, "speed": 8},
    "image/jpeg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
    "image/png": {"format": "PNG"},
    "image/webp": {"format": "WEBP", "quality": 80, "method": 2},
}
_MARKUP = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")
"""First bytes of drawings, in several encodings."""
_HEIC = frozenset({b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypheim", b"ftypheis"})
"""File type boxes (ISO/IEC 14496-12, 4.3) of photos that browsers do not show."""

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_HREFS = frozenset({"href", _XLINK})
_BITMAP = re.compile(r"\s*data:image/(?:png|jpe?g|gif|webp);base64,([A-Za-z0-9+/=\s]+)")
"""The only files in a drawing that are kept: photographs, which are processed like any other."""
_XML = "{http://www.w3.org/XML/1998/namespace}"
_FOREIGN = frozenset({*_HREFS, f"{_XML}lang", f"{_XML}space"})
_ELEMENTS = frozenset(
    """circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite
    feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
    feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting
    feSpotLight feTile feTurbulence filter g image line linearGradient marker mask path pattern polygon
    polyline radialGradient rect stop style svg switch symbol text textPath title tspan use""".split()  # noqa: SIM905 (words read best)
)
_DUOTONE = ".duotone"
"""How the name of a photo ends, before its type, that is published in two colours."""
_DARK, _LIGHT = (16, 44, 87), (247, 249, 252)
_NAMES = frozenset({"class", "d", "id", "points"})
"""Attributes whose values are no CSS."""
_LENGTH = re.compile(
    r"([0-9]{0,20}\.?[0-9]{1,20}(?:e[+-]?[0-9]{1,3})?)\s*(px|in|cm|mm|pt|pc|q)?", re.IGNORECASE
)
_PIXELS = {"": 1, "px": 1, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "pt": 4 / 3, "pc": 16, "q": 96 / 101.6}


def process_image(raw: bytes, path: str) -> ProcessedImage:
    """Return the picture that is published instead of a file: the same bytes for the same file on every run.

    The content decides what kind of file it is; ``path`` names it in errors, and may ask for two colours
    (``hall.duotone.jpg``), which bring together photos that are poor or clash.

    Raises:
        ImageError: it cannot be published.
    """
    try:
        if raw.lstrip().startswith(_MARKUP):
            return _process_vector(raw)
        return _process_raster(raw, duotone=PurePosixPath(path).stem.lower().endswith(_DUOTONE))
    except ImageError as fault:
        raise ImageError(f"{PurePosixPath(path).name}: {fault.message}", fault.hint) from fault


def _process_raster(raw: bytes, *, duotone: bool = False) -> ProcessedImage:
    """Return a photograph upright, in sRGB, at most `MAX_SIDE` wide and high, without metadata.

    JPEG, PNG, GIF and WebP keep their format and animation; others become JPEG, or PNG if they have few
    colours or transparent parts.
    """
    if raw[4:12] in _HEIC:
        raise ImageError("HEIC photos are not shown by browsers", "export it as JPEG")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd files, but can read them
            return _process(raw, duotone=duotone)
    except Image.DecompressionBombError as error:
        million = f"{_MAX_PIXELS // 1_000_000} million"
        raise ImageError(f"the picture has more than {million} pixels", "make it smaller") from error
    except UnidentifiedImageError as error:
        raise ImageError("this is no picture that can be read", "save it as JPEG or PNG") from error
    except Exception as error:  # decoders raise errors of many kinds on broken files
        hint = "export it again, or copy it again from where it came"
        raise ImageError("the picture is broken or cut off", hint) from error


def _process(raw: bytes, *, duotone: bool) -> ProcessedImage:
    with Image.open(BytesIO(raw), formats=_READ) as image:
        frames = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
        if image.width * image.height > _MAX_PIXELS:
            raise Image.DecompressionBombError
        if image.width * image.height * frames > _MAX_PIXELS:
            return replace(_still(image, duotone=duotone), remarks=(_too_long(frames),))
        if frames > 1 and image.format in _SUFFIXES:
            return _moving(image)
        return _still(image, duotone=duotone)


def _too_long(frames: int) -> tuple[str, str, str]:
    million = f"{_MAX_PIXELS // 1_000_000} million pixels"
    message = f"the animation has {frames} frames with more than {million} in all, so only the first is shown"
    return "animated-picture", message, "make it smaller or shorter, or publish it as a video"


def _is_graphic(image: Image.Image) -> bool:
    """Return whether a picture has few colours or transparent parts, which a JPEG would blur or fill."""
    return image.mode in _GRAPHIC_MODES or "transparency" in image.info


def _still(image: Image.Image, *, duotone: bool) -> ProcessedImage:
    graphic = _is_graphic(image)
    own = "JPEG" if image.format == "MPO" else image.format or ""  # some cameras put two pictures in a JPEG
    target = own if own in _SUFFIXES else "PNG" if graphic else "JPEG"
    finished = _in_srgb(ImageOps.exif_transpose(_fitted(image)))
    if duotone:
        finished = _in_two_colours(finished)
    if target == "JPEG" and finished.mode not in {"L", "RGB"}:
        finished = finished.convert("RGB")
    return _saved([finished], target)


def _in_two_colours(image: Image.Image) -> Image.Image:
    """Return the picture in dark blue and white, with its full range of lightness; what is clear stays so."""
    whole = image.convert("RGBA")
    light = ImageOps.autocontrast(whole.convert("L"), cutoff=1)
    coloured = ImageOps.colorize(light, black=_DARK, white=_LIGHT)
    if whole.getchannel("A").getextrema() != (255, 255):
        coloured.putalpha(whole.getchannel("A"))
    return coloured


def _moving(image: Image.Image) -> ProcessedImage:
    frames, durations = [], []
    for frame in ImageSequence.Iterator(image):
        frames.append(_in_srgb(_fitted(frame.convert("RGBA"))))
        durations.append(frame.info.get("duration", 0))  # known once the frame is unpacked
    more = {"save_all": True, "append_images": frames[1:], "duration": durations}
    if "loop" in image.info:
        more["loop"] = image.info["loop"]
    return _saved(frames, image.format or "GIF", more)


def _fitted(image: Image.Image) -> Image.Image:
    """Return the picture with eight bits a channel, scaled down if it is too large."""
    if image.mode == "I;16":
        upper = Image.frombytes("L", image.size, image.tobytes()[1::2])
        upper.info = image.info
        image = upper
    if max(image.size) > MAX_SIDE:
        if image.mode in _GRAPHIC_MODES:
            image = image.convert("RGBA")  # colours of a palette cannot be mixed
        image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """Return the picture with its colour profile converted to sRGB, which browsers assume."""
    profile = image.info.get("icc_profile")
    if not profile:
        return image.convert("RGB") if image.mode == "CMYK" else image
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(own):
            return image
        if image.mode in {"P", "PA", "LA"}:
            image = image.convert("RGBA")
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        turned = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):  # the profile is broken or does not fit: do without
        return image.convert("RGB") if image.mode == "CMYK" else image
    return turned or image


def _saved(frames: list[Image.Image], form: str, more: dict[str, Any] | None = None) -> ProcessedImage:
    """Return the file; of the metadata, only the transparent colour is kept."""
    for frame in frames:
        frame.info = {name: value for name, value in frame.info.items() if name == "transparency"}
    file = BytesIO()
    frames[0].save(file, form, **_SAVED[form], **(more or {}))
    width, height = frames[0].size
    return ProcessedImage(
        content=file.getvalue(),
        width=width,
        height=height,
        type=Image.MIME[form],
        suffix=_SUFFIXES[form],
        still=len(frames) == 1,
    )


def resize(width: int, type: str, content: bytes) -> bytes:  # noqa: A002 (as in HTML)
    """Return a still picture in another width and format: the same bytes for the same picture on every run.

    Args:
        width: pixels, at most those of the picture.
        type: the media type wanted: AVIF, JPEG, PNG or WebP.
        content: the picture as it is published, without metadata.
    """
    with Image.open(BytesIO(content)) as image:
        graphic, options = _is_graphic(image), _VARIANTS[type]
        mode = "RGBA" if image.mode.endswith(("A", "a")) or "transparency" in image.info else "RGB"
        shown = image.convert(mode)
        if width < image.width:
            shown.thumbnail((width, image.height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        elif type == "image/webp" and image.mode in {"1", "P"}:
            options = {"format": "WEBP", "lossless": True}  # sharper, and smaller too
    if type == "image/png" and graphic:
        # The only method of Pillow's own that keeps transparency.
        shown = shown.quantize(method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    file = BytesIO()
    shown.save(file, **options)
    return file.getvalue()


def _process_vector(raw: bytes) -> ProcessedImage:
    """Return a drawing without scripts, animation, event attributes, external references and metadata."""
    root = _parsed(raw)
    remarks = tuple(_clean_bitmaps(root))
    _remove_elements(root)
    for element in root.iter(etree.Element):
        _remove_attributes(element)
        if element.tag == f"{{{_SVG}}}style":
            element.text = clean_sheet(element.text or "")
    width, height = _size(root)
    etree.cleanup_namespaces(root)
    content = etree.tostring(root, encoding="utf-8")
    return ProcessedImage(
        content=content, width=width, height=height, type="image/svg+xml", suffix=".svg", remarks=remarks
    )


def _clean_bitmaps(root: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Process each photograph in a drawing; remove those that are not in it. Yield (rule, message, hint)."""
    for element in [*root.iter(f"{{{_SVG}}}image")]:
        found = next(filter(None, map(_BITMAP.fullmatch, (element.get(name, "") for name in _HREFS))), None)
        for name in _HREFS & {*element.attrib}:
            del element.attrib[name]
        if found is None:
            message = "the drawing shows a picture that is not in it, which is left out"
            yield "svg-bitmap", message, "export it as PNG or JPEG"
            element.getparent().remove(element)  # type: ignore[union-attr]  # the root is no image
            continue
        try:
            made = _process_raster(b64decode(found[1]))
        except (ValueError, ImageError) as fault:
            message = "the photograph in the drawing cannot be read"
            raise ImageError(message, "export it again, or as PNG") from fault
        # Programs that draw SVG for us know the old name alone (SVG 1.1).
        element.set(_XLINK, f"data:{made.type};base64,{b64encode(made.content).decode()}")
        yield "svg-bitmap", "the drawing holds a photograph, which makes it large", "export it as PNG or JPEG"


def _parsed(raw: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise ImageError(f"the drawing is no valid SVG: {error.msg}", "export it again as SVG") from error
    if root.tag != f"{{{_SVG}}}svg":
        raise ImageError("this is no SVG drawing", "export it as SVG, or as PNG")
    return root


def _remove_elements(root: etree._Element) -> None:
    """Keep only elements that draw; text beside removed elements stays, links become groups."""
    etree.strip_tags(root, etree.Entity)
    allowed = {f"{{{_SVG}}}{name}" for name in _ELEMENTS}
    for link in root.iter(f"{{{_SVG}}}a"):
        link.tag = f"{{{_SVG}}}g"
    others = {str(element.tag) for element in root.iter(etree.Element)} - allowed
    etree.strip_elements(root, *sorted(others), with_tail=False)


def _remove_attributes(element: etree._Element) -> None:
    for name, value in [(str(name), str(value)) for name, value in element.items()]:
        is_bitmap = element.tag == f"{{{_SVG}}}image" and _BITMAP.fullmatch(value)
        outside = name in _HREFS and not (is_bitmap or value.lstrip().startswith("#"))
        foreign = name.startswith("{") and name not in _FOREIGN
        if outside or foreign or name.lower().startswith("on"):
            del element.attrib[name]
        elif name == "style":
            element.set(name, clean_declarations(value))
        elif not (is_bitmap or name in _NAMES or name.startswith(("aria-", "data-"))):
            element.set(name, clean_value(value))


def _size(root: etree._Element) -> tuple[int, int]:
    """Return width and height in CSS pixels, from the attributes or, failing these, from the view box."""
    sides = [_pixels(root.get(name, "")) for name in ("width", "height")]
    if not all(sides):
        sides = [_pixels(number) for number in re.split(r"[\s,]+", root.get("viewBox", "").strip())[2:4]]
    if len(sides) != 2 or not all(sides):  # noqa: PLR2004 (a width and a height)
        raise ImageError("the drawing does not say how large it is", "export it with a viewBox")
    return max(round(sides[0]), 1), max(round(sides[1]), 1)


def _pixels(length: str) -> float:
    found = _LENGTH.fullmatch(length.strip())
    return float(found[1]) * _PIXELS[(found[2] or "").lower()] if found else 0.0
