"""Cleaning: characters that no page or feed may hold, and raw HTML of contributors."""

import re
from functools import lru_cache

import nh3
from pygments.token import STANDARD_TYPES

from clusterpress.values.characters import strip_forbidden

_NUMERIC = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.IGNORECASE)
_LAST_CHARACTER = 0x10FFFF

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
    return strip_forbidden(text.replace("\r\n", "\n").replace("\r", "\n"))


def strip_control_refs(html: str) -> str:
    """Return HTML without forbidden characters, also without numeric references (``&#2;``) to them.

    An extension may leave one of the control characters behind by which Python-Markdown marks places.
    """
    html = strip_forbidden(html)
    return _NUMERIC.sub(_allowed, html) if "&#" in html else html


def _allowed(reference: re.Match[str]) -> str:
    hexadecimal, decimal = reference.groups()
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    # 128 to 159 are read as Windows-1252 by every HTML reader: HTML Standard, 13.2.5.80.
    refused = number > _LAST_CHARACTER or not (0x80 <= number <= 0x9F or strip_forbidden(chr(number)))  # noqa: PLR2004
    return "" if refused else reference[0]


def sanitise(html: str) -> str:
    """Return HTML with nothing but prose in it: no scripts, forms, frames, styles or event attributes.

    The text inside what is taken out stays, except that of scripts and style sheets. Markdown's own output
    passes unchanged. Refused schemes pass too: `references` takes them out everywhere and reports them.
    """
    return _cleaner().clean(html)


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_known_classes,
        url_schemes=set(_SCHEMES | REFUSED_SCHEMES),
        filter_style_properties={"text-align"},
        link_rel=None,
    )


def _known_classes(_tag: str, name: str, value: str) -> str | None:
    """Return only the classes that Markdown and its extensions give: others would borrow the site's look."""
    if name != "class":
        return value
    return (
        " ".join(word for word in value.split() if word in _CLASSES or word.startswith("language-")) or None
    )
