"""WordPress: its export file (WXR, an extended RSS) → records.

Format: what wp-admin/includes/export.php writes, versions 1.0 to 1.2.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from lxml import etree

from clusterpress.importing.addresses import alias_of, host_of
from clusterpress.importing.records import Export, Record, Remark, Skipped
from clusterpress.importing.sources.wordpress_entries import Entry, read_entry, read_xml, text_of
from clusterpress.importing.sources.wordpress_text import (
    Pictures,
    add_paragraphs,
    convert_wordpress_shortcodes,
)
from clusterpress.parsing.values import Value
from clusterpress.values.kinds import Kind
from clusterpress.values.slugs import slugify

_MORE = re.compile(r"<!--more(?:\s[^>]*)?-->")
_DRAFTS = frozenset({"draft", "pending", "auto-draft"})
_OTHER_TAXONOMIES = frozenset(
    {
        "post_format", "nav_menu", "post_visibility", "wp_theme", "link_category", "language",
        "post_translations", "term_translations", "author",
    }
)  # fmt: skip
_INTERNAL_TYPES = frozenset(
    {
        "nav_menu_item", "revision", "customize_changeset", "custom_css", "oembed_cache", "wp_block",
        "wp_template", "wp_template_part", "wp_navigation", "wp_global_styles", "wp_font_face",
        "wp_font_family", "user_request",
    }
)  # fmt: skip

KINDS: Mapping[str, Kind] = {"post": "news", "page": "page"}
"""Type of a record of WordPress → kind of item."""


def read_wordpress(raw: bytes, name: str, kinds: Mapping[str, Kind] = KINDS) -> Export:
    """Return the content of an export file of WordPress.

    Args:
        raw: the file's bytes.
        name: its name, for the report.
        kinds: type of record → kind of item; other types are left out.

    Raises:
        ImportSourceError: the file is not XML.
    """
    root, remarks = read_xml(raw, name)
    channel = root.find("channel")
    entries = [read_entry(item) for item in (channel.findall("item") if channel is not None else ())]
    if channel is None or (not entries and not root.findall(".//{*}wxr_version")):
        hint = "in WordPress choose Tools, Export, All content"
        remarks.append((name, 1, Remark("no posts were found in this file", hint)))
    site = _Site(
        name=name,
        entries={entry.number: entry for entry in entries},
        authors=_authors(channel) if channel is not None else {},
        kinds=kinds,
    )
    attachments = [entry for entry in entries if entry.type == "attachment" and entry.type not in kinds]
    others = [entry for entry in entries if entry.type != "attachment" or entry.type in kinds]
    records, skipped = [], []
    for entry in others:
        if why := _skip_reason(site, entry):
            skipped.append(Skipped(place=name, line=entry.line, what=entry.what, why=why))
        else:
            records.append(_record(site, entry))
    for one in filter(lambda entry: entry.comments, entries):
        what, why = f"comments on {one.what}", "a static site has no comments"
        skipped.append(Skipped(place=name, line=one.line, what=what, why=why, count=one.comments))
    base = text_of(channel, "{*}base_site_url", "{*}base_blog_url", "link")
    addresses = (base, text_of(channel, "link"), *(entry.link for entry in entries))
    hosts = {host_of(address) for address in addresses}
    return Export(
        name=name,
        records=(*_author_records(site, records), *records),
        skipped=tuple(skipped),
        remarks=tuple(remarks),
        hosts=frozenset(hosts - {""}),
        attachments=len(attachments),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    name: str
    entries: Mapping[str, Entry]
    authors: Mapping[str, str]
    kinds: Mapping[str, Kind]

    @property
    def pictures(self) -> Pictures:
        """The attachments by number."""
        return {
            number: (entry.attachment, entry.meta.get("_wp_attachment_image_alt", ""), entry.excerpt)
            for number, entry in self.entries.items()
            if entry.type == "attachment" and entry.attachment
        }


def _skip_reason(site: _Site, entry: Entry) -> str:
    """Return why an entry is left out; "" if it is imported."""
    if entry.type not in site.kinds:
        if entry.type in _INTERNAL_TYPES:
            return "it is an internal record of WordPress"
        return f'its type is unknown; "--also {entry.type}:news" imports it'
    if entry.status == "trash":
        return "it was in the trash"
    if entry.status == "auto-draft" and not (entry.content or entry.title):
        return "it is empty"
    return ""


def _authors(channel: etree._Element) -> dict[str, str]:
    shown = {}
    for author in channel.findall("{*}author"):
        full = f"{text_of(author, '{*}author_first_name')} {text_of(author, '{*}author_last_name')}".strip()
        login = text_of(author, "{*}author_login")
        shown[login] = unescape(text_of(author, "{*}author_display_name") or full or login)
    return shown


def _author_records(site: _Site, records: list[Record]) -> Iterator[Record]:
    counts = Counter(name for record in records for key, name in record.terms if key == "author")
    for name in sorted(counts):
        yield Record(
            place=site.name, kind="author", stem=slugify(name), values={"title": name}, aliases=(),
            addresses=(f"/author/{slugify(name)}/",),
        )  # fmt: skip


def _record(site: _Site, entry: Entry) -> Record:
    remarks: list[Remark] = []
    unknown: list[str] = []
    html = convert_wordpress_shortcodes(entry.content, site.pictures, unknown.append)
    for name in dict.fromkeys(unknown):
        hint = "check whether content is missing there, and write it in Markdown"
        remarks.append(Remark(f"the shortcode [{name}] was removed", hint))
    values = _values(site, entry, remarks)
    kind = site.kinds[entry.type]
    return Record(
        place=site.name,
        line=entry.line,
        kind=kind,
        stem=slugify(entry.slug) or slugify(entry.title) or f"{entry.type}-{entry.number}",
        folder=_folder_of_page(site, entry) if kind == "page" else "",
        lang=next((slug.partition("-")[0] for domain, slug, _ in entry.terms if domain == "language"), ""),
        identity=entry.guid,
        values=values,
        terms=_terms(site, entry),
        text=add_paragraphs(_MORE.sub("", html)),
        base=entry.link,
        addresses=tuple(filter(None, (entry.link, entry.guid, f"?p={entry.number}"))),
        aliases=() if "?" in entry.link else tuple(filter(None, (alias_of(entry.link), *_old_slugs(entry)))),
        group=next((slug for domain, slug, _ in entry.terms if domain == "post_translations"), ""),
        is_scheduled=entry.status == "future",
        remarks=tuple(remarks),
    )


def _values(site: _Site, entry: Entry, remarks: list[Remark]) -> dict[str, Value]:
    values: dict[str, Value] = {"title": entry.title}
    if site.kinds[entry.type] != "page":
        values["date"] = entry.date
    values["summary"] = entry.excerpt or entry.meta.get("_yoast_wpseo_metadesc", "")
    if entry.sticky and site.kinds[entry.type] == "news":
        values["pinned"] = "true"
    if entry.status == "future":
        values["publish"] = entry.date
    is_private = entry.status == "private" or entry.locked
    if is_private or entry.status in _DRAFTS:
        values["draft"] = "true"
    if is_private:
        message = "it was private or had a password, so it is a draft now"
        remarks.append(Remark(message, 'publish it by deleting "draft"'))
    if shown := site.pictures.get(entry.meta.get("_thumbnail_id", "")):
        address, alt, caption = shown
        values["image"] = {"src": address, "alt": alt, "caption": caption}
    elif entry.meta.get("_thumbnail_id", "0") != "0":
        remarks.append(Remark("its featured picture is not in the export", "add it under image:"))
    return values


def _terms(site: _Site, entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return categories, tags and authors; co-authors replace the user who saved the post."""
    coauthors = [name for domain, _, name in entry.terms if domain == "author"]
    signed = coauthors or [site.authors.get(entry.creator, entry.creator)]
    signed = [] if site.kinds[entry.type] == "page" else signed
    terms = [
        (domain, name)
        for domain, slug, name in entry.terms
        if name and domain not in _OTHER_TAXONOMIES and slug != "uncategorized"
    ]
    return (*(("author", name) for name in signed if name), *dict.fromkeys(terms))


def _old_slugs(entry: Entry) -> Iterator[str]:
    if (old := entry.meta.get("_wp_old_slug")) and entry.slug and entry.slug in unquote(entry.link):
        yield alias_of(unquote(entry.link).replace(entry.slug, unquote(old)))


def _folder_of_page(site: _Site, entry: Entry) -> str:
    """Return the folders of a page's parent pages, so that its address stays the same."""
    above: list[str] = []
    parent = site.entries.get(entry.parent)
    while parent is not None and parent.type == entry.type and len(above) < 10:  # noqa: PLR2004 - no site is deeper
        above.insert(0, slugify(parent.slug) or slugify(parent.title))
        parent = site.entries.get(parent.parent)
    return "/".join(above)
