"""Small items and libraries for tests, made directly, without front matter."""

from datetime import UTC, date, datetime

from clusterpress.config.settings import Settings
from clusterpress.content.item_values import Moment
from clusterpress.content.items import Author, Cluster, Event, News, Partner, Programme, Source
from clusterpress.markup.body import Outline
from clusterpress.values.digests import digest
from tests.library.assemble import ParsedItem, assemble_items

NOW = datetime(2022, 1, 1, tzinfo=UTC)
SETTINGS = Settings(name="Site", url="https://example.eu/", languages=("en", "fr", "ar"), page_size=3)
MODELS = {
    "news": News,
    "events": Event,
    "programmes": Programme,
    "clusters": Cluster,
    "partners": Partner,
    "authors": Author,
}


def source(path, body=""):
    return Source(path=path, digest=digest(path, body), body=body, lines={"title": (2, 1)})


def item(path, **fields):
    """Return an item of the kind its folder says: ``item("news/a.md", day="2019-04-12")``."""
    folder, _, name = path.partition("/")
    stem = name.rsplit("/", 1)[-1].removesuffix(".md")
    fields.setdefault("title", stem.replace("-", " ").title())
    fields.setdefault("slug", stem)
    fields.setdefault("lang", "en")
    day = fields.pop("day", "2019-01-01" if folder == "news" else None)
    if day and folder == "news":
        fields["date"] = Moment(date.fromisoformat(day))
    body = fields.pop("body", "Text." if folder == "news" else "")
    return MODELS[folder](source=source(f"content/{path}", body), **fields)


def sourced(one, outline=None):
    return ParsedItem(item=one, body=digest("body", one.source.digest), outline=outline or Outline())


def library(*items, settings=SETTINGS, now=NOW, previews=False, outlines=None, pictures=None, files=None):
    """Return (library, problems) of these items."""
    outlines = outlines or {}
    return assemble_items(
        [sourced(one, outlines.get(one.source.path.removeprefix("content/"))) for one in items],
        pictures=pictures or {},
        files=files or {},
        settings=settings,
        now=now,
        previews=previews,
    )
