"""The kinds of item, and the folder of content/ in which each kind lives."""

from typing import Literal, get_args

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
        "address", "aliases", "audience", "author", "boilerplate", "budget", "byline", "cancelled", "city",
        "cluster", "colour", "contact", "countries", "country", "cover", "date", "draft",
        "editions", "email", "end", "eu_share", "event", "expires", "follow", "founded", "frozen",
        "funding", "hashtags", "host", "id", "image", "lang", "launcher", "logo", "more", "names",
        "newsletter", "number", "online", "organisation", "organiser", "partner", "partners",
        "path", "period", "pinned", "place", "preheader", "programme", "publish", "role",
        "sections", "sectors", "select", "short", "slug", "start", "statement", "subject", "summary", "tags",
        "time_zone", "title", "translation_of", "type", "updated", "url", "when",
    }
)  # fmt: skip
"""All keys of all kinds, for settings that name keys; a test compares them with the items' fields."""
