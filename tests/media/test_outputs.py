import pytest

from clusterpress.config.settings import PictureSettings
from clusterpress.library.pictures import Picture
from clusterpress.media.outputs import outputs, picture_url
from clusterpress.media.processing import process_image
from clusterpress.media.values import PICTURE_SUFFIXES
from tests.media.make import file, image, svg


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("content/news/2012/Milan – Opening.JPG", "media/milan-opening."),
        ("content/افتتاح.jpg", "media/picture."),
        ("a.b.c.png", "media/a-b-c."),
    ],
)
def test_a_url_shows_the_name_the_content_and_the_published_format(path, name):
    made = process_image(file(image(), "JPEG"), path)
    url = picture_url(path, made)
    assert url.startswith(name)
    assert url.endswith(".jpg")
    assert len(url) == len(name) + len("0123abcd.jpg")
    assert url != picture_url(path, process_image(file(image((8, 8)), "JPEG"), path))


def picture(source, url, key):
    return Picture(source=source, url=url, width=1, height=1, type="image/png", length=1, key=key)


def test_each_address_is_put_out_once_in_any_order():
    pictures = [
        picture("content/b/x.png", "media/x.1.png", b"kb"),
        picture("content/a/x.png", "media/x.1.png", b"ka"),
        picture("content/y.png", "media/y.2.png", b"ky"),
    ]
    made = list(outputs(pictures, PictureSettings()))
    again = list(outputs(reversed(pictures), PictureSettings()))
    assert [(one.path, one.fingerprint()) for one in made] == [(one.path, one.fingerprint()) for one in again]
    assert [(output.path, output.stored, output.sources) for output in made] == [
        ("media/x.1.png", (b"ka",), ("content/a/x.png", "content/b/x.png")),
        ("media/y.2.png", (b"ky",), ("content/y.png",)),
    ]
    assert made[0].make(stored=(b"content",)) == b"content"


def test_every_suffix_that_is_published_is_read_again():
    suffixes = {
        process_image(raw, "a").suffix for raw in (file(image(), "JPEG"), file(image(), "WEBP"), svg())
    }
    assert suffixes == {".jpg", ".webp", ".svg"}
    assert suffixes <= PICTURE_SUFFIXES
