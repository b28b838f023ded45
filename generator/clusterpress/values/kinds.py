"""The kinds of item, their folders below content/, and the taxonomies by which items are grouped."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

Kind = Literal["news", "event", "programme", "cluster", "partner", "author", "issue", "page"]
"""The kind of an item."""

KINDS: tuple[Kind, ...] = get_args(Kind)

FOLDERS: dict[str, Kind] = {
    "news": "news",
    "events": "event",
    "programmes": "programme",
    "clusters": "cluster",
    "partners": "partner",
    "authors": "author",
    "newsletters": "issue",
    "pages": "page",
}
"""First folder below content/ → kind."""

FOLDER_OF: dict[Kind, str] = {kind: folder for folder, kind in FOLDERS.items()}
"""Kind → its folder below content/."""

FRONT_MATTER_KEYS: frozenset[str] = frozenset(
    {
        "address", "aliases", "audience", "audio", "author", "boilerplate", "budget", "byline", "cancelled",
        "city", "cluster", "colour", "contact", "countries", "country", "cover", "date", "deadline", "draft",
        "editions", "email", "embed", "end", "eu_share", "event", "expires", "follow", "format", "founded",
        "frozen", "funding", "hashtags", "host", "id", "image", "lang", "launcher", "logo", "more", "names",
        "newsletter", "next_issue", "number", "online", "organisation", "organiser", "partner", "partners",
        "path", "period", "pinned", "place", "places", "poster", "preheader", "programme", "project_sheet",
        "publish", "qr_code",
        "registration", "role",
        "sections", "sectors", "select", "series", "short", "slug", "start", "statement", "subject",
        "summary", "tags", "time_zone", "title", "translation_of", "type", "typography", "updated", "url",
        "when",
    }
)  # fmt: skip
"""All keys of all kinds, for settings that name keys; a test compares them with the items' fields."""


PROSE_KEYS: frozenset[str] = frozenset(
    {
        "address", "alt", "boilerplate", "budget", "caption", "credit", "description", "eu_share", "excerpt",
        "label", "launcher", "organisation", "place", "preheader", "role", "subject", "subtitle", "summary",
        "title",
    }
)  # fmt: skip
"""Keys of texts that people read, with those of other programs."""

OWN_KEYS: frozenset[str] = frozenset(
    {
        "title", "slug", "id", "aliases", "translation_of", "lang", "updated", "summary", "names", "more",
        "subject",
    }
)  # fmt: skip
"""Keys that every item has for itself."""

KEYS_OF_ONE_VERSION: frozenset[str] = OWN_KEYS | (PROSE_KEYS - {"place", "address", "organisation"})
"""Keys that a translation does not share with its original: its own, and texts that are not names."""

Taxonomy = str
"""Name of a taxonomy: one of `TAXONOMY_NAMES`, or of the site's own. Its section of the site has the same
name, and so has the theme's label for it."""


class TaxonomyFields(NamedTuple):
    """One row of the table."""

    name: Taxonomy
    field: str
    """Front-matter key under which an item names its terms."""
    kind: Kind | None
    """Kind of the items that describe a term; None when terms are names only."""
    closed: tuple[str, ...] = ()
    """The only terms that items may name; empty if they may name any."""


TAXONOMIES: tuple[TaxonomyFields, ...] = (
    TaxonomyFields("programmes", "programme", "programme"),
    TaxonomyFields("clusters", "cluster", "cluster"),
    TaxonomyFields("partners", "partners", "partner"),
    TaxonomyFields("authors", "author", "author"),
    TaxonomyFields("tags", "tags", None),
    TaxonomyFields("sectors", "sectors", None),
    TaxonomyFields("countries", "countries", None),
    TaxonomyFields("series", "series", None),
)
"""The taxonomies of every site, in the order in which pages show them. `Settings.all_taxonomies` adds those
of the site's own, and `IndexRecord.terms` holds names in that order."""

TAXONOMY_NAMES: tuple[Taxonomy, ...] = tuple(one.name for one in TAXONOMIES)

CATEGORIES: tuple[Taxonomy, ...] = ("programmes", "clusters", "tags")
"""Taxonomies whose terms become categories in feeds and calendars."""

KIND_OF: Mapping[Taxonomy, Kind | None] = {one.name: one.kind for one in TAXONOMIES}

WITH_MEMBERS: tuple[Taxonomy, ...] = ("sectors", "countries")
"""Taxonomies whose terms also list clusters and partners; so do those of the site's own."""

RECORD_KINDS: tuple[Kind, ...] = tuple(one.kind for one in TAXONOMIES if one.kind)
"""Kinds whose items are records: each describes a term, and its translations share one slug."""
