"""Blocks in mails, as Outlook for Windows, Gmail without style sheets and dark programs show them."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from clusterpress.newsletters.client_views import show_in_outlook
from clusterpress.newsletters.mail.blocks import FrameColours, MailWriter
from clusterpress.newsletters.mail.content import COLUMN
from clusterpress.newsletters.mail.html import PICTURE_HEIGHT
from clusterpress.newsletters.nodes_html import RenderOptions, Size
from tests.newsletters.editions import Editions
from tests.newsletters.make import issue, news, newsroom
from tests.newsletters.test_mail_text import CONTAINERS, within

PATH = "newsletters/cord/3/"
BLOCKS = {
    "alert": ("> [!WARNING]\n> inside", "box"),
    "note": ("!!! note\n    inside", "box"),
    "untitled": ('!!! note ""\n    inside', "box"),
    "details": ("<details><summary>More</summary><p>inside</p></details>", "box"),
    "quotation": ("> inside", "quote"),
    "named": ("> inside\n> — Ann", "quote"),
    "pull": ("> inside\n> {.pull}", "quote pull"),
}
PLACES = [(name, container) for name in BLOCKS for container in CONTAINERS]


def made(body, sections="  - {title: A, items: [a]}", pictures=("content/static/dots.png",), **fields):
    files = {"news/a.md": news("A"), "newsletters/cord/3.md": issue(sections, body=body, **fields)}
    library, stored, _ = newsroom(files, pictures)
    return Editions(library, stored)


def mail(body, **more):
    return made(body, **more).text(f"{PATH}email.html")


def style_of(node):
    declared = (one.partition(":") for one in (node.attributes.get("style") or "").split(";") if one.strip())
    return {name.strip(): value.strip() for name, _, value in declared}


@pytest.fixture(scope="module")
def everywhere():
    """Return a mail with each block in each container, after a word that names both."""
    return mail("\n\n".join(
        f"{name}-{container}\n\n{within(CONTAINERS[container][0], BLOCKS[name][0])}" for name, container in PLACES
    ))  # fmt: skip


def test_boxes_and_quotations_have_a_bar_everywhere_without_a_style_sheet(everywhere):
    bare = re.sub(r"<style.*?</style>|<!--.*?-->", "", everywhere, flags=re.DOTALL)
    page = LexborHTMLParser(bare)
    kinds = {"box": 0, "quote": 0}
    for node in page.css(".box, .quote"):
        style = style_of(node)
        assert style["border-left"] == "4px solid #12315C"
        assert "padding" in style
        kinds["box" if "box" in node.attributes["class"] else "quote"] += 1
        assert ("background-color" in style) == ("box" in node.attributes["class"])
    inner = [kind.split()[0] for _, kind in BLOCKS.values()] * len(CONTAINERS)
    assert kinds["box"] == inner.count("box") + 2 * len(BLOCKS)  # two of the containers are boxes
    assert kinds["quote"] == inner.count("quote") + 2 * len(BLOCKS)
    assert all(style_of(node)["font-weight"] == "700" for node in page.css(".box__title"))


def test_word_sees_the_bar_and_the_padding_in_a_cell(everywhere):
    page = LexborHTMLParser(show_in_outlook(everywhere))
    for node in page.css(".box, .quote"):
        cell = node.parent
        assert cell.tag == "td"
        style = style_of(cell)
        assert style["border-left"] == "4px solid #12315C"
        assert style["padding"].startswith("12px")
        assert ("bgcolor" in cell.attributes) == ("box" in node.attributes["class"])
        assert style_of(node)["mso-border-alt"] == "none"  # or Word would draw two bars


def test_every_element_is_closed_in_every_container_for_both_engines(everywhere):
    for html in (
        re.sub(r"<!--\[if mso\]>|<!\[endif\]-->", "", everywhere),
        re.sub(r"(?s)<!--.*?-->", "", everywhere),
    ):
        stack = []
        for closing, tag in re.findall(r"<(/?)(table|tr|td|th|div|p|li|ul|ol|blockquote|h\d)\b", html):
            if closing:
                assert stack.pop() == tag
            else:
                stack.append(tag)
        assert not stack


def test_the_dark_scheme_has_its_own_boxes(everywhere):
    dark = everywhere.partition("@media (prefers-color-scheme:dark)")[2]
    assert re.search(r"\.box\{background-color:#\w+!important", dark)
    assert re.search(r"\.box,(?:\[data-ogsb\] )?\.quote\{border-color:#\w+!important", dark)


def test_the_name_under_a_quotation_has_a_line_and_a_dash():
    page = LexborHTMLParser(mail("> We met.\n> — Ann Example"))
    assert page.css_first(".quote > p.by").text() == "— Ann Example"
    assert page.css_first(".quote > blockquote").text().strip() == "We met."


def test_bars_stand_where_lines_begin():
    arabic = Editions(*newsroom({
        "newsletters/other/ar/1.md": issue(newsletter="other", number="1", lang="ar", body="> قول"),
    })[:2])  # fmt: skip
    html = next(arabic.text(path) for path in arabic.outputs if path.endswith("email.html"))
    assert "border-right" in style_of(LexborHTMLParser(html).css_first(".quote"))
    assert "border-right:4px" in html.partition('<div class="quote"')[0].rpartition("<td")[2]


def test_elements_that_word_does_not_know_hold_no_words(everywhere):
    page = LexborHTMLParser(everywhere + mail('![Alt](/dots.png "Caption")'))
    assert not page.css("figure, figcaption, section, aside, details")
    assert page.css_first("p.caption").text() == "Caption"


GALLERY = "~~~gallery\n{}\n~~~".format("\n".join(f'![Alt{n}](/dots.png "Caption{n}")' for n in range(7)))


@pytest.mark.parametrize("place", ["body", "text", "close"])
@pytest.mark.parametrize("container", CONTAINERS)
def test_a_gallery_of_the_issues_own_texts_is_whole(place, container):
    gallery = within(CONTAINERS[container][0], GALLERY)
    indented = gallery.replace("\n", "\n      ")
    sections = "  - title: A\n    items: [a]\n" + (
        "" if place == "body" else f"    {place}: |\n      {indented}\n"
    )
    edition = made(gallery if place == "body" else "Text.", sections)
    pages = "".join(edition.text(path) for path in (f"{PATH}index.html", f"{PATH}2/index.html"))
    shown = {image.attributes["alt"] for image in LexborHTMLParser(pages).css("img")}
    assert {f"Alt{n}" for n in range(7)} <= shown
    page = LexborHTMLParser(edition.text(f"{PATH}email.html"))
    assert [image.attributes["alt"] for image in page.css("img[alt^=Alt]")] == [f"Alt{n}" for n in range(4)]
    (link,) = (one for one in page.css("a") if "+3" in one.text())
    assert link.text() == "+3 – Read on the web"
    assert link.attributes["href"] == "https://news.example.eu/newsletters/cord/3/"
    text = edition.text(f"{PATH}email.txt")
    assert all(f"[Alt{n}]" in text and f"Caption{n}" in text for n in range(7))


def test_a_gallery_of_four_needs_no_link():
    gallery = "~~~gallery\n{}\n~~~".format("\n".join(f"![Alt{n}](/dots.png)" for n in range(4)))
    assert "+0" not in mail(gallery)


def writer(**sizes):
    options = RenderOptions(
        address=lambda link: link["href"],
        sizes={name: Size(width=width, height=height) for name, (width, height) in sizes.items()},
        labels={},
        column=COLUMN,
        height=PICTURE_HEIGHT,
        lazy=False,
    )
    frame = FrameColours(ground="#FFFFFF", edge="#000000", side="left")
    return MailWriter(options=options, anchor="", frame=frame, web="")


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((400, 1600), ("120", "480")),
        ((3000, 2000), ("552", "368")),
        ((600, 600), ("480", "480")),
        ((40, 40), ("40", "40")),
    ],
)
def test_attributes_keep_pictures_within_the_letter_and_the_screen(size, shown):
    html = writer(x=size).picture({"src": "x", "ratio": size[0] / size[1], "alt": ""})
    image = LexborHTMLParser(html).css_first("img").attributes
    assert (image["width"], image["height"]) == shown


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_small_picture_stays_in_its_line_and_a_large_one_does_not(container):
    small = within(CONTAINERS[container][0], "Press ![Small](/dots.png){height=20} twice.")
    large = within(CONTAINERS[container][0], "See ![Large](/dots.png) there.")
    page = LexborHTMLParser(mail(f"{small}\n\nBetween.\n\n{large}"))
    inline, block = page.css_first("img[alt=Small]"), page.css_first("img[alt=Large]")
    assert "Press" in inline.parent.text()
    assert "twice." in inline.parent.text()
    assert "display" not in style_of(inline)
    assert block.parent.attributes["class"] == "figure"
    assert style_of(block)["display"] == "block"


def test_a_small_picture_alone_is_a_block_and_in_a_link_stays_a_link():
    page = LexborHTMLParser(
        mail("![Small](/dots.png){height=20}\n\nGo [![Link](/dots.png){height=20}](https://x.example/) now.")
    )
    assert page.css_first("img[alt=Small]").parent.attributes["class"] == "figure"
    assert page.css_first("img[alt=Link]").parent.attributes["href"] == "https://x.example/"


INK = "#1D2733"


def test_transparent_pictures_keep_a_pale_ground_in_dark_programs():
    html = mail("![Wide](/dots.png) ![Small](/dots.png){height=20}", image="{src: /dots.png, alt: Dots}")
    images = LexborHTMLParser(html).css(".part img")
    assert len(images) >= 2
    assert all(style_of(image)["background-color"].upper() == "#FFFFFF" for image in images)
    # A program that shows no pictures writes their alt texts on that ground.
    assert all(style_of(image)["color"] == INK for image in images)
    dark = html.partition("@media (prefers-color-scheme:dark)")[2]
    assert re.search(rf"\.part img\{{background-color:#FFFFFF!important;color:{INK}!important", dark)


def test_a_mail_names_its_font_once_for_each_part(everywhere):
    """Words inherit the font; in Word, the style sheet of the comment and the cells around parts name it."""
    body = re.sub(
        r"<style.*?</style>", "", re.sub(r"<!--.*?-->", "", everywhere, flags=re.DOTALL), flags=re.DOTALL
    )
    page = LexborHTMLParser(body)
    named = {node for node in page.css("[style*=font-family]") if node.tag != "pre"}
    assert {node.tag for node in named} == {"div"}
    assert len(named) == len(page.css(".part, .small, .band"))
    opened = show_in_outlook(everywhere)
    cells = LexborHTMLParser(opened).css('table[role="presentation"][width="600"] > tbody > tr > td')
    assert all("font-family" in style_of(cell) for cell in cells)
    assert re.search(r"\bp,li,th,td,[^{]*\{font-family:'Segoe UI',Arial", opened)


def test_outlook_does_not_enlarge_the_letter_on_magnified_screens(everywhere):
    settings = everywhere.partition("<o:OfficeDocumentSettings>")[2].partition("</o:OfficeDocumentSettings>")[
        0
    ]
    assert "<o:PixelsPerInch>96</o:PixelsPerInch>" in settings
    assert 'xmlns:o="urn:schemas-microsoft-com:office:office"' in everywhere.partition(">\n<head>")[0]
    assert "96" not in LexborHTMLParser(show_in_outlook(mail("Words."))).body.text().partition("Words")[0]
    assert "OfficeDocumentSettings" not in re.sub(r"(?s)<!--.*?-->", "", everywhere)


def test_abbreviations_say_what_they_stand_for():
    edition = made("The EU pays.\n\n*[EU]: European Union\n")
    for name in ("index.html", "email.html"):
        assert '<abbr title="European Union">EU</abbr>' in edition.text(f"{PATH}{name}")
