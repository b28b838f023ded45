"""Icons that are drawn from a logo."""

import json
from io import BytesIO

import pytest
from PIL import Image

from clusterpress.media.icons import make_favicon, make_icon, make_manifest


def logo(size, colour=(200, 0, 0, 255), kind="PNG"):
    file = BytesIO()
    Image.new("RGBA", size, colour).convert("RGB" if kind == "JPEG" else "RGBA").save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("size", [(400, 100), (100, 400), (300, 300), (8, 8), (1600, 1)])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_icons_are_square_and_hold_the_whole_logo(size, kind):
    icon = Image.open(BytesIO(make_icon(192, solid=False, stored=(logo(size, kind=kind),))))
    assert icon.size == (192, 192)
    assert icon.getpixel((96, 96))[0] > 150
    if size[0] > 2 * size[1]:
        assert icon.getpixel((96, 2))[3] == 0


def test_telephones_get_a_margin_on_white():
    icon = Image.open(BytesIO(make_icon(180, solid=True, stored=(logo((100, 100)),))))
    assert (icon.mode, icon.getpixel((5, 90)), icon.getpixel((90, 90))) == (
        "RGB",
        (255, 255, 255),
        (200, 0, 0),
    )


def test_the_favicon_has_three_sizes():
    icon = Image.open(BytesIO(make_favicon(stored=(logo((64, 64)),))))
    assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_the_manifest_names_the_site_and_its_icons():
    manifest = json.loads(make_manifest("Nouvelles d’été", "/sub/"))
    assert (manifest["name"], manifest["start_url"]) == ("Nouvelles d’été", "/sub/")
    assert [(one["src"], one["sizes"]) for one in manifest["icons"]] == [
        ("/sub/icon-192.png", "192x192"),
        ("/sub/icon-512.png", "512x512"),
    ]


def test_the_same_logo_gives_the_same_bytes():
    assert make_icon(192, solid=False, stored=(logo((40, 30)),)) == make_icon(
        192, solid=False, stored=(logo((40, 30)),)
    )
