"""Views: small frozen values that pages show; a page gets only what it shows."""

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.library.documents import documents_of
from clusterpress.library.entries import Entry, Label
from clusterpress.library.icons import Icon
from clusterpress.library.obligations import Credit
from clusterpress.library.pictures import Picture, ShownPicture
from clusterpress.library.subscriptions import Subscription
from clusterpress.values.digests import digest
from clusterpress.values.kinds import Taxonomy
from clusterpress.values.outputs import PageRow

EDITED_TEMPLATES = (
    "news-item.html",
    "home.html",
    "news-list.html",
    "term.html",
    "news-year.html",
    "event.html",
    "news-archive.html",
    "term-index.html",
)
"""Templates of the pages that most edits touch, the usual ones first."""


class Site(Struct, frozen=True, kw_only=True, eq=False):
    """What all pages of one language share. Two are equal when their digests are."""

    settings: Settings
    lang: str
    menu: tuple[Label, ...] = ()
    """The navigation; addresses below the root, or full ones."""
    footer: tuple[Label, ...] = ()
    """Links of the footer."""
    languages: tuple[Label, ...] = ()
    """Home pages in all languages."""
    logo: str = ""
    """Path of the logo below the root."""
    icons: tuple[Icon, ...] = ()
    """Those that the publisher provides, or that are drawn from the logo."""
    funding: Credit | None = None
    """Funding of the site itself."""
    feeds: str = ""
    """Path of the page that lists all feeds, in this language."""
    search: str = ""
    """Path of the search page in this language; empty when the site cannot be searched."""
    subscriptions: tuple[Subscription, ...] = ()
    """How readers subscribe to the newsletters."""
    digest: bytes = b""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Site) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


class Frame(Struct, frozen=True, kw_only=True):
    """The data of a page's head, and of what surrounds its content."""

    url: str = ""
    """Path below the root, without a leading slash; empty in a frame that many pages share."""
    title: str
    """Its heading."""
    lang: str = ""
    """Language of the title when it is not the page's own."""
    description: str = ""
    section: str = ""
    """Address of the menu entry it belongs to."""
    crumbs: tuple[Label, ...] = ()
    """The pages above it, from the home page down."""
    feed: Label | None = None
    """Title of its topic, and the path below which that topic's feeds lie."""
    calendar: str = ""
    """Path of its calendar."""
    translations: tuple[tuple[str, str], ...] = ()
    """(language, path) of the same page in each language, itself included."""
    aliases: tuple[str, ...] = ()
    """Old paths that lead here."""
    picture: ShownPicture | None = None
    modified: str = ""
    """ISO date of the last change that readers should notice."""
    article: bool = False
    """Whether it is one item rather than a list."""
    indexed: bool = True
    """Whether search engines may index it."""
    wasm: bool = False
    """Whether its scripts run WebAssembly, so that its content security policy must allow it."""
    digest: bytes = b""
    """Set for a frame that many pages share."""

    def rows(self) -> list[PageRow]:
        """Return the sitemap's entries for the page: none if search engines must not index it."""
        return [(self.url, self.modified, self.translations)] if self.indexed else []

    def shared(self) -> "Frame":
        """Return the frame that the further pages of this page's list share."""
        return with_digest(
            Frame(title=self.title, lang=self.lang, section=self.section, crumbs=self.crumbs, feed=self.feed)
        )

    def at(self, url: str, **own: Any) -> "Frame":
        """Return the frame of one of the pages that share this frame, with values of its own."""
        return replace(self, url=url, digest=b"", **own)

    def of_item(self, entry: Entry) -> "Frame":
        """Return the frame of the page of an item, one of those that share this frame."""
        return self.at(
            entry.url,
            title=entry.title,
            description=entry.index_record.teaser.summary,
            translations=entry.translations,
            aliases=tuple(alias.lstrip("/") for alias in entry.index_record.aliases),
            picture=entry.picture,
            modified=entry.index_record.modified,
            article=True,
            indexed=not entry.index_record.draft,
        )


class ResolvedReferences(Struct, frozen=True, kw_only=True):
    """The targets of a body's links and pictures."""

    targets: Mapping[str, str] = field(default_factory=dict)
    """Target as written → path below the root."""
    figures: Mapping[str, Picture] = field(default_factory=dict)
    """Picture as written → published picture."""
    documents: Mapping[str, str] = field(default_factory=dict)
    """Path below the root of a file to which it links → type and size, as links say them."""


class ProgrammeBox(Struct, frozen=True, kw_only=True):
    """What an item shows of its programme."""

    label: Label
    lang: str
    short: str = ""
    colour: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    """(key of a label, value): launcher, period, budget, EU share, partner."""
    boilerplate: str = ""
    website: str = ""
    follow: tuple[tuple[str, str], ...] = ()
    """(name, address)."""
    funding: Credit | None = None
    byline: Literal["", "standard", "dateline", "by", "submitted"] = ""
    digest: bytes = b""


class AuthorBox(Struct, frozen=True, kw_only=True):
    """What "About the author" shows."""

    label: Label
    lang: str
    organisation: bool = False
    """Whether the author is one."""
    role: str = ""
    summary: str = ""
    """Shown when the author has no text of its own."""
    website: str = ""
    picture: ShownPicture | None = None
    follow: tuple[tuple[str, str], ...] = ()
    references: ResolvedReferences = field(default_factory=ResolvedReferences)
    digest: bytes = b""


class Attribution(Struct, frozen=True, kw_only=True):
    """What the page of a news item shows of programmes and authors, the same for many items."""

    programmes: tuple[ProgrammeBox, ...]
    authors: tuple[AuthorBox, ...]
    texts: tuple[bytes, ...]
    """For each author the key of the text; empty without one."""
    digest: bytes = b""


_View = TypeVar("_View", bound=Struct)


def with_digest(view: _View) -> _View:
    """Return a view with its digest, so that the digest is computed once for all pages that use the view."""
    fields: dict[str, Any] = {name: getattr(view, name) for name in view.__struct_fields__}
    return replace(view, digest=digest(type(view).__name__, fields))


def resolved_references(entry: Entry) -> ResolvedReferences:
    """Return the targets of the links and pictures of an entry's body."""
    return ResolvedReferences(
        targets=dict(entry.targets), figures=dict(entry.resolved.figures), documents=documents_of(entry)
    )


def mark_foreign(
    terms: Mapping[Taxonomy, tuple[Label, ...]], foreign: tuple[tuple[str, str, str], ...]
) -> dict[Taxonomy, tuple[Label, ...]]:
    """Return terms with the language of each name that is not the page's own (taxonomy, slug, language)."""
    langs = {(taxonomy, slug): lang for taxonomy, slug, lang in foreign}
    return {
        taxonomy: tuple(
            replace(label, lang=langs[taxonomy, label.slug]) if (taxonomy, label.slug) in langs else label
            for label in labels
        )
        for taxonomy, labels in terms.items()
    }
