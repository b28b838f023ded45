import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from clusterpress.config.settings import PictureSettings, Settings
from clusterpress.library.pictures import Picture
from clusterpress.website.bodies import limit_upright, write_picture

SITE = Settings(name="N", url="https://example.eu/sub/", pictures=PictureSettings(widths=(320,)))


def picture(**changes):
    facts = {
        "source": "content/a.jpg",
        "url": "media/a.1.jpg",
        "width": 800,
        "height": 450,
        "type": "image/jpeg",
    }
    return Picture(**{**facts, "length": 1, "key": b"\x01" * 16, **changes})


def test_a_browser_may_choose_among_formats_and_widths():
    assert write_picture(picture(), SITE, alt="A & B", sizes="50vw") == (
        '<picture><source type="image/webp" srcset="/sub/media/a.1.320.webp 320w, /sub/media/a.1.800.webp 800w" '
        'sizes="50vw"><img src="/sub/media/a.1.jpg" srcset="/sub/media/a.1.320.jpg 320w, /sub/media/a.1.jpg 800w" '
        'sizes="50vw" alt="A &amp; B" width="800" height="450" loading="lazy" decoding="async"></picture>'
    )


def test_what_readers_see_first_is_loaded_first():
    html = write_picture(picture(), SITE, alt="", sizes="100vw", eager=True)
    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_a_picture_with_one_version_is_a_plain_image_with_its_attributes():
    html = write_picture(
        picture(width=64, height=64), SITE, alt="", sizes="1px", attributes=[("class", 'a"b')]
    )
    assert html == (
        '<img src="/sub/media/a.1.jpg" alt="" width="64" height="64" loading="lazy" decoding="async" class="a&quot;b">'
    )


def test_a_light_picture_needs_no_second_format():
    html = write_picture(picture(type="image/webp", url="media/a.1.webp"), SITE, alt="", sizes="1px")
    assert "<picture>" not in html
    assert 'srcset="/sub/media/a.1.320.webp 320w, /sub/media/a.1.webp 800w"' in html


def test_an_address_with_a_comma_stays_one_address():
    html = write_picture(picture(url="img/a,.png", type="image/png"), SITE, alt="", sizes="1px")
    assert "/sub/img/a%2C.png 800w" in html


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ({"width": "200"}, 'width="200" height="112"'),
        ({"width": "200px"}, 'width="200" height="112"'),
        ({"width": "50%"}, 'width="400" height="225"'),
        ({"height": "90"}, 'width="160" height="90"'),
        ({"width": "200", "height": "200"}, 'width="200" height="200"'),
        ({"width": "wide"}, 'width="800" height="450"'),
        (
            {"loading": "eager", "class": "left"},
            'width="800" height="450" loading="eager" decoding="async" class="left"',
        ),
    ],
)
def test_attributes_of_the_author_are_written_once_and_obeyed(attributes, size):
    html = write_picture(picture(), SITE, alt="A", sizes="50vw", attributes=attributes.items())
    assert size in html
    (image,) = re.findall(r"<img [^>]*>", html)
    names = re.findall(r" ([a-z]+)=", image)
    assert len(names) == len(set(names))


def test_an_upright_picture_is_shown_whole_at_a_limited_height():
    assert limit_upright(picture(width=600, height=1000)) == (("class", "upright"), ("height", "480"))
    html = write_picture(
        picture(width=600, height=1000),
        SITE,
        alt="",
        sizes="1px",
        attributes=limit_upright(picture(width=600, height=1000)),
    )
    assert 'width="288" height="480"' in html


@pytest.mark.parametrize(
    ("facts", "given"),
    [
        ({"width": 800, "height": 450}, ()),  # wide
        ({"width": 500, "height": 500}, ()),  # square
        ({"width": 600, "height": 1000}, (("width", "500"),)),  # the author's own size
    ],
)
def test_only_upright_pictures_without_a_size_are_limited(facts, given):
    assert limit_upright(picture(**facts), given) == given


def test_a_small_upright_picture_is_never_enlarged():
    assert ("height", "200") in limit_upright(picture(width=120, height=200))


@pytest.mark.parametrize(
    ("first", "pictures"),
    [
        ("![Dots](a.png)", 1),  # the picture over the text, again
        ('![Dots](a.png "A caption of its own")', 2),
        ("![Dots](b.png)", 2),
        ("Words.\n\n![Dots](a.png)", 2),
    ],
)
def test_a_text_does_not_begin_with_the_picture_over_it(make_site, first, pictures):
    text = f"---\ntitle: A\ndate: 2019-05-05\nimage: {{src: a.png, alt: Dots}}\n---\n{first}\n\nMore."
    site = make_site({"news/n.md": text}, pictures=("news/a.png", "news/b.png"))
    main = LexborHTMLParser(site.page("news/2019/n/index.html")).css_first(".item__main")
    assert len(main.css("img")) == pictures
    assert "More." in main.text()
