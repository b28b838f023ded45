"""A photo on its way through a whole site: every version is put out, none tells where it was taken."""

import re
from io import BytesIO

import pytest
from PIL import Image

from tests.media.make import exif_of_a_camera, file, image
from tests.sites.small_site import CONFIG, FILES, Site

pytestmark = pytest.mark.slow

PHOTO = file(image((1200, 800)), "JPEG", exif=exif_of_a_camera(orientation=6))
POST = (
    "---\ntitle: Photo\ndate: 2021-12-01\nimage: {src: photo.jpg, alt: A photo}\n---\n"
    "Text.\n\n![Again](photo.jpg)\n"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    made = Site(tmp_path_factory.mktemp("photo"), FILES | {"content/news/photo.md": POST})
    made.write("content/news/photo.jpg", PHOTO)
    made.build()
    return made


def versions(site):
    return sorted((site.root / "site/media").glob("photo.*"))


def test_all_versions_are_put_out_upright_and_without_metadata(site):
    names = [re.sub(r"\.[0-9a-f]{8}", "", path.name) for path in versions(site)]
    assert names == [
        "photo.320.jpg", "photo.320.webp", "photo.640.jpg", "photo.640.webp", "photo.800.webp", "photo.jpg",
    ]  # fmt: skip
    for path in versions(site):
        content = path.read_bytes()
        assert b"Camera maker" not in content
        with Image.open(BytesIO(content)) as shown:
            assert not shown.getexif()
            assert shown.height == shown.width * 3 // 2


def test_pages_offer_all_versions_and_feeds_one_address(site):
    page = (site.root / "site/news/2021/photo/index.html").read_text()
    head, text = re.findall(r"<picture>.*?</picture>", page)[:2]
    assert 'fetchpriority="high"' in head
    assert 'loading="lazy"' in text
    for offered in re.findall(r"/(media/photo\.\S+) \d+w", page):
        assert (site.root / "site" / offered).is_file()
    for feed in ("feed.xml", "atom.xml", "feed.json"):
        words = (site.root / "site" / feed).read_text()
        assert "media/photo." in words
        assert "srcset" not in words
        assert ".webp" not in words


def test_one_edit_of_the_text_makes_no_picture_again(site):
    before = {path: path.stat().st_mtime_ns for path in versions(site)}
    site.write("content/news/photo.md", POST + "\nMore.\n")
    result = site.build()
    assert not [path for path in result.difference.stale if path.startswith("media/")]
    assert before == {path: path.stat().st_mtime_ns for path in versions(site)}


def test_avif_is_made_where_it_is_asked_for(site):
    site.write(
        "site_config.yml", CONFIG.format(sub="") + "pictures: {widths: [400], formats: [avif, webp]}\n"
    )
    site.build()
    names = [re.sub(r"\.[0-9a-f]{8}", "", path.name) for path in versions(site)]
    assert names == [
        "photo.400.avif", "photo.400.jpg", "photo.400.webp", "photo.800.avif", "photo.800.webp", "photo.jpg",
    ]  # fmt: skip
    page = (site.root / "site/news/2021/photo/index.html").read_text()
    assert page.index('type="image/avif"') < page.index('type="image/webp"')
