"""The handbook as web pages that can be read and searched without a server, straight from a folder."""

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from html import escape
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import unquote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from clusterpress.config.settings import Settings
from clusterpress.handbook.pages import GROUPS, PAGES, Page
from clusterpress.markup.body import LinkRef, PictureRef, render_html
from clusterpress.markup.render import render

_SETTINGS = Settings(name="Handbook", url="https://handbook.example.org/")
_HEADING = re.compile(r'<h[2-4]\b[^<>]*\bid="([^"<>]+)"[^<>]*>((?:(?!<h[1-6]\b).)*?)</h[2-4]>', re.DOTALL)
_ANCHOR = re.compile(r'href="(?:([\w-]+)\.html)?#([^"]+)"')
_TAG = re.compile(r"<[^<>]*>")
_FILES = ("handbook.css", "search.js")
"""Files of every page, beside the template."""


class Section(NamedTuple):
    """A part of a page that the search finds."""

    page: str
    """Name of the page."""
    title: str
    """Title of the page."""
    heading: str
    """Heading of the part; empty for the beginning of the page."""
    id: str
    """Anchor of the heading."""
    text: str
    """Its words."""


def make_website() -> dict[str, bytes]:
    """Return path → content of every file: pages, pictures, styles, the search and its index."""
    environment = Environment(
        loader=PackageLoader(__package__, "website_files"), autoescape=True, undefined=StrictUndefined
    )
    template = environment.get_template("page.html")
    groups = [(words, [page for page in PAGES if page.group == key]) for key, words in GROUPS]
    texts = {page.name: _html(page) for page in PAGES}
    anchors = {name: _anchors(html) for name, html in texts.items()}
    made = {"index.html": template.render(page=None, contents=(), html="", groups=groups)}
    for page in PAGES:
        html = _with_anchors(texts[page.name], page.name, anchors)
        contents = _contents(html)
        made[f"{page.name}.html"] = template.render(
            page=page,
            contents=contents,
            html=Markup(html),  # noqa: S704 -- our own
            groups=groups,
        )
    sections = [section._asdict() for page in PAGES for section in _sections(page, made[f"{page.name}.html"])]
    made["index.js"] = f"const INDEX = {_as_script(sections)};\n"
    website = {path: text.encode() for path, text in made.items()}
    for name in _FILES:
        website[name] = files(__package__).joinpath("website_files", name).read_bytes()
    return website | _pictures()


def _pictures() -> dict[str, bytes]:
    """Return path → content of the pictures of the handbook."""
    folder = files(__package__).joinpath("pictures")
    return {
        f"pictures/{one.name}": one.read_bytes() for one in folder.iterdir() if one.name.endswith(".webp")
    }


def _html(page: Page) -> str:
    """Return the HTML of a page without its first heading, which the template shows."""
    body = render(page.read().partition("\n")[2], _SETTINGS)
    html = render_html(body, lambda link: _address(page, link), _picture)
    return html.replace("<pre>", '<pre tabindex="0">')  # wide code scrolls by keyboard too


def _address(page: Page, link: LinkRef) -> str | None:
    """Return the address of a link between pages; None if it leads to a file of the repository only."""
    path, hash_, anchor = link.target.partition("#")
    if not path:
        return link.target
    name = posixpath.basename(path).removesuffix(".md")
    is_page = name != page.name and any(one.name == name for one in PAGES)
    return f"{name}.html{hash_}{anchor}" if is_page else None


def _anchors(html: str) -> dict[str, str]:
    """Return the anchor that Git hosts give a heading → the one that it has here."""
    heads = ((_words(found[2]), found[1]) for found in _HEADING.finditer(html))
    return {re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-"): id_ for words, id_ in heads}


def _with_anchors(html: str, name: str, anchors: Mapping[str, Mapping[str, str]]) -> str:
    """Return the HTML of a page with the anchors of these pages in place of those of Git hosts."""

    def replace(found: re.Match[str]) -> str:
        known = anchors.get(found[1] or name, {})
        return found[0].replace(f"#{found[2]}", f"#{known.get(unquote(found[2]), found[2])}")

    return _ANCHOR.sub(replace, html)


def _picture(picture: PictureRef) -> str:
    """Return the HTML of a picture; those of examples in texts are not there."""
    name = posixpath.basename(picture.src)
    return f'<img src="pictures/{escape(name)}" alt="{escape(picture.alt)}" loading="lazy">'


def _contents(html: str) -> list[tuple[str, str]]:
    """Return (anchor, words) of the main headings of a page."""
    return [(found[1], _words(found[2])) for found in _HEADING.finditer(html) if found[0].startswith("<h2")]


def _sections(page: Page, made: str) -> Iterator[Section]:
    """Yield the parts of a page, each from a heading to the next."""
    html = made.partition("<!-- text -->")[2].partition("<!-- end of text -->")[0]
    heads = [*_HEADING.finditer(html)]
    ends = [*(head.start() for head in heads), len(html)]
    yield Section(page.name, page.title, "", "", _words(html[: ends[0]]))
    for head, end in zip(heads, ends[1:], strict=True):
        yield Section(page.name, page.title, _words(head[2]), head[1], _words(html[head.end() : end]))


def _words(html: str) -> str:
    """Return the words of a piece of HTML."""
    return " ".join(str(Markup(_TAG.sub(" ", html)).unescape()).split())  # noqa: S704 -- our own


def _as_script(value: list[dict[str, str]]) -> str:
    """Return a value as JavaScript that no HTML parser ends early."""
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
