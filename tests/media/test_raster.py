from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from clusterpress.media.processing import process_image
from clusterpress.media.values import ImageError
from tests.media.make import exif_of_a_camera, file, image, opened

SECRETS = (b"Exif", b"GPS", b"Camera", b"Copyright", b"secret", b"xmp", b"ICC", b"iCCP")


def metadata_of(content):
    return [word for word in SECRETS if word in content]


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("JPEG", {"exif": exif_of_a_camera(), "comment": b"secret", "xmp": b"<x:xmpmeta/>"}),
        ("PNG", {"exif": exif_of_a_camera()}),
        ("WEBP", {"exif": exif_of_a_camera(), "xmp": b"<x:xmpmeta/>"}),
        ("TIFF", {"exif": exif_of_a_camera(), "description": "secret"}),
        ("GIF", {"comment": b"secret"}),
        ("AVIF", {"exif": exif_of_a_camera()}),
    ],
)
def test_nothing_but_the_picture_is_published(form, options):
    raw = file(image(), form, **options)
    assert metadata_of(raw)
    made = process_image(raw, "milan")
    assert not metadata_of(made.content)
    assert not opened(made.content).getexif()
    assert (made.width, made.height) == opened(made.content).size == (40, 20)


def test_text_chunks_of_a_png_are_not_published():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "secret")
    assert not metadata_of(process_image(file(image(), "PNG", pnginfo=words), "a.png").content)


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "PNG", "TIFF"])
def test_a_picture_taken_sideways_stands_upright(form):
    raw = file(image((40, 20)), form, exif=exif_of_a_camera(orientation=6))
    made = process_image(raw, "a")
    picture = opened(made.content).convert("RGB")
    assert (made.width, made.height) == picture.size == (20, 40)
    red, _, blue = picture.getpixel((10, 5))
    assert red > 200
    assert blue < 60


@pytest.mark.parametrize(
    ("form", "mode", "kind", "suffix"),
    [
        ("JPEG", "RGB", "image/jpeg", ".jpg"),
        ("JPEG", "L", "image/jpeg", ".jpg"),
        ("JPEG", "CMYK", "image/jpeg", ".jpg"),
        ("PNG", "RGB", "image/png", ".png"),
        ("PNG", "RGBA", "image/png", ".png"),
        ("PNG", "P", "image/png", ".png"),
        ("PNG", "I;16", "image/png", ".png"),
        ("PNG", "1", "image/png", ".png"),
        ("WEBP", "RGBA", "image/webp", ".webp"),
        ("GIF", "P", "image/gif", ".gif"),
        ("BMP", "RGB", "image/jpeg", ".jpg"),
        ("BMP", "P", "image/png", ".png"),
        ("TIFF", "RGB", "image/jpeg", ".jpg"),
        ("TIFF", "CMYK", "image/jpeg", ".jpg"),
        ("TIFF", "RGBA", "image/png", ".png"),
        ("TIFF", "1", "image/png", ".png"),
        ("AVIF", "RGB", "image/jpeg", ".jpg"),
    ],
)
def test_formats_of_the_web_are_kept_and_others_become_one(form, mode, kind, suffix):
    picture = image(mode="L" if mode == "I;16" else mode)
    made = process_image(file(picture.convert(mode), form), "a.file")
    assert (made.type, made.suffix) == (kind, suffix)
    assert Image.MIME[opened(made.content).format] == kind
    assert opened(made.content).mode in {"RGB", "RGBA", "L", "P", "1"}


def test_a_palette_and_its_transparent_colour_are_kept():
    picture = image(mode="P")
    picture.info["transparency"] = 0
    made = opened(process_image(file(picture, "PNG", transparency=0), "a.png").content)
    assert made.mode == "P"
    assert made.info["transparency"] == 0


def test_sixteen_bits_become_eight_without_getting_darker():
    picture = Image.new("I;16", (4, 4), 0x8000)
    assert opened(process_image(file(picture, "PNG"), "a.png").content).getpixel((1, 1)) == 0x80


def test_a_jpeg_is_progressive():
    assert opened(process_image(file(image(), "JPEG"), "a.jpg").content).info["progressive"] == 1


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((3200, 1000), (1600, 500)),
        ((1000, 3200), (500, 1600)),
        ((1600, 1600), (1600, 1600)),
        ((5000, 1), (1600, 1)),
    ],
)
@pytest.mark.parametrize(("form", "mode"), [("JPEG", "RGB"), ("PNG", "P")])
def test_a_large_picture_is_scaled_down(size, expected, form, mode):
    made = process_image(file(Image.new(mode, size), form), "a")
    assert (made.width, made.height) == opened(made.content).size == expected


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_a_moving_picture_keeps_moving(form):
    frames = [Image.new("RGB", (1700, 4), colour) for colour in ("red", "lime", "blue")]
    raw = file(frames[0], form, save_all=True, append_images=frames[1:], duration=[100, 200, 300], loop=0)
    made = process_image(raw, "a")
    picture = opened(made.content)
    assert picture.format == form
    assert picture.n_frames == 3
    assert picture.size == (1600, 4)
    assert picture.info["loop"] == 0
    shown = []
    for number in range(3):
        picture.seek(number)
        shown.append((picture.convert("RGB").getpixel((5, 1)), picture.info["duration"]))
    assert [duration for _, duration in shown] == [100, 200, 300]
    assert [max(range(3), key=colour.__getitem__) for colour, _ in shown] == [0, 1, 2]


def test_a_film_that_plays_once_plays_once():
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    raw = file(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    assert "loop" not in opened(process_image(raw, "a.gif").content).info


def test_other_colour_profiles_are_turned_into_srgb(wide_profile):
    picture = Image.new("RGB", (8, 8), (200, 80, 40))
    made = opened(process_image(file(picture, "PNG", icc_profile=wide_profile), "a.png").content)
    assert "icc_profile" not in made.info
    assert made.getpixel((1, 1)) != (200, 80, 40)


def test_an_srgb_profile_changes_no_colour(srgb_profile):
    picture = Image.new("RGB", (8, 8), (200, 80, 40))
    made = opened(process_image(file(picture, "PNG", icc_profile=srgb_profile), "a.png").content)
    assert "icc_profile" not in made.info
    assert made.getpixel((1, 1)) == (200, 80, 40)


@pytest.mark.parametrize("mode", ["RGB", "CMYK", "L"])
def test_a_broken_profile_is_left_out(mode):
    made = process_image(file(image(mode=mode), "JPEG", icc_profile=b"broken"), "a.jpg")
    assert "icc_profile" not in opened(made.content).info


def bomb(side):
    """Return a PNG that says it is large; its pixels are never reached."""
    raw = bytearray(file(Image.new("1", (8, 8)), "PNG"))
    raw[16:24] = side.to_bytes(4, "big") * 2
    raw[29:33] = crc32(bytes(raw[12:29])).to_bytes(4, "big")
    return bytes(raw)


def film(side):
    """Return a GIF of three frames that says it is large."""
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "lime", "blue")]
    raw = bytearray(file(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50))
    raw[6:10] = side.to_bytes(2, "little") * 2
    return bytes(raw)


JPEG = file(image((200, 100)), "JPEG")


@pytest.mark.parametrize(
    ("raw", "message", "hint"),
    [
        (JPEG[: len(JPEG) // 2], "a.jpg: the picture is broken or cut off", "copy it again"),
        (file(image(), "PNG")[:60], "a.jpg: the picture is broken or cut off", "copy it again"),
        (b"", "a.jpg: this is no picture", "JPEG or PNG"),
        (b"%PDF-1.7", "a.jpg: this is no picture", "JPEG or PNG"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a.jpg: HEIC photos", "JPEG"),
        (bomb(9_000), "a.jpg: the picture has more than 80 million pixels", "smaller"),
        (bomb(60_000), "a.jpg: the picture has more than 80 million pixels", "smaller"),
    ],
    ids=["cut off", "cut off png", "empty", "pdf", "heic", "large", "bomb"],
)
def test_what_cannot_be_published_says_why_and_what_to_do(raw, message, hint):
    with pytest.raises(ImageError) as caught:
        process_image(raw, "content/news/a.jpg")
    assert caught.value.message.startswith(message)
    assert hint in caught.value.hint


def test_of_a_film_that_is_too_large_the_first_frame_is_shown():
    made = process_image(film(6_000), "a.gif")
    assert made.still
    assert getattr(opened(made.content), "n_frames", 1) == 1
    ((rule, message, hint),) = made.remarks
    assert rule == "animated-picture"
    assert "3 frames" in message
    assert "video" in hint
    assert not process_image(film(60), "a.gif").remarks
    assert not process_image(film(60), "a.gif").still


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "TIFF"])
def test_the_same_file_gives_the_same_bytes(form):
    raw = file(image(), form)
    assert process_image(raw, "a") == process_image(raw, "b")


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP"]), st.data())
def test_a_damaged_file_gives_a_picture_or_a_reason(form, data):
    raw = bytearray(file(image(), form))
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        made = process_image(bytes(raw), "a")
    except ImageError:
        return
    assert opened(made.content).size == (made.width, made.height)
