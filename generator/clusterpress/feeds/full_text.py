"""The full text of an entry: clean HTML that reads the same in every feed reader."""

import re
from html import escape

import nh3

from clusterpress.content.items import Event
from clusterpress.feeds.views import SiteView
from clusterpress.library.documents import documents_of
from clusterpress.library.entries import Entry
from clusterpress.library.pictures import Picture, ShownPicture
from clusterpress.markup.body import Body, LinkRef, PictureRef, render_html
from clusterpress.markup.clean_html import CleanHtml, start_tag
from clusterpress.markup.documents import label_documents
from clusterpress.theme.languages import date_formatter, direction_of
from clusterpress.values.characters import strip_forbidden

# Right-to-left overrides and ruby containers trip the W3C feed validator.
_TAGS = nh3.ALLOWED_TAGS - {"bdo", "rtc"}
# No class, style or id: they mean nothing, or something else, on a feed reader's page. No srcset: old
# readers take it for a broken address.
_ATTRIBUTES = {**nh3.ALLOWED_ATTRIBUTES, "*": {"dir", "lang", "title"}}
_ALIGNMENT = re.compile(r"text-align: ?(left|right|center|justify)")
_SCHEMES = {"http", "https", "mailto", "tel"}


def write_text(entry: Entry, body: Body, site: SiteView, cancelled: str = "") -> str:
    """Return the whole text of an entry as HTML without scripts, styles and relative addresses.

    An event begins with its dates, times and place; then comes the picture with its caption, then the body. A
    text written from right to left is wrapped in an element with its direction, because feed readers ignore
    ``xml:lang``. The result is empty if there is nothing to show.

    Args:
        entry: the entry.
        body: its body.
        site: the site.
        cancelled: the word for a cancelled event; empty if it is none.
    """
    picture = _head_picture(entry.picture, site) if entry.picture else ""
    html = strip_forbidden(_event_line(entry, cancelled) + picture + _body(entry, body, site))
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        # Relative addresses in the body (raw HTML, footnotes) are relative to the entry's page; a leading
        # slash means the site's root, also below a sub-path.
        url_relative=("rewrite_with_root", site.url, entry.url),
    )
    # Character references (&#8;) have become characters only now.
    text = strip_forbidden(clean).strip()
    if text and direction_of(entry.lang) == "rtl":
        return f'<div dir="rtl" lang="{escape(entry.lang)}">{text}</div>'
    return text


def _event_line(entry: Entry, cancelled: str) -> str:
    if entry.kind != "event":
        return ""  # to fetch the item takes time
    event, item = entry.card, entry.item
    if not isinstance(item, Event):
        return ""
    start, end = (moment.at if moment else None for moment in (item.start, item.end))
    when = date_formatter(entry.lang).when_exactly(event, start, end)
    facts = (when, ", ".join(filter(None, (event.place, event.country))))
    line = " · ".join(escape(fact) for fact in facts if fact)
    if event.cancelled:  # many readers show no line through words
        word = f"<strong>{escape(cancelled)}</strong>" if cancelled else ""
        line = " ".join(filter(None, (word, f"<s>{line}</s>" if line else "")))
        return f"<p>{line}</p>" if line else ""
    return f"<p><strong>{line}</strong></p>" if line else ""


def _head_picture(shown: ShownPicture, site: SiteView) -> str:
    words = " · ".join(escape(text) for text in (shown.caption, shown.credit) if text)
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return f"<figure>{_image(shown.picture, shown.alt, site)}{caption}</figure>"


def _image(picture: Picture, alt: str, site: SiteView) -> str:
    address = escape(picture.url if picture.is_remote else site.url + picture.url)
    size = "" if picture.is_remote else f' width="{picture.width}" height="{picture.height}"'
    return f'<img src="{address}" alt="{escape(alt)}"{size}>'


def _body(entry: Entry, body: Body, site: SiteView) -> str:
    targets, figures = dict(entry.targets), dict(entry.resolved.figures)

    def address(ref: LinkRef) -> str | None:
        return site.url + targets[ref.target] if ref.target in targets else None

    def figure(ref: PictureRef) -> str:
        picture = figures.get(ref.src)
        return _image(picture, ref.alt, site) if picture else escape(ref.alt)

    html = _with_alignment(render_html(body, address, figure))
    return label_documents(html, documents_of(entry, site.url))


def _with_alignment(html: str) -> str:
    """Say how cells of tables are aligned by an attribute: many readers of feeds remove every style."""
    if "text-align" not in html:
        return html
    page = CleanHtml(html)
    edits = [
        (cell.start, cell.inner, start_tag(cell.tag, cell.written | {"align": found[1]}))
        for cell in page.named("td", "th")
        if (found := _ALIGNMENT.search(cell.written.get("style", "")))
    ]
    return page.edited(edits).text
