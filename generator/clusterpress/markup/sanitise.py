"""Cleaning: removes forbidden characters and unsafe HTML; turns any HTML into clean HTML."""

import re
from collections.abc import Iterable
from functools import lru_cache

import nh3
from pygments.token import STANDARD_TYPES
from selectolax.lexbor import LexborHTMLParser, LexborNode

from clusterpress.markup.body import EMBED_CLASS, find_player
from clusterpress.markup.clean_html import MORE
from clusterpress.values.characters import strip_forbidden

_NUMERIC = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.IGNORECASE)
_LAST_CHARACTER = 0x10FFFF
_MORE = re.compile(r"<p>\s*<!--\s*more\s*-->\s*</p>|<!--\s*more\s*-->", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"<!-- Not shown here: [^>]*-->")
"""What an import keeps of the old program, for writers only."""
_FRAME_SOURCES = ("src", "data-src", "data-lazy-src")
_PARAGRAPHS = frozenset("p figure h1 h2 h3 h4 h5 h6 span a strong em b i".split())  # noqa: SIM905 (words read best)
"""Elements that hold no paragraph, or need none around a link."""
_COMMENT = re.compile(r"<!--(?!/?raw-html-->).*?(?:-->|\Z)", re.DOTALL)
_BULLET = re.compile(r"\A\s*[-*•]\s+(?=\S)")

REFUSED_SCHEMES = frozenset({"javascript", "vbscript", "data"})
"""Addresses that run code or carry a document of their own: never published."""

_TAGS = frozenset(
    """a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub
    summary sup table tbody td tfoot th thead time tr u ul var wbr""".split()  # noqa: SIM905 (words read best)
)
_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href", "hreflang"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"datetime"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width"},
    "ins": {"datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "td": {"colspan", "headers", "rowspan", "style"},
    "th": {"colspan", "headers", "rowspan", "scope", "style"},
    "time": {"datetime"},
}
_SCHEMES = frozenset({"ftp", "geo", "http", "https", "mailto", "sms", "tel", "webcal"})
_CLASSES = frozenset(
    """abstract admonition admonition-title bug danger example failure info note question success tip
    warning details embed footnote footnote-backref footnote-ref filename highlight highlighttable hll
    linenodiv linenos normal pull quote special task toc""".split()  # noqa: SIM905 (words read best)
) | frozenset(STANDARD_TYPES.values())


def normalise(text: str) -> str:
    """Return a text with plain line ends and without characters that may not be published."""
    return strip_forbidden(text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text)


def clean_html(html: str, *, safe: bool) -> str:
    """Parse HTML of any kind and return it as clean HTML.

    Contributors who are not trusted need ``safe``: it removes everything but prose.
    """
    html = mark_more(strip_control_refs(html))
    if "<iframe" in html or "<IFRAME" in html:  # before safe mode removes them
        html = _with_frames_as_links(html)
    # The document type keeps the parser out of quirks mode, where a table may stand in a paragraph.
    body = LexborHTMLParser("<!doctype html><body>" + (sanitise(html) if safe else html)).css("body")[0]
    _make_cell_lists(body)
    return body.inner_html or ""


def _with_frames_as_links(html: str) -> str:
    """Return HTML in which frames with players, such as videos, are links to embed."""
    page = LexborHTMLParser(f"<!doctype html><body>{html}")
    for frame in page.css("iframe"):
        address = next((frame.attributes[name] for name in _FRAME_SOURCES if frame.attributes.get(name)), "")
        address = f"https:{address}" if address and address.startswith("//") else address or ""
        if find_player(address) and frame.parent is not None:
            link = page.create_node("a")
            link.attrs["class"], link.attrs["href"] = EMBED_CLASS, address
            link.insert_child(frame.attributes.get("title") or address)
            if frame.parent.tag not in _PARAGRAPHS:
                paragraph = page.create_node("p")
                paragraph.insert_child(link)
                link = paragraph
            frame.replace_with(link)
    body = page.body
    return (body.inner_html if body else None) or ""


def clean_blocks(blocks: Iterable[str]) -> str:
    """Return blocks of the fast parser as clean HTML; only comments and no-break spaces change."""
    html = "\n".join([mark_more(block) if block.startswith("<!--") else block for block in blocks])
    return html.strip().replace("\u00a0", "&nbsp;")


def mark_more(html: str) -> str:
    """Return HTML with `MORE` instead of the comment ``<!-- more -->``, without marks of an old program."""
    return _MORE.sub(MORE, _NOT_SHOWN.sub("", html)) if "<!--" in html else html


def strip_control_refs(html: str) -> str:
    """Return HTML without forbidden characters, also without numeric references (``&#2;``) to them.

    An extension may leave behind control characters that Python-Markdown uses as placeholders.
    """
    html = strip_forbidden(html)
    return _NUMERIC.sub(_allowed, html) if "&#" in html else html


def _allowed(reference: re.Match[str]) -> str:
    hexadecimal, decimal = reference.groups()
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    # HTML readers decode 128 to 159 as Windows-1252 (HTML Standard, 13.2.5.80).
    refused = number > _LAST_CHARACTER or not (0x80 <= number <= 0x9F or strip_forbidden(chr(number)))  # noqa: PLR2004
    return "" if refused else reference[0]


def sanitise(html: str) -> str:
    """Return HTML with nothing but prose in it: no scripts, forms, frames, styles or event attributes.

    The text of removed elements stays, except that of scripts and style sheets. Markdown's own output passes
    unchanged. Refused schemes pass, too: `references` removes and reports them. Of comments, only the marks
    around raw HTML stay.
    """
    return _COMMENT.sub("", _cleaner().clean(html))


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_known_classes,
        url_schemes=set(_SCHEMES | REFUSED_SCHEMES),
        filter_style_properties={"text-align"},
        link_rel=None,
        strip_comments=False,
    )


def _known_classes(_tag: str, name: str, value: str) -> str | None:
    """Keep only classes that Markdown and its extensions set: others would imitate parts of the site."""
    if name != "class":
        return value
    known = (word for word in value.split() if word in _CLASSES or word.startswith("language-"))
    return " ".join(known) or None


def _make_cell_lists(body: LexborNode) -> None:
    """Make a list of lines in a table's cell that begin with a hyphen: ``- one<br>- two``."""
    for line_end in body.css("td br"):
        cell = line_end.parent
        if cell is None or cell.tag != "td":
            continue
        lines = [line for line in (cell.inner_html or "").split("<br>") if line.strip()]
        first = next((at for at, line in enumerate(lines) if _BULLET.match(line)), len(lines))
        items = lines[first:]
        if items and len(lines) > 1 and all(_BULLET.match(line) for line in items):
            listed = "".join(f"<li>{_BULLET.sub('', line, count=1).strip()}</li>" for line in items)
            cell.inner_html = "<br>".join(lines[:first]) + f"<ul>{listed}</ul>"
