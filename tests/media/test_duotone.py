"""Photos whose names end with .duotone are published in two colours."""

from io import BytesIO

import pytest
from PIL import Image

from clusterpress.media.processing import process_image


def photo(kind="JPEG", mode="RGB"):
    image = Image.new(mode, (60, 20))
    for x in range(60):
        for y in range(20):
            colour = (4 * x, 255 - 4 * x, (x * y) % 256, 0 if x < 5 else 255)
            image.putpixel((x, y), colour[: len(mode)] if mode != "L" else 4 * x)
    file = BytesIO()
    image.save(file, kind)
    return file.getvalue()


def hues(made):
    """Return how far the colours of a picture are from the line between dark blue and white."""
    image = Image.open(BytesIO(made.content)).convert("RGB")
    dark, light = (16, 44, 87), (247, 249, 252)
    far = 0.0
    data = image.tobytes()
    for red, green, blue in zip(data[::3], data[1::3], data[2::3], strict=True):
        share = (red - dark[0]) / (light[0] - dark[0])
        far = max(
            far,
            *(
                abs(one - (a + share * (b - a)))
                for one, a, b in zip((red, green, blue), dark, light, strict=True)
            ),
        )
    return far


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA"), ("JPEG", "L"), ("WEBP", "RGB")]
)
@pytest.mark.parametrize("name", ["hall.duotone.{}", "a/HALL.Duotone.{}"])
def test_a_photo_is_in_two_colours_with_its_full_range(kind, mode, name):
    made = process_image(photo(kind, mode), name.format(kind.lower()))
    assert hues(made) < 30
    extremes = Image.open(BytesIO(made.content)).convert("L").getextrema()
    assert extremes[0] < 70
    assert extremes[1] > 230


def test_what_is_clear_stays_clear():
    made = process_image(photo("PNG", "RGBA"), "hall.duotone.png")
    assert Image.open(BytesIO(made.content)).convert("RGBA").getpixel((2, 2))[3] == 0


@pytest.mark.parametrize("name", ["hall.jpg", "duotone.jpg", "duotone/hall.jpg", "hall.duotones.jpg"])
def test_other_photos_keep_their_colours(name):
    assert hues(process_image(photo(), name)) > 40
