"""Feeds: RSS, Atom and JSON Feed, from a file or the web → records, for sites without another export."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib import request
from zoneinfo import ZoneInfo

from clusterpress.importing.addresses import alias_of, host_of
from clusterpress.importing.inventory import Inventory, Use
from clusterpress.importing.records import Export, ImportSourceError, Record, Remark
from clusterpress.importing.sources.encoding import decode
from clusterpress.importing.sources.json_text import read_json
from clusterpress.importing.sources.times import time_of_parts
from clusterpress.importing.texts.plain import link_bracketed, text_to_html
from clusterpress.parsing.values import Value
from clusterpress.values.characters import one_line
from clusterpress.values.slugs import slugify

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_AS_UTF8 = {"content-type": "application/xml; charset=utf-8"}
_CARRIED = frozenset(
    """id link url external_url title summary content content_html content_text published updated
    date_published date_modified author authors tags language image banner_image attachments links enclosures
    media_content media_thumbnail""".split()  # noqa: SIM905 (words read best)
)
_NOT_NEEDED = frozenset(
    """guidislink comments slash_comments wfw_commentrss thr_total thr_in-reply-to source base
    feedburner_origlink href xml_base post-id media_title media_description media_credit created""".split()  # noqa: SIM905 (words read best)
)
_TIMEOUT_SECONDS = 30
_MAX_BYTES = 50_000_000
"""Bytes of a feed, at most."""
_USER_AGENT = "clusterpress (feed import)"
_PROTOCOLS = (
    request.ProxyHandler, request.UnknownHandler, request.HTTPHandler, request.HTTPSHandler,
    request.HTTPDefaultErrorHandler, request.HTTPRedirectHandler, request.HTTPErrorProcessor,
)  # fmt: skip
"""Handlers for http and https only: no files of this computer."""


def fetch(address: str) -> bytes:
    """Return the content of an http or https address.

    Raises:
        OSError: there is no answer, the answer is an error, or it is too large.
    """
    opener = request.OpenerDirector()
    for protocol in _PROTOCOLS:
        opener.add_handler(protocol())
    asked = request.Request(address, headers={"User-Agent": _USER_AGENT, "Accept": "*/*"})  # noqa: S310 - see above
    with opener.open(asked, timeout=_TIMEOUT_SECONDS) as answer:
        content: bytes = answer.read(_MAX_BYTES + 1)
    if len(content) > _MAX_BYTES:
        raise OSError(f"the answer is larger than {_MAX_BYTES // 1_000_000} MB")
    return content


def read_feed(raw: bytes, name: str, zone: str) -> Export:
    """Return the entries of a feed.

    Args:
        raw: the feed.
        name: its name, for the report.
        zone: IANA name of the time zone to write dates in.

    Raises:
        ImportSourceError: this is not a feed.
    """
    is_json = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    entries = list(_json_entries(raw, name) if is_json else _xml_entries(raw, name))
    text = decode(raw).text
    records: list[Record] = []
    inventory = Inventory(name)
    for entry in entries:
        records.append(_record(entry, name, _line_of(text, entry), zone))
        inventory.at(name, records[-1].line)
        _take_stock(entry["fields"], inventory)
    hint = "compare it with the site to find out which older items are missing"
    return Export(
        name=name,
        records=tuple(records),
        inventory=inventory.rows,
        remarks=((name, 1, Remark("a feed holds the newest items of a site, not all of them", hint)),),
        hosts=frozenset(filter(None, (host_of(entry["link"]) for entry in entries))),
    )


def _xml_entries(raw: bytes, name: str) -> Iterator[dict[str, Any]]:
    import feedparser

    # The markup of the feed is kept; the build sanitises raw HTML.
    text = _DECLARATION.sub("", decode(raw).text, count=1)
    feed = feedparser.parse(text.encode(), sanitize_html=False, response_headers=_AS_UTF8)
    if not feed.get("version"):
        line = getattr(feed.get("bozo_exception"), "getLineNumber", lambda: 1)() or 1
        hint = "choose the address of an RSS or Atom feed, or its file"
        raise ImportSourceError(name, line, "this is not a feed", hint)
    for entry in feed.entries:
        contents = [part.value for part in entry.get("content", ()) if part.get("value")]
        summary = _text(entry, "summary")
        # Its own `get` warns where one of them is missing.
        date = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
        yield {
            "id": _text(entry, "id"),
            "link": _text(entry, "link"),
            "title": unescape(_TAG.sub("", _text(entry, "title"))),
            "text": link_bracketed(contents[0] if contents else summary),
            "summary": summary if contents else "",
            "date": time_of_parts(date),
            "authors": [_text(one, "name") for one in entry.get("authors", ())],
            "tags": [_text(tag, "term") for tag in entry.get("tags", ())],
            "lang": _text(entry, "language") or _text(feed.feed, "language"),
            "fields": {key: value for key, value in entry.items() if value},
            "pictures": [
                (_text(e, "href"), _text(e, "type")) for e in (*entry.get("enclosures", ()), *_media(entry))
            ],
        }


def _media(entry: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for one in (*entry.get("media_content", ()), *entry.get("media_thumbnail", ())):
        yield {"href": _text(one, "url"), "type": _text(one, "type") or f"{_text(one, 'medium') or 'image'}/"}


def _json_entries(raw: bytes, name: str) -> Iterator[dict[str, Any]]:
    """JSON Feed, versions 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    try:
        feed = read_json(decode(raw).text)
    except json.JSONDecodeError as error:
        raise ImportSourceError(name, error.lineno, "this is not JSON", "save the feed again") from None
    except RecursionError:
        raise ImportSourceError(name, 1, "its values are nested too deeply", "save the feed again") from None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ImportSourceError(name, 1, "this is not a JSON Feed", 'it needs "version" and "items"')
    if "jsonfeed.org" not in str(feed.get("version")):
        raise ImportSourceError(name, 1, "this is not a JSON Feed", 'it needs "version" and "items"')
    for item in filter(lambda item: isinstance(item, dict), feed["items"]):
        files = [one for one in _list(item, "attachments") if isinstance(one, dict)]
        authors = _list(item, "authors") or [item.get("author")]
        yield {
            "id": _text(item, "id"),
            "link": _text(item, "url") or _text(item, "external_url"),
            "title": _text(item, "title"),
            "text": _text(item, "content_html") or text_to_html(_text(item, "content_text")),
            "summary": _text(item, "summary"),
            "date": _iso(_text(item, "date_published") or _text(item, "date_modified")),
            "authors": [_text(one, "name") for one in authors if isinstance(one, dict)],
            "tags": [tag for tag in _list(item, "tags") if isinstance(tag, str)],
            "lang": _text(item, "language") or _text(feed, "language"),
            "fields": {key: value for key, value in item.items() if value},
            "pictures": [(_text(item, "image") or _text(item, "banner_image"), "image/")]
            + [(_text(one, "url"), _text(one, "mime_type")) for one in files],
        }


def _take_stock(fields: Mapping[str, Any], inventory: Inventory) -> None:
    """Enter the fields of an entry in the inventory."""
    for key, value in fields.items():
        if key in _CARRIED:
            inventory.add("field", key)
        elif key in _NOT_NEEDED or key.endswith(("_detail", "_parsed")) or key.startswith("_"):
            inventory.add("field", key, Use.NOT_NEEDED, "it served feed readers")
        else:
            example = one_line(str(value))[:40] if isinstance(value, str | int | float) else "a block"
            note = f'items have no such key; the first is "{example}"'
            inventory.add("field", key, Use.LEFT_OUT, note, "compare the item with the old site")


def _text(block: Mapping[str, Any], key: str) -> str:
    """Return a text; a value of the wrong type counts as none, but a number may be an identifier."""
    value = block.get(key)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _list(block: Mapping[str, Any], key: str) -> list[Any]:
    value = block.get(key)
    return value if isinstance(value, list) else []


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _line_of(text: str, entry: Mapping[str, Any]) -> int:
    places = (text.find(entry[name]) for name in ("id", "link", "title") if entry[name])
    return text.count("\n", 0, next((at for at in places if at >= 0), 0)) + 1


def _record(entry: Mapping[str, Any], name: str, line: int, zone: str) -> Record:
    pictures = [address for address, kind in entry["pictures"] if address and kind.startswith("image/")]
    others = [address for address, kind in entry["pictures"] if address and not kind.startswith("image/")]
    date = entry["date"].astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M") if entry["date"] else ""
    values: dict[str, Value] = {"title": one_line(entry["title"]), "date": date, "summary": entry["summary"]}
    if pictures:
        values["image"] = {"src": pictures[0]}
    if others:
        values["more"] = [{"label": url.rsplit("/", 1)[-1], "url": url} for url in dict.fromkeys(others)]
    link = entry["link"]
    stem = slugify(link.rstrip("/").rsplit("/", 1)[-1].removesuffix(".html")) if "?" not in link else ""
    return Record(
        place=name,
        line=line,
        kind="news",
        stem=stem or slugify(entry["title"])[:80].strip("-"),
        lang=entry["lang"].partition("-")[0].lower(),
        identity=entry["id"] or link,
        values=values,
        terms=(
            *(("author", one_line(author)) for author in entry["authors"] if author),
            *(("category", one_line(tag)) for tag in entry["tags"] if tag),
        ),
        text=entry["text"],
        base=link,
        addresses=tuple(filter(None, (link, entry["id"]))),
        aliases=(alias_of(link),) if alias_of(link) and "?" not in link else (),
    )
