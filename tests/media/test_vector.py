from base64 import b64decode, b64encode
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from clusterpress.media.processing import process_image
from clusterpress.media.values import ImageError
from tests.media.make import exif_of_a_camera, file, image, opened, svg


def inside(content):
    """Return what stands between the root's tags."""
    text = process_image(content, "a.svg").content.decode()
    return text.partition(">")[2].rpartition("</svg>")[0] if "</svg>" in text else ""


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<script>alert(1)</script><rect/>", "<rect/>"),
        ('<rect onclick="alert(1)" ONLOAD="x" width="4"/>', '<rect width="4"/>'),
        ('<a xlink:href="javascript:x"><rect/></a>', "<g><rect/></g>"),
        ('<a href="https://b.eu/"><text>words</text></a>', "<g><text>words</text></g>"),
        ('<use href="https://b.eu/x.svg#a"/>', "<use/>"),
        ('<use href="data:image/svg+xml,x"/>', "<use/>"),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject><rect/>', "<rect/>"),
        ('<set attributeName="href" to="javascript:x"/><animate/><rect/>', "<rect/>"),
        ("<metadata><name>secret</name></metadata><rect/>", "<rect/>"),
        ('<rect xmlns:i="http://inkscape" i:label="secret"/>', "<rect/>"),
        ("<!-- secret --><?x secret?><rect/>", "<rect/>"),
        ('<rect fill="url(https://b.eu/x)"/>', '<rect fill="none"/>'),
        (
            "<rect style=\"fill: URL( 'https://b.eu/x' ); stroke: red\"/>",
            '<rect style="fill: none; stroke: red"/>',
        ),
        ('<rect style="fill: u\\72l(https://b.eu/x)"/>', '<rect style="fill: none"/>'),
        ("<style>@import 'https://b.eu/x.css'; a{b:url(//b.eu)}</style>", "<style> a{b:none}</style>"),
        ("<text>before<script/>after</text>", "<text>beforeafter</text>"),
    ],
)
def test_nothing_runs_loads_or_tells_on_its_author(raw, clean):
    assert inside(svg(raw)) == clean


@pytest.mark.parametrize(
    "drawing",
    [
        '<title>Logo</title><defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs>',
        '<rect fill="url(#a)" style="filter: url(\'#b\')" transform="rotate(4 2 1)"/>',
        '<style>.a{fill:#039}</style><path class="a" d="M0 0h1z"/>',
        '<text xml:lang="ar" aria-label="مرحبا (1)">مرحبا <tspan>بكم</tspan></text>',
        '<symbol id="s"><circle r="1"/></symbol>',
        '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter>',
    ],
)
def test_what_draws_stays_as_it_is(drawing):
    assert inside(svg(drawing)) == drawing


def test_references_inside_the_drawing_stay():
    assert 'xlink:href="#s"' in inside(svg('<symbol id="s"/><use xlink:href="#s"/>'))


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="30" height="20"', (30, 20)),
        ('width="30px" height="20.6px"', (30, 21)),
        ('width="1in" height="25.4mm" viewBox="0 0 5 5"', (96, 96)),
        ('width="3pc" height="72pt"', (48, 96)),
        ('width="100%" height="100%" viewBox="0 0 300 200"', (300, 200)),
        ('viewBox="-5,-5, 300.4 ,200"', (300, 200)),
        ('viewBox="0 0 0.2 0.1"', (1, 1)),
    ],
)
def test_the_size_is_that_of_the_root_or_its_view_box(attributes, size):
    made = process_image(svg("", attributes), "a.svg")
    assert (made.width, made.height) == size
    assert (made.type, made.suffix) == ("image/svg+xml", ".svg")


ENTITIES = b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]>'


def test_entities_are_not_read():
    content = ENTITIES + svg("<text>x&a;&b;y</text>")
    assert inside(content) == "<text>xy</text>"
    assert b"ENTITY" not in process_image(content, "a.svg").content


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (svg("", ""), "a.svg: the drawing does not say how large it is"),
        (svg("", 'viewBox="0 0 0 0"'), "a.svg: the drawing does not say how large it is"),
        (
            svg('<g><image href="data:image/png;base64,AAAA"/></g>'),
            "a.svg: the photograph in the drawing cannot be read",
        ),
        (svg("<g>"), "a.svg: the drawing is no valid SVG"),
        (b"<html></html>", "a.svg: this is no SVG drawing"),
        (b"<svg/>", "a.svg: this is no SVG drawing"),
    ],
)
def test_a_drawing_that_cannot_be_published_says_why(raw, message):
    with pytest.raises(ImageError) as caught:
        process_image(raw, "content/a.svg")
    assert caught.value.message.startswith(message)
    assert caught.value.hint


@pytest.mark.parametrize("name", ["href", "xlink:href"])
@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_photograph_in_a_drawing_stays_without_its_metadata(name, form):
    options = {} if form == "GIF" else {"exif": exif_of_a_camera()}
    data = b64encode(file(image(), form, **options)).decode()
    made = process_image(
        svg(f'<g><image {name}="data:image/{form.lower()};base64,{data}" width="9"/></g>'), "a.svg"
    )
    assert [rule for rule, _, _ in made.remarks] == ["svg-bitmap"]
    (shown,) = etree.fromstring(made.content).iter("{http://www.w3.org/2000/svg}image")
    head, _, content = shown.get("{http://www.w3.org/1999/xlink}href").partition(",")
    assert head == f"data:image/{form.lower()};base64"
    assert opened(b64decode(content)).size == (40, 20)
    assert not opened(b64decode(content)).getexif()
    assert shown.get("width") == "9"
    assert process_image(made.content, "a.svg").content == made.content or form in ("JPEG", "WEBP")


@pytest.mark.parametrize(
    "address",
    [
        "https://b.eu/x.png",
        "//b.eu/x.png",
        "x.png",
        "data:image/svg+xml;base64,AAAA",
        "data:text/html,<b>",
        "javascript:x",
        "",
    ],
)
def test_a_picture_that_is_not_in_the_drawing_is_left_out_and_named(address):
    made = process_image(svg(f'<rect/><image xlink:href="{escape(address)}"/>'), "a.svg")
    assert b"image" not in made.content.replace(b"www.w3.org", b"")
    (remark,) = made.remarks
    assert remark[0] == "svg-bitmap"
    assert "left out" in remark[1]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_drawing_may_begin_with_a_mark_of_its_encoding(encoding):
    raw = svg("<text>é</text>").decode().encode(encoding)
    assert inside(raw) == "<text>é</text>"


@given(
    st.lists(
        st.sampled_from(
            [
                "<g>",
                "</g>",
                "<script>",
                "</script>",
                "<a href='javascript:x'>",
                "</a>",
                "<rect onload='x'/>",
                "x",
                "&#106;",
                "<![CDATA[<script>]]>",
            ]
        ),
        max_size=12,
    )
)
def test_any_drawing_is_harmless_or_refused(pieces):
    try:
        root = etree.fromstring(process_image(svg("".join(pieces)), "a.svg").content)
    except ImageError:
        return
    assert not {"script", "a"} & {etree.QName(element).localname for element in root.iter()}
    assert not {"onload", "href"} & {name for element in root.iter() for name in element.attrib}


DRAWINGS = Path(__file__).parent / "drawings"


@pytest.mark.parametrize("name", ["inkscape", "illustrator"])
def test_a_drawing_as_a_program_writes_it_keeps_what_draws_and_nothing_else(name):
    raw = (DRAWINGS / f"{name}.svg").read_bytes()
    content = process_image(raw, f"{name}.svg").content
    before, after = (etree.fromstring(one, etree.XMLParser(resolve_entities=False)) for one in (raw, content))
    drawn = "rect circle polygon text tspan use stop linearGradient radialGradient filter clipPath".split()  # noqa: SIM905
    for tag in drawn:
        old, new = (root.findall(f".//{{*}}{tag}") for root in (before, after))
        assert [one.get("style") for one in old] == [one.get("style") for one in new], tag
        assert [one.get("class") for one in old] == [one.get("class") for one in new], tag
    for word in (b"evil.example", b"alert", b"script", b"javascript", b"Somebody", b"inkscape:", b"@import"):
        assert word not in content
    for sheet, other in zip(before.findall(".//{*}style"), after.findall(".//{*}style"), strict=True):
        rules = [line.strip() for line in sheet.text.splitlines() if "@import" not in line]
        assert [line.strip() for line in other.text.splitlines() if line.strip()] == list(filter(None, rules))
    assert process_image(content, f"{name}.svg").content == content
