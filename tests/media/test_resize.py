import pytest

from clusterpress.config.settings import PictureSettings
from clusterpress.library.pictures import Picture, variants
from clusterpress.media.outputs import outputs
from clusterpress.media.processing import process_image, resize
from tests.media.make import exif_of_a_camera, file, image, opened

WIDE = (800, 450)
TYPES = {"image/avif": "AVIF", "image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
PHOTO = process_image(file(image(WIDE), "JPEG", exif=exif_of_a_camera()), "photo.jpg")
DRAWING = process_image(file(image(WIDE, "P"), "PNG"), "drawing.png")


def picture(**changes):
    facts = {
        "source": "content/a.jpg",
        "url": "media/a.1.jpg",
        "width": 1600,
        "height": 900,
        "type": "image/jpeg",
    }
    return Picture(**{**facts, "length": 1, "key": b"\x01" * 16, **changes})


def addresses(shown, **settings):
    return [one.url for one in variants(shown, PictureSettings(**settings))]


def test_a_photo_has_narrow_versions_in_its_format_and_all_widths_in_the_lighter_one():
    assert addresses(picture(), widths=(640, 320)) == [
        "media/a.1.320.webp", "media/a.1.640.webp", "media/a.1.1600.webp",
        "media/a.1.320.jpg", "media/a.1.640.jpg",
    ]  # fmt: skip


def test_the_best_format_stands_first():
    names = addresses(picture(), widths=(320,), formats=("avif", "webp"))
    assert [name.rsplit(".", 1)[1] for name in names] == ["avif", "avif", "webp", "webp", "jpg"]


def test_variants_of_static_files_never_lie_in_the_editors_folders():
    static = picture(url="img/a.png", type="image/png")
    assert addresses(static, widths=(320,))[0] == "media/a.01010101.320.webp"


@pytest.mark.parametrize(
    "shown",
    [
        picture(type="image/svg+xml", url="media/a.1.svg"),
        picture(type="image/gif", url="media/a.1.gif"),
        picture(type="image/png", still=False),
        picture(width=320),
    ],
    ids=["drawing", "gif", "film", "small"],
)
def test_some_pictures_have_one_version_only(shown):
    assert addresses(shown) == []


def test_a_version_that_is_hardly_narrower_is_left_out():
    assert addresses(picture(width=700), widths=(320, 640), formats=()) == ["media/a.1.320.jpg"]


def test_pictures_that_are_light_already_get_narrow_versions_only():
    light = picture(type="image/webp", url="media/a.1.webp")
    assert addresses(light, widths=(320,)) == ["media/a.1.320.webp"]


@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize("width", [320, 800])
@pytest.mark.parametrize("made", [PHOTO, DRAWING], ids=["photo", "drawing"])
def test_a_version_shows_the_same_in_the_width_and_format_asked_for(made, type_, width):
    shown = opened(resize(width, type_, made.content))
    assert (shown.format, shown.size) == (TYPES[type_], (width, width * 450 // 800))
    left, right = (shown.convert("RGB").getpixel((x, 90)) for x in (width // 4, width * 3 // 4))
    assert left[0] > 200
    assert left[2] < 60
    assert right[2] > 200
    assert right[0] < 60


@pytest.mark.parametrize("type_", TYPES)
def test_a_version_carries_nothing_but_the_picture(type_):
    shown = opened(resize(320, type_, PHOTO.content))
    assert not shown.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment", "XML:com.adobe.xmp"} & set(shown.info)


@pytest.mark.parametrize("type_", ["image/avif", "image/png", "image/webp"])
def test_transparent_parts_stay_transparent(type_):
    clear = image(WIDE, "RGBA")
    clear.putalpha(0)
    made = process_image(file(clear, "PNG"), "a.png")
    assert opened(resize(320, type_, made.content)).convert("RGBA").getpixel((10, 10))[3] == 0


def test_a_drawing_loses_nothing_in_its_own_width():
    light = opened(resize(800, "image/webp", DRAWING.content)).convert("RGB")
    assert light.tobytes() == opened(DRAWING.content).convert("RGB").tobytes()


def test_the_same_picture_gives_the_same_bytes():
    assert resize(320, "image/webp", PHOTO.content) == resize(320, "image/webp", PHOTO.content)


def test_every_version_is_put_out_from_the_stored_picture():
    made = list(outputs([picture(width=800)], PictureSettings(widths=(320,))))
    assert [output.path for output in made] == [
        "media/a.1.jpg", "media/a.1.320.webp", "media/a.1.800.webp", "media/a.1.320.jpg",
    ]  # fmt: skip
    assert {output.stored for output in made} == {(b"\x01" * 16,)}
    narrow = made[1].make(stored=(PHOTO.content,))
    assert opened(narrow).size == (320, 180)
