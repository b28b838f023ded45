"""WordPress: its export file (WXR, an extended RSS) → records.

Format: what wp-admin/includes/export.php writes, versions 1.0 to 1.2.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from email.utils import parsedate_to_datetime

from clusterpress.importing.addresses import host_of
from clusterpress.importing.inventory import Inventory, Use
from clusterpress.importing.plan import SKIP, WORD_OF, Plan
from clusterpress.importing.records import Export, Record, Remark, Skipped
from clusterpress.importing.sources.wordpress_entries import Entry, read_entry, text_of
from clusterpress.importing.sources.wordpress_events import PARTS, TYPES
from clusterpress.importing.sources.wordpress_meta import MetaReader
from clusterpress.importing.sources.wordpress_records import WordPressSite, make_record
from clusterpress.importing.sources.wordpress_terms import read_names
from clusterpress.importing.sources.xml_files import read_xml
from clusterpress.values.kinds import Kind
from clusterpress.values.slugs import slugify, term_slug

_INTERNAL_TYPES = frozenset(
    """nav_menu_item revision customize_changeset custom_css oembed_cache wp_block wp_template
    wp_template_part wp_navigation wp_global_styles wp_font_face wp_font_family user_request acf-field
    acf-field-group acf-post-type acf-taxonomy elementor_library wpcf7_contact_form mc4wp-form
    scheduled-action et_pb_layout vc_grid_item ngg_pictures shop_order jp_mem_plan""".split()  # noqa: SIM905 (words read best)
)

KINDS: Mapping[str, Kind] = {
    "post": "news",
    "page": "page",
    **dict.fromkeys(sorted(TYPES), "event"),
    **dict.fromkeys(("team", "team_member", "team-member", "person", "people", "staff", "member"), "author"),
    **dict.fromkeys(("partner", "partners"), "partner"),
    **dict.fromkeys(("cluster", "clusters"), "cluster"),
    **dict.fromkeys(("programme", "programmes"), "programme"),
}
"""Type of a record of WordPress → kind of item."""


def read_wordpress(
    raw: bytes, name: str, kinds: Mapping[str, Kind | None] = KINDS, mapped: Mapping[str, str] | None = None
) -> Export:
    """Return the content of an export file of WordPress.

    Args:
        raw: the file's bytes.
        name: its name, for the report.
        kinds: type of record → kind of item; other types are left out, and those of None without advice.
        mapped: custom field → our key, as the user asks.

    Raises:
        ImportSourceError: the file is not XML.
    """
    root, remarks = read_xml(raw, name)
    channel = root.find("channel")
    entries = [read_entry(item) for item in (channel.findall("item") if channel is not None else ())]
    if channel is None or (not entries and not root.findall(".//{*}wxr_version")):
        hint = "in WordPress choose Tools, Export, All content"
        remarks.append((name, 1, Remark("no posts were found in this file", hint)))
    inventory, plan = Inventory(name), Plan()
    site = WordPressSite(
        name=name,
        entries={entry.number: entry for entry in entries},
        names=read_names(channel, inventory),
        kinds={type_: kind for type_, kind in kinds.items() if kind},
        inventory=inventory,
        meta=MetaReader(inventory=inventory, plan=plan, mapped=mapped or {}),
    )
    records, skipped = _records(site, entries, kinds)
    _fill(plan, site, entries)
    base = text_of(channel, "{*}base_site_url", "{*}base_blog_url", "link")
    addresses = (base, text_of(channel, "link"), *(entry.link for entry in entries))
    return Export(
        name=name,
        records=(*_author_records(site, records), *records),
        skipped=tuple(skipped),
        remarks=tuple(remarks),
        hosts=frozenset({host_of(address) for address in addresses} - {""}),
        attachments=sum(entry.type == "attachment" and entry.type not in site.kinds for entry in entries),
        made=_made(text_of(channel, "pubDate")),
        inventory=inventory.rows,
        plan=plan,
    )


def _records(
    site: WordPressSite, entries: Sequence[Entry], kinds: Mapping[str, Kind | None]
) -> tuple[list[Record], list[Skipped]]:
    """Return the records of all entries, and what is left out.

    Args:
        site: what the export says about the whole site.
        entries: of the export.
        kinds: type of record → kind of item; None to leave it out.
    """
    records: list[Record] = []
    skipped = [*_comments(entries, site.name)]
    for entry in entries:
        site.inventory.at(site.name, entry.line)
        if entry.type == "attachment" and entry.type not in site.kinds:
            _enter_file(entry, site.inventory)
        elif why := _skip_reason(site, entry, kinds):
            skipped.append(Skipped(place=site.name, line=entry.line, what=entry.what, why=why))
        else:
            records.append(make_record(site, entry))
    return records, skipped


def _made(written: str) -> date | None:
    """Return the day of an export; WordPress writes it as in e-mails (RFC 2822)."""
    try:
        return parsedate_to_datetime(written).date()
    except ValueError:
        return None


def _fill(plan: Plan, site: WordPressSite, entries: Sequence[Entry]) -> None:
    """Enter the types of records that a user may map."""
    for entry in entries:
        kind = site.kinds.get(entry.type)
        if kind or entry.type not in _INTERNAL_TYPES | PARTS | {"attachment"}:
            plan.kind(entry.type, WORD_OF[kind] if kind else SKIP, entry.title)


def _skip_reason(site: WordPressSite, entry: Entry, kinds: Mapping[str, Kind | None]) -> str:
    """Return why an entry is left out; "" if it is imported."""
    if entry.type not in site.kinds:
        if entry.type in kinds:
            return "your plan leaves its type out"
        if entry.type in _INTERNAL_TYPES:
            return "it is an internal record of WordPress"
        if entry.type in PARTS:
            return "its facts are in the events that name it"
        return f'its type is unknown; "--also {entry.type}:news" imports it'
    if entry.status == "trash":
        return "it was in the trash"
    if entry.status == "auto-draft" and not (entry.content or entry.title):
        return "it is empty"
    return ""


def _comments(entries: Sequence[Entry], name: str) -> Iterator[Skipped]:
    for one in filter(lambda entry: entry.comments, entries):
        what, why = f"comments on {one.what}", "a static site has no comments"
        yield Skipped(place=name, line=one.line, what=what, why=why, count=one.comments)


def _enter_file(entry: Entry, inventory: Inventory) -> None:
    """Enter an attachment, and its description, which WordPress shows on a page of its own only."""
    inventory.add("type", "attachment", Use.CARRIED, "pictures and files that items show")
    if entry.content:
        note = f'files have no pages here; the first describes "{entry.title}"'
        hint = "write it as a caption where it matters"
        inventory.add("description of an", "attachment", Use.LEFT_OUT, note, hint)


def _author_records(site: WordPressSite, records: Sequence[Record]) -> Iterator[Record]:
    """Yield a record for each author who has none of another type."""
    counts = Counter(name for record in records for key, name in record.terms if key == "author")
    known = {term_slug(str(one.values.get("title", ""))) for one in records if one.kind == "author"}
    logins = {name: login for login, name in site.names.authors.items()}
    for name in sorted(counts):
        if term_slug(name) in known:
            continue
        slugs = dict.fromkeys(filter(None, (slugify(name), slugify(logins.get(name, "")))))
        addresses = tuple(f"/author/{slug}/" for slug in slugs)
        yield Record(
            place=site.name, kind="author", stem=slugify(name), values={"title": name},
            aliases=addresses, addresses=addresses,
        )  # fmt: skip
