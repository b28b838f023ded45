"""Pictures made of pixels, still or moving: what is published of them, and smaller versions of it."""

import warnings
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

from clusterpress.media.values import MAX_SIDE, ImageError, ProcessedImage

SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp"}
"""Format → end of file names, for the formats that are published."""

MAX_PIXELS = 80_000_000
"""Most pixels that are decoded, all frames together: four bytes each."""

_READ = ("AVIF", "BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
_SAVED: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 82, "progressive": True, "optimize": True},
    "PNG": {"optimize": True},
    "GIF": {"optimize": True},
    "WEBP": {"quality": 82},
}
_GRAPHIC_MODES = frozenset({"1", "P", "PA", "LA", "La", "RGBA", "RGBa"})
_PLAIN = frozenset({"L", "RGB"})
_VARIANTS: dict[str, dict[str, Any]] = {
    "image/avif": {"format": "AVIF", "quality": 60, "speed": 8},
    "image/jpeg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
    "image/png": {"format": "PNG"},
    "image/webp": {"format": "WEBP", "quality": 80, "method": 2},
}
_OCTREE = Image.Quantize.FASTOCTREE  # the only one of Pillow's own that keeps transparency
_WITH_PALETTE = frozenset({"1", "P"})
_MAIN_BRAND = slice(4, 12)  # ISO/IEC 14496-12, 4.3: the file type box names the family of the file
_HEIC = frozenset({b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypheim", b"ftypheis"})


def process_raster(raw: bytes) -> ProcessedImage:
    """Return a photograph upright, in sRGB, at most `MAX_SIDE` wide and high, without metadata.

    JPEG, PNG, GIF and WebP keep their format and animation; others become JPEG, or PNG if they have few
    colours or transparent parts.

    Raises:
        ImageError: it is broken, too large, or of a format that browsers and Pillow do not read.
    """
    if raw[_MAIN_BRAND] in _HEIC:
        raise ImageError("HEIC photos are not shown by browsers", "export it as JPEG")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd files, but can read them
            return _process(raw)
    except ImageError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except UnidentifiedImageError as error:
        raise ImageError("this is no picture that can be read", "save it as JPEG or PNG") from error
    except Exception as error:  # decoders raise errors of many kinds on broken files
        hint = "export it again, or copy it again from where it came"
        raise ImageError("the picture is broken or cut off", hint) from error


def _process(raw: bytes) -> ProcessedImage:
    with Image.open(BytesIO(raw), formats=_READ) as image:
        frames = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
        if image.width * image.height * frames > MAX_PIXELS:
            raise _too_large()
        return _moving(image) if frames > 1 and image.format in SUFFIXES else _still(image)


def is_graphic(image: Image.Image) -> bool:
    """Return whether a picture has few colours or transparent parts, which a JPEG would blur or fill."""
    return image.mode in _GRAPHIC_MODES or "transparency" in image.info


def _too_large() -> ImageError:
    return ImageError(
        f"the picture has more than {MAX_PIXELS // 1_000_000} million pixels", "make it smaller"
    )


def _still(image: Image.Image) -> ProcessedImage:
    graphic = is_graphic(image)
    own = "JPEG" if image.format == "MPO" else image.format or ""  # some cameras put two pictures in a JPEG
    target = own if own in SUFFIXES else "PNG" if graphic else "JPEG"
    finished = _in_srgb(ImageOps.exif_transpose(_fitted(image)))
    if target == "JPEG" and finished.mode not in _PLAIN:
        finished = finished.convert("RGB")
    return _saved([finished], target)


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
    if image.mode == "CMYK" and not profile:
        return image.convert("RGB")
    if not profile:
        return image
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
        suffix=SUFFIXES[form],
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
        graphic, options = is_graphic(image), _VARIANTS[type]
        mode = "RGBA" if image.mode.endswith(("A", "a")) or "transparency" in image.info else "RGB"
        shown = image.convert(mode)
        if width < image.width:
            shown.thumbnail((width, image.height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        elif type == "image/webp" and image.mode in _WITH_PALETTE:
            options = {"format": "WEBP", "lossless": True}  # sharper, and smaller too
    if type == "image/png" and graphic:
        shown = shown.quantize(method=_OCTREE, dither=Image.Dither.NONE)
    file = BytesIO()
    shown.save(file, **options)
    return file.getvalue()
