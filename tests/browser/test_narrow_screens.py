"""Issues and item pages with hostile words and every block, on narrow screens (WCAG 2.2, 1.4.10: 320 pixels)."""

import re
from pathlib import Path

import pytest

from clusterpress.theme.theme import read_tokens
from tests.browser.reading import visiting
from tests.browser.serving import serving
from tests.newsletters.editions import Editions
from tests.newsletters.make import THEME, issue, news, newsroom, record
from tests.newsletters.test_blocks_in_blocks import BODY
from tests.newsletters.test_pdf_layout import LONG, MAIL, TABLE
from tests.sites.small_site import Site

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


ADDRESS = f"https://www.example.eu/{'a' * 80}"
WIDE_ROW = "| Brussels | Agency for Food | 1,234,567 EUR | press@example.eu |"
HOSTILE = f"""\
See https://www.example.org/a/very/long/address/that/does/not/break/index.html now.

{LONG} and `{"y" * 90}`

## {LONG}

    {"x" * 90}

{WIDE_ROW}
|---|---|---|---|
{WIDE_ROW}

- {ADDRESS}

    {WIDE_ROW}
    |---|---|---|---|
    {WIDE_ROW}

> [{LONG}]({ADDRESS})

!!! note "{LONG}"

    {WIDE_ROW}
    |---|---|---|---|
    {WIDE_ROW}

{LONG}
:   {ADDRESS}

Text.[^1]

[^1]: {ADDRESS}
"""
KINDS = {
    "news/n": f"date: 2021-05-05\nauthors: [w]\nclusters: [c]\nprogramme: p\nsummary: {LONG}\ntags: [{LONG}]",
    "news/plain": "date: 2021-05-04",
    "events/e": f"start: 2022-05-05\nplace: {LONG}\nclusters: [c]\nregister: {ADDRESS}",
    "events/over": "start: 2021-05-05",
    "programmes/p": "names: [P]",
    "clusters/c": f"country: {LONG}\ncontact: {{web: '{ADDRESS}', email: {MAIL}}}",
    "partners/m": f"number: PP8\nrole: {LONG}\ncontact: {{web: '{ADDRESS}', email: {MAIL}}}",
    "authors/w": f"email: {MAIL}",
    "pages/about": f"summary: {LONG}",
    "newsletters/next/1": f"newsletter: next\nnumber: 1\nperiod: {LONG}\ndate: 2021-12-01\nsections:\n  - {{title: {LONG}, items: [n], text: x}}",
}


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory):
    files = {
        f"content/{name}.md": f"---\ntitle: A {LONG}\n{fields}\n---\n{HOSTILE}"
        for name, fields in KINDS.items()
    }
    site = Site(tmp_path_factory.mktemp("hostile"), files)
    settings = "newsletters: {next: {name: Next, programme: p}}\nprogramme: p\n"
    site.write("site_config.yml", site.read("site_config.yml", "").replace("programme: next\n", settings))
    result = site.build()
    assert [str(one) for one in result.problems if one.severity == "error"] == []
    with serving(site.root / "site") as address:
        yield site, address


@pytest.mark.parametrize("width", [360, 320])
def test_no_page_of_the_site_is_wider_than_the_screen(browser, hostile_site, width):
    site, address = hostile_site
    pages = sorted(path for path in site.output() if path.endswith(".html"))
    with visiting(browser, address, width=width) as visit:
        wide = {path: visit.overflow() for path in pages if visit.open(path) and visit.overflow()}
    assert wide == {}


KEYS = "| Key | Value | Meaning |\n|---|---|---|\n" + "".join(
    f"| `{key}` | text, or one for each language | {'Words that say what the key means. ' * 4} |\n"
    for key in ("name", "tagline")
)


def test_keys_in_a_table_stay_whole_on_a_telephone(browser, tmp_path):
    site = Site(tmp_path)
    site.write("content/pages/keys.md", f"---\ntitle: Keys\n---\n{KEYS}")
    assert site.build().difference
    with serving(site.root / "site") as base, visiting(browser, base, width=390) as visit:
        page = visit.open("/keys/")
        lines = page.eval_on_selector_all("td code", "all => all.map(one => one.getClientRects().length)")
        assert lines == [1, 1]
        assert visit.overflow() == 0


HEAD = "| Field | What is meant | How it is measured | Budget | Land | Notes |\n|---|---|---|--:|---|---|\n"
PROSE = (
    "| Internationalisation | Newsletters, meetings and study visits that inform firms | Number of readers and of visits"
    " | 1,234,567 EUR | Österreich | المعلومات والتدريب والمرافقة ومقارنة ما فعله الآخرون من قبل |\n"
)
TABLES = (
    f"{HEAD}{PROSE}{PROSE}\n| a | b |\n|---|---|\n| Internationalisation | Information, training, coaching |\n\n"
    f'!!! note "N"\n\n    {HEAD.replace(chr(10), chr(10) + "    ")}{PROSE}\n'
    "<table><tr><td>Regionalentwicklungsgesellschaft</td><td>3</td><td>Internationalisation</td></tr></table>\n\n"
    f"| {' | '.join(f'Year {year}' for year in range(2010, 2022))} |\n|{'---|' * 12}\n| {' | '.join(['12,345'] * 12)} |\n"
)
BROKEN = """all => all.flatMap(cell => {
    const broken = [], walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), range = document.createRange()
    for (let text; text = walk.nextNode();)
        for (const word of text.data.matchAll(/\\S+/g)) {
            range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length)
            if (new Set([...range.getClientRects()].map(one => Math.round(one.top))).size > 1) broken.push(word[0])
        }
    return broken
})"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("tables"))
    site.write("content/news/t.md", f"---\ntitle: Tables\ndate: 2021-05-05\n---\n{TABLES}")
    site.write(
        "content/newsletters/next/1.md",
        "---\ntitle: One\nnewsletter: next\nnumber: 1\ndate: 2021-05-06\nsections:\n  - {title: News, items: [t]}\n---\n",
    )
    settings = site.read("site_config.yml", "") + "newsletters: {next: {name: Next}}\n"
    site.write("site_config.yml", settings)
    assert site.build().difference
    with serving(site.root / "site") as address:
        yield address


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("path", ["/news/2021/t/", "/newsletters/next/1/2/"])
def test_no_word_of_a_table_is_broken_on_a_phone_and_prose_has_room(browser, tables, path, width):
    with visiting(browser, tables, width=width) as visit:
        page = visit.open(path)
        assert page.eval_on_selector_all(".table :is(th,td)", BROKEN) == []
        widths = page.eval_on_selector_all(".table .long", "all => all.map(one => one.offsetWidth)")
        assert len(widths) >= 10
        assert min(widths) >= 130
        unreachable = page.eval_on_selector_all(
            ".table", "all => all.filter(one => one.scrollWidth > one.clientWidth && one.tabIndex < 0).length"
        )
        assert (unreachable, visit.overflow()) == (0, 0)


@pytest.mark.parametrize("path", ["/news/2021/t/", "/newsletters/next/1/all/"])
def test_tables_are_whole_on_paper(browser, tables, path):
    with visiting(browser, tables, width=700) as visit:
        page = visit.open(path)
        page.emulate_media(media="print")
        assert page.eval_on_selector_all(".table :is(th,td)", BROKEN) == []
        cut = page.eval_on_selector_all(".table", "all => all.map(one => one.scrollWidth - one.clientWidth)")
        assert max(cut) <= 1
