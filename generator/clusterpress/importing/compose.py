"""Compose: a record with its path → the text of its source file, with anchors that exist."""

import posixpath
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from html import unescape
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.content.dates import format_day
from clusterpress.content.front_matter import plain, propose_title
from clusterpress.content.keys import fold_key
from clusterpress.content.serialise import write_source
from clusterpress.importing.addresses import key_of, name_of
from clusterpress.importing.links import Linker, Site
from clusterpress.importing.paths import PLACEHOLDER_DATE, Placed, page_path
from clusterpress.importing.records import Remark
from clusterpress.importing.terms import KnownNames, map_terms
from clusterpress.importing.texts.html import to_markdown
from clusterpress.importing.texts.markdown import outside_code, rewrite_links
from clusterpress.markup.render import render
from clusterpress.parsing.values import Value
from clusterpress.values.characters import one_line, strip_forbidden
from clusterpress.values.slugs import slugify

_PINNED = timedelta(days=365)
"""How old a pinned item may be."""
_LINK_KEYS = ("url", "href", "link", "uri", "address", "src", "file")
_LABEL_KEYS = ("label", "name", "title", "text", "description")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?$")
_SECONDS = re.compile(r"^(?P<day>\d{4}-\d\d-\d\d)[T ](?P<clock>\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?P<sign>-?)")
"""A moment with its seconds; after a blank, 09:30-08:00 would be two times."""
_TAG = re.compile(r"<[^<>]+>")
_CUT = re.compile(r"(?<!\s)\s*\[?(?:…|\.\.\.)\]?\s*(?:(?:Continue reading|Read more).{0,300})?$")
_FIRST_ORDER = re.compile(r"^#(?= )", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s#]*)#([^()\s]+)\)")


class Composed(Struct, frozen=True, kw_only=True):
    """A source file to write."""

    placed: Placed
    values: Mapping[str, Value]
    body: str
    copies: Mapping[str, str]
    """File of the project → file of the foreign site."""
    remarks: tuple[Remark, ...]

    @property
    def path(self) -> str:
        """Its path in the project."""
        return self.placed.path

    @property
    def text(self) -> str:
        """The whole file."""
        return write_source(self.values, self.body, self.placed.record.kind)


def compose(
    placed: Placed,
    site: Site,
    names: KnownNames,
    mapped: Mapping[str, str],
    aliases: tuple[tuple[str, ...], tuple[str, ...]],
    original: str,
) -> Composed:
    """Return the source file of a record.

    Args:
        placed: the record and its path.
        site: the foreign site.
        names: known records and authors.
        mapped: foreign taxonomy or key → key of ours.
        aliases: old addresses that redirect to it, and those in conflict.
        original: slug of the item that it translates, if the file's name does not show it.
    """
    record = placed.record
    linker = Linker(site=site, placed=placed)
    text = strip_forbidden(record.text)
    site.inventory.at(record.place, record.line)
    body = to_markdown(text, linker, site.inventory) if record.form == "html" else rewrite_links(text, linker)
    remarks = [*record.remarks, *placed.remarks, *linker.remarks]
    linker.remarks.clear()
    values = {key: _clean(value) for key, value in record.values.items()}
    values |= map_terms(record.terms, record.kind, names, mapped, remarks.append)
    _normalise_title(values, body, placed, remarks)
    _normalise_date(values, placed, remarks)
    _normalise_event(values, placed, remarks)
    _normalise_summary(values, linker)
    _normalise_image(values, linker)
    _normalise_links(values, linker)
    _normalise_sections(values, site)
    _normalise_location(values, placed, original)
    _unpin(values, placed, site, remarks)
    kept, refused = aliases
    values["aliases"] = [*kept]
    for alias in refused:
        hint = "set up a redirect on the server if the old address matters"
        remarks.append(Remark(f'the old address "{alias}" belongs to another page of the site', hint))
    remarks += linker.remarks
    return Composed(placed=placed, values=values, body=body, copies=linker.copies, remarks=tuple(remarks))


def _clean(value: Value) -> Value:
    if isinstance(value, list):
        return [_clean(part) for part in value]
    if isinstance(value, dict):
        return {key: _clean(part) for key, part in value.items()}
    return strip_forbidden(value).strip()


def _normalise_title(values: dict[str, Value], body: str, placed: Placed, remarks: list[Remark]) -> None:
    """Give an item without title its first heading, first sentence, date or name as title."""
    title = values.get("title")
    if isinstance(title, str) and one_line(title):
        values["title"] = one_line(_FIRST_ORDER.sub("", title))
        return
    heading = re.match(r"#{1,2} +(.+)", body)
    proposal = plain(heading[1]) if heading else propose_title(_TAG.sub("", body)).rstrip(" …")
    by_date = format_day(placed.day.day) if placed.day else placed.slug
    values["title"] = one_line(unescape(proposal)) or by_date
    if heading and body.startswith("# "):
        return  # a first-level heading is the title, as in all our items
    message = f'it had no title; "{values["title"]}" was made from its text'
    remarks.append(Remark(message, "write a better one", "title:"))


def _normalise_date(values: dict[str, Value], placed: Placed, remarks: list[Remark]) -> None:
    if placed.record.kind not in {"news", "issue"}:
        return
    written = values.get("date")
    if placed.day is None:
        values["date"] = PLACEHOLDER_DATE.iso
        values["draft"] = "true"
        message = f'the date "{written}" cannot be read' if written else "it has no date"
        hint = 'it is a draft with a placeholder date: write the right date, and delete "draft"'
        remarks.append(Remark(message, hint, "date:"))
    elif isinstance(written, str) and placed.day.at:
        values["date"] = _SECONDS.sub(
            lambda at: f"{at['day']}{'T' if at['sign'] else ' '}{at['clock']}{at['sign']}", written
        )


def _normalise_event(values: dict[str, Value], placed: Placed, remarks: list[Remark]) -> None:
    """Make an event without a date a draft; leave out an end before its start."""
    if placed.record.kind != "event":
        return
    if placed.day is None:
        values.pop("date", None)  # it is the day of the announcement
    if not values.get("start") and not values.get("when"):
        values.pop("end", None)
        values["start"] = PLACEHOLDER_DATE.iso
        values["draft"] = "true"
        hint = 'it is a draft with a placeholder date: write the right date, and delete "draft"'
        remarks.append(Remark("it has no date that can be read", hint, "start:"))
    start, end = str(values.get("start", "")), str(values.get("end", ""))
    if end and _ISO.match(start) and _ISO.match(end) and end < start[: len(end)]:
        del values["end"]
        remarks.append(Remark(f'its end "{end}" was before its start, and was left out', "", "start:"))


def _normalise_summary(values: dict[str, Value], linker: Linker) -> None:
    summary = values.get("summary")
    if not isinstance(summary, str) or not summary:
        return
    markdown = to_markdown(summary, _TextOnly()) if _TAG.search(summary) or "&" in summary else summary
    words = one_line(plain(re.sub(r"&(amp|lt);", lambda e: {"amp": "&", "lt": "<"}[e[1]], markdown)))
    values["summary"] = _CUT.sub(" …", words).strip()
    if "<img" in summary:
        linker.remark("a picture in its summary was left out")


class _TextOnly:
    def link(self, address: str) -> str:  # noqa: ARG002 - the protocol's name
        return ""

    picture = outside = link

    def remark(self, message: str, hint: str = "", near: str = "") -> None:
        pass


def _normalise_image(values: dict[str, Value], linker: Linker) -> None:
    image = values.get("image")
    if not isinstance(image, dict):
        return
    source = linker.picture(str(image.get("src", ""))) if image.get("src") else ""
    if not source:
        del values["image"]
        return
    words = {key: one_line(_TAG.sub("", str(image.get(key) or ""))) for key in ("caption", "credit")}
    parts: dict[str, Value] = {"src": source, "alt": one_line(str(image.get("alt", ""))), **words}
    values["image"] = {key: part for key, part in parts.items() if part}


def _normalise_links(values: dict[str, Value], linker: Linker) -> None:
    """Give each further link a resolved address and a label, from the keys that other programs use."""
    links = values.get("more")
    if not isinstance(links, list):
        return
    values["more"] = more = []
    for link in links:
        parts = {fold_key(key): part for key, part in link.items()} if isinstance(link, dict) else {}
        address = next((part for key in _LINK_KEYS if isinstance(part := parts.get(key), str)), "")
        label = next((part for key in _LABEL_KEYS if isinstance(part := parts.get(key), str)), "")
        if address and (url := linker.link(address)):
            more.append({"label": one_line(_TAG.sub("", label)) or name_of(url), "url": url})


def _normalise_sections(values: dict[str, Value], site: Site) -> None:
    """Name the items of an issue's sections by their files, as the export names them by their addresses."""
    sections = values.get("sections")
    for section in sections if isinstance(sections, list) else ():
        if isinstance(section, dict) and isinstance(items := section.get("items"), list):
            paths = (site.items.get(key_of(str(item)), str(item)) for item in items)
            section["items"] = [_item_name(path) for path in paths]


def _item_name(path: str) -> str:
    """Return the name of an item in an issue: its path below the folder of its kind, without endings."""
    return path.removeprefix("content/news/").removesuffix(".md").removesuffix("/index")


def _unpin(values: dict[str, Value], placed: Placed, site: Site, remarks: list[Remark]) -> None:
    """Keep an old item off the top of today's home page: it was pinned long ago, and forgotten."""
    if values.get("pinned") != "true" or not placed.day or not site.today:
        return
    if site.today - placed.day.day > _PINNED:
        del values["pinned"]
        remarks.append(Remark("it was pinned long ago, so it is not pinned now", "pin it with pinned: true"))


def _normalise_location(values: dict[str, Value], placed: Placed, original: str) -> None:
    """Add what the file's name does not show: identifier, original, address of a subpage."""
    record = placed.record
    if record.identity and record.kind != "author":
        values["id"] = record.identity
    if record.kind == "page" and (path := page_path(record, placed.slug)):
        values["path"] = path
    if original:
        values["translation_of"] = original


def fix_anchors(composed: list[Composed], settings: Settings) -> list[Composed]:
    """Return the files with unknown fragments corrected, or removed and reported."""
    bodies = {one.path: one.body for one in composed}

    @cache
    def anchors(path: str) -> frozenset[str]:
        return frozenset(render(bodies[path], settings).outline.anchors)

    return [_fixed(one, bodies, anchors) if "#" in one.body else one for one in composed]


def _fixed(one: Composed, bodies: Mapping[str, str], anchors: Callable[[str], frozenset[str]]) -> Composed:
    remarks: list[Remark] = []

    def fix(found: re.Match[str]) -> str:
        words, target, fragment = found[1], found[2], unquote(found[3])
        path = posixpath.normpath(posixpath.join(posixpath.dirname(one.path), target)) if target else one.path
        if "://" in target or path not in bodies or fragment in anchors(path):
            return found[0]
        near = slugify(fragment)
        if near in anchors(path):
            return f"[{words}]({target}#{near})"
        message = f'the link to "{target}#{fragment}" has no anchor in that text'
        remarks.append(Remark(message, "use the anchor of one of its headings", words))
        return f"[{words}]({target})" if target else words

    body = outside_code(one.body, lambda part: _LINK.sub(fix, part))
    return replace(one, body=body, remarks=(*one.remarks, *remarks)) if remarks or body != one.body else one
