"""Entries of a WordPress export → records: their state, dates, terms, languages and texts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from urllib.parse import parse_qs, unquote

from msgspec import Struct

from clusterpress.importing.addresses import alias_of, path_of, split
from clusterpress.importing.inventory import Inventory, Use
from clusterpress.importing.records import Record, Remark
from clusterpress.importing.sources.wordpress_blocks import BlockConverter, read_footnotes
from clusterpress.importing.sources.wordpress_entries import Entry
from clusterpress.importing.sources.wordpress_events import EventFacts, read_event
from clusterpress.importing.sources.wordpress_meta import Meta, MetaReader
from clusterpress.importing.sources.wordpress_terms import Names
from clusterpress.importing.sources.wordpress_text import Pictures, ShortcodeConverter, add_paragraphs
from clusterpress.parsing.values import Value
from clusterpress.values.kinds import Kind
from clusterpress.values.slugs import slugify

_MORE = re.compile(r"<!--more(?:\s[^>]*)?-->")
_DRAFTS = frozenset({"draft", "pending", "auto-draft"})
_DATED: frozenset[Kind] = frozenset({"news", "event", "issue"})
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_LANGUAGE_KEYS = ("_wpml_import_language_code", "_locale")
_GROUP_KEYS = ("_wpml_import_translation_group", "_icl_lang_duplicate_of", "_original_post")


class WordPressSite(Struct, frozen=True, kw_only=True, dict=True):
    """What an export says about the whole site."""

    name: str
    """Name of the file."""
    entries: Mapping[str, Entry]
    """Number → entry."""
    names: Names
    kinds: Mapping[str, Kind]
    """Type of record → kind of item."""
    inventory: Inventory
    meta: MetaReader

    @cached_property
    def has_status(self) -> bool:
        """Whether the export says which records are public at all."""
        return any(entry.status is not None for entry in self.entries.values())

    @cached_property
    def pictures(self) -> Pictures:
        """The attachments by number."""
        return {
            number: (entry.attachment, entry.meta.get("_wp_attachment_image_alt", ""), entry.excerpt)
            for number, entry in self.entries.items()
            if entry.type == "attachment" and entry.attachment
        }

    @cached_property
    def uploads(self) -> Mapping[str, Sequence[str]]:
        """Number of a record → numbers of the pictures that were uploaded to it."""
        found: dict[str, list[str]] = {}
        for number, entry in self.entries.items():
            if number in self.pictures and re.search(
                r"\.(?:jpe?g|png|gif|webp|avif)$", entry.attachment, re.IGNORECASE
            ):
                found.setdefault(entry.parent, []).append(number)
        return found

    @cached_property
    def blocks(self) -> BlockConverter:
        """Converts blocks, with the synced patterns of the export."""
        patterns = {n: entry.content for n, entry in self.entries.items() if entry.type == "wp_block"}
        return BlockConverter(patterns=patterns, pictures=self.pictures, inventory=self.inventory)


def make_record(site: WordPressSite, entry: Entry) -> Record:
    """Return the record of an entry."""
    remarks: list[Remark] = []
    kind = site.kinds[entry.type]
    facts = read_event(entry, site.entries) if kind == "event" else EventFacts()
    meta = site.meta.read(entry, kind, frozenset(facts.handled))
    remarks += facts.remarks
    for name in entry.unknown:
        note = "WordPress itself does not write it"
        site.inventory.add("field", name, Use.LEFT_OUT, note, "compare the item with the old site")
    values, moments = _values(site, entry, remarks)
    values = {**values, **{key: value for key, value in (meta.values | facts.values).items() if value}}
    if entry.excerpt:
        values["summary"] = entry.excerpt
    moments |= meta.moments | facts.moments
    return Record(
        place=site.name,
        line=entry.line,
        kind=kind,
        stem=slugify(entry.slug) or slugify(entry.title) or f"{entry.type}-{entry.number}",
        folder=_folder_of_page(site, entry) if kind == "page" else "",
        lang=_language(entry),
        identity=entry.guid,
        values=values,
        moments=moments,
        terms=_terms(site, entry, meta),
        text=meta.opening + _text(site, entry, remarks),
        base=entry.link,
        addresses=tuple(filter(None, (entry.link, entry.guid, f"?p={entry.number}"))),
        aliases=() if "?" in entry.link else tuple(filter(None, (alias_of(entry.link), *_old_slugs(entry)))),
        group=_group(entry),
        is_scheduled=entry.status == "future",
        remarks=tuple(remarks),
    )


def _text(site: WordPressSite, entry: Entry, remarks: list[Remark]) -> str:
    unknown: list[str] = []
    notes = read_footnotes(entry.meta.get("footnotes", ""))
    html = site.blocks.convert(entry.content, notes)
    site.blocks.name_uncited(entry.content, notes)
    shortcodes = ShortcodeConverter(
        pictures=site.pictures,
        own=site.uploads.get(entry.number, ()),
        inventory=site.inventory,
        report=unknown.append,
    )
    html = shortcodes.convert(html)
    for name in dict.fromkeys(unknown):
        hint = "check whether content is missing there, and write it in Markdown"
        remarks.append(Remark(f"the shortcode [{name}] was removed", hint))
    return add_paragraphs(_MORE.sub("", html).replace("<!--nextpage-->", "\n\n"))


def _values(
    site: WordPressSite, entry: Entry, remarks: list[Remark]
) -> tuple[dict[str, Value], dict[str, datetime]]:
    kind = site.kinds[entry.type]
    values: dict[str, Value] = {"title": entry.title}
    moments: dict[str, datetime] = {}
    if kind in _DATED:
        values["date"] = entry.date
    if entry.sticky and kind == "news":
        values["pinned"] = "true"
    if entry.status == "future":
        values["publish"] = entry.date
    if entry.moment:
        moments = {key: entry.moment for key in ("date", "publish") if values.get(key)}
    if why := _reason_for_draft(site, entry):
        values["draft"] = "true"
        if entry.status not in _DRAFTS:
            remarks.append(Remark(f"{why}, so it is a draft now", 'publish it by deleting "draft"'))
    number = entry.meta.get("_thumbnail_id", "0")
    if shown := site.pictures.get(number):
        address, alt, caption = shown
        values["image"] = {"src": address, "alt": alt, "caption": caption}
    elif number not in {"0", "", "-1"}:
        remarks.append(Remark("its featured picture is not in the export", "add it under image:"))
    return values, moments


def _reason_for_draft(site: WordPressSite, entry: Entry) -> str:
    """Return why an entry must not be public; "" if it was public, or is to be."""
    status = entry.status if entry.status is not None or site.has_status else "publish"
    site.inventory.add("status", status or "(empty)")
    if entry.locked or status == "private":
        return "it was private or had a password"
    if status in {"publish", "future"}:
        return ""
    return f'its status was "{status or ""}"'


def _terms(site: WordPressSite, entry: Entry, meta: Meta) -> tuple[tuple[str, str], ...]:
    """Return categories, tags and authors; co-authors replace the user who saved the post."""
    coauthors = [site.names.coauthor(slug, name) for domain, slug, name in entry.terms if domain == "author"]
    signed = meta.authors or coauthors or [site.names.author(entry.creator)]
    signed = signed if site.kinds[entry.type] == "news" else []
    terms = site.names.terms_of(entry, site.inventory)
    return (*(("author", name) for name in dict.fromkeys(signed) if name), *terms)


def _language(entry: Entry) -> str:
    """Return the language of an entry: from Polylang, WPML or Bogo, or from its address."""
    by_term = (slug for domain, slug, _ in entry.terms if domain == "language")
    by_meta = (entry.meta.get(key, "") for key in _LANGUAGE_KEYS)
    named = next(filter(None, (*by_term, *by_meta)), "")
    if named:
        return named.removeprefix("pll_").replace("_", "-")
    asked = parse_qs(split(entry.link).query).get("lang", [""])[0]
    first = path_of(entry.link).split("/")[1]
    return next((code for code in (asked, first) if len(code) == 2 and _LANGUAGE.fullmatch(code)), "")  # noqa: PLR2004 - ISO 639-1


def _group(entry: Entry) -> str:
    """Return the key that all translations of a text share."""
    by_term = next((slug for domain, slug, _ in entry.terms if domain == "post_translations"), "")
    by_meta = next((f"{key}:{entry.meta[key]}" for key in _GROUP_KEYS[:1] if entry.meta.get(key)), "")
    original = next((entry.meta[key] for key in _GROUP_KEYS[1:] if entry.meta.get(key)), "")
    return by_term or by_meta or f"post:{original or entry.number}"


def _old_slugs(entry: Entry) -> Iterator[str]:
    for key, old in entry.all_meta:
        if key == "_wp_old_slug" and entry.slug and entry.slug in unquote(entry.link):
            yield alias_of(unquote(entry.link).replace(entry.slug, unquote(old)))


def _folder_of_page(site: WordPressSite, entry: Entry) -> str:
    """Return the folders of a page's parent pages, so that its address stays the same."""
    above: list[str] = []
    parent = site.entries.get(entry.parent)
    while parent is not None and parent.type == entry.type and len(above) < 10:  # noqa: PLR2004 - no site is deeper
        above.insert(0, slugify(parent.slug) or slugify(parent.title))
        parent = site.entries.get(parent.parent)
    return "/".join(filter(None, above))
