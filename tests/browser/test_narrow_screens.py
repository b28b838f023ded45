"""Issues with hostile words and every block, on the narrowest screen (WCAG 2.2, 1.4.10: 320 pixels)."""

import re
from pathlib import Path

import pytest

from clusterpress.theme.theme import read_tokens
from tests.newsletters.editions import Editions
from tests.newsletters.make import THEME, issue, news, newsroom, record
from tests.newsletters.test_blocks_in_blocks import BODY
from tests.newsletters.test_pdf_layout import LONG, MAIL, TABLE

SECTIONS = (
    f"  - {{title: {LONG}, items: [a]}}\n  - {{title: E, layout: events, items: [e]}}\n"
    "  - {title: P, layout: profiles, partners: [PP8]}\n  - {title: B, layout: briefs, items: [b]}"
)
CODE = "```\n" + "x" * 90 + "\n```\n\nhttps://www.example.eu/" + "a" * 80 + "\n\n"
PARTNER = {
    "number": "PP8",
    "role": LONG,
    "contact": f"{{web: 'https://www.a-very-long-name.example.eu/', email: {MAIL}}}",
}
FILES = {
    "news/a.md": news(f"A {LONG}", body=f"{TABLE}\n\n{CODE}{BODY}", author=LONG, sectors=f"[{LONG}]"),
    "news/b.md": news(f"B {LONG}", body=LONG, image="{src: /dots.png, alt: Dots}"),
    "events/e.md": f"---\ntitle: Forum\nstart: 2012-02-21\nplace: {LONG}\nsummary: x\n---\nT\n",
    "partners/m.md": record(LONG, **PARTNER),
    "newsletters/cord/3.md": issue(SECTIONS, body=f"{LONG} {TABLE}"),
}  # fmt: skip


@pytest.fixture(scope="module")
def made():
    library, stored, _ = newsroom(FILES)
    return Editions(library, stored)


@pytest.mark.parametrize(
    "page", ["index.html", "2/index.html", "3/index.html", "all/index.html", "email.html"]
)
def test_no_page_is_wider_than_the_screen(browser, made, page):
    html = re.sub("<meta http-equiv[^>]*>", "", made.text(f"newsletters/cord/3/{page}"))
    if page != "email.html":
        colours = read_tokens(THEME)["colours"]["light"].items()
        tokens = ":root{" + "".join(f"--{name}:{value};" for name, value in colours) + "}"
        css = Path(THEME.folder, "newsletter", "web", "edition.css").read_text("utf-8")
        html = html.replace("</head>", f"<style>{tokens}{css}</style></head>")
    window = browser.new_page(viewport={"width": 320, "height": 640})
    window.set_content(html)
    assert window.evaluate("document.documentElement.scrollWidth") == 320
    window.close()
