"""Small entries, topics and bodies for tests, made directly, without a library."""

from datetime import UTC, date, datetime

from msgspec.structs import replace

from clusterpress.config.settings import FeedSettings, Settings
from clusterpress.content.item_values import Image, Moment, Period
from clusterpress.content.items import Event, News, Source
from clusterpress.feeds.plan import outputs
from clusterpress.library.entries import AlreadyResolved, Entry, Label, Resolved
from clusterpress.library.index_records import make_index_record
from clusterpress.library.item_loader import ItemLoader
from clusterpress.library.pictures import Picture, ShownPicture
from clusterpress.library.topics import FeedTopic
from clusterpress.markup.body import Body, LinkRef, Outline, PictureRef
from clusterpress.values.digests import digest
from clusterpress.values.kinds import TAXONOMY_NAMES
from tests.planned import expand_bundles

SETTINGS = Settings(
    name="Cluster News",
    url="https://clusters.example.eu/news/",
    description="News of clusters.",
    publisher="Cluster Office",
    languages=("en", "fr", "ar"),
    time_zone="Europe/Brussels",
)
SUMMARIES = replace(SETTINGS, feeds=FeedSettings(full_text=False))
EVENT_FIELDS = {*Event.__struct_fields__} - {
    "id",
    "terms",
    "picture",
    "targets",
    "figures",
    "updated",
    "lang",
}


def picture(url="media/milan.3f2a.jpg", length=48213):
    return Picture(
        source="content/news/milan.jpg",
        url=url,
        width=1200,
        height=800,
        type="image/jpeg",
        length=length,
        key=digest(url, length),
    )


def body(*parts, text=""):
    return Body(parts=parts, lead=0, text=text, outline=Outline())


def entry(slug="techdays", *, day="2019-04-12", lang="en", **fields):
    """Return an entry; ``item`` gives the item, other fields those of the entry or its card."""
    terms = dict.fromkeys(TAXONOMY_NAMES, ()) | fields.pop("terms", {})
    published = datetime.fromisoformat(day).replace(tzinfo=UTC)
    title = fields.pop("title", slug.replace("-", " ").title())
    path = f"content/news/{slug}.md"
    source = Source(path=path, digest=digest(path), body="")
    url = fields.pop("url", f"news/2019/{slug}/")
    item = fields.pop("item", None) or News(
        source=source, title=title, slug=slug, lang=lang, date=Moment(published.date(), published)
    )
    summary = fields.pop("summary", "In short.")
    changed = {"summary": summary, "updated": fields.pop("updated", None), "id": fields.pop("id", item.id)}
    changed["publish"] = fields.pop("publish", item.publish)
    if changed["updated"]:
        changed["updated"] = Moment(changed["updated"].date(), changed["updated"])
    shown = fields.pop("picture", None)
    if shown:
        changed["image"] = Image(src=f"{slug}.jpg", alt=shown.alt, caption=shown.caption, credit=shown.credit)
    item = replace(item, **changed)
    outline = Outline()
    body = fields.pop("body", digest("body", slug))
    settings = replace(SETTINGS, time_zone="UTC")
    index_record = make_index_record(item, outline, key=digest(item), body=body, settings=settings)
    targets, figures = fields.pop("targets", ()), fields.pop("figures", ())
    resolved = Resolved(
        terms=terms,
        lead_image=shown.picture if shown else None,
        colour="",
        figures=figures,
        translations=fields.pop("translations", ()),
        digest=digest(index_record.digest, index_record.teaser_digest, url, published, terms, targets),
        card_digest=digest(index_record.teaser_digest, url),
    )
    item_loader = ItemLoader(settings, lambda _: item, lambda _: outline)
    return Entry(
        index_record=index_record,
        slug=slug,
        url=url,
        state="published",
        item_loader=item_loader,
        resolver=AlreadyResolved(resolved, targets),
        **{"dependency_digest": digest(url), "card_dependency_digest": digest(url)} | fields,
    )


def event(slug="forum-linz", *, start=None, end=None, when=None, lang="en", title=None, **fields):
    """Return an entry of an event; ``start``, ``end`` are ISO days or times."""
    path = f"content/events/{slug}.md"
    opening, closing = moment(start), moment(end)
    own = {name: fields.pop(name) for name in list(fields) if name in EVENT_FIELDS}
    item = Event(
        source=Source(path=path, digest=digest(path), body=""),
        title=slug.replace("-", " ").title() if title is None else title,
        slug=slug,
        lang=lang,
        start=opening,
        end=closing,
        when=Period(when, date(2012, 4, 1), date(2012, 4, 10)) if when else None,
        date=Moment(date(2012, 1, 10)),
        **own,
    )
    fields.setdefault("url", f"events/{slug}/")
    fields["summary"] = own.get("summary", "In short.")
    return entry(slug, item=item, lang=lang, day="2012-01-10", **fields)


def moment(text):
    if not text:
        return None
    at = datetime.fromisoformat(text)
    return Moment(at.date(), at if at.tzinfo else None)


def topic(*entries, **fields):
    known = {
        "title": "Cluster News: News",
        "description": "News of clusters.",
        "lang": "en",
        "url": "news/",
        "kind": "news",
    }
    return FeedTopic(entries=entries, **(known | fields))


def make(topics, bodies=None, settings=SETTINGS):
    """Return path → bytes of every output of the package; ``bodies`` are by the entries' slugs."""
    by_key = {digest("body", slug): one for slug, one in (bodies or {}).items()}
    return {
        output.path: output.content(by_key.get(key, body()) for key in output.stored)
        for output in expand_bundles(outputs(topics, settings))
    }


QOOT = Label(name="QOOT", slug="qoot", url="clusters/qoot/")
NEXT = Label(name="THE NEXT SOCIETY", slug="the-next-society", url="programmes/the-next-society/")
AGRI = Label(name="agri-food", slug="agri-food", url="tags/agri-food/")

SAMPLE = topic(
    entry(
        "techdays",
        title="QOOT & <Techdays>: “día uno” 🎉",
        summary="AT&T isn't here; 1 < 2.",
        terms={
            "programmes": (NEXT,),
            "clusters": (QOOT,),
            "tags": (AGRI,),
            "authors": (Label(name="QOOT", slug="qoot", url="clusters/qoot/"), Label(name="Serena Mingolla")),
        },
        picture=ShownPicture(picture=picture(), alt="A hall", caption="In the hall", credit="QOOT"),
        updated=datetime(2019, 4, 15, 8, 30, tzinfo=UTC),
        targets=(("../clusters/qoot.md#contact", "clusters/qoot/#contact"),),
        figures=(("hall.jpg", picture("media/hall.77aa.jpg", 9000)),),
    ),
    event("forum-linz", start="2012-02-21", end="2012-02-22", place="Linz", country="Austria"),
)
BODIES = {
    "techdays": body(
        '<p>Visit <a href="',
        LinkRef("../clusters/qoot.md#contact", 1),
        '">QOOT</a><sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup> ]]&gt; ',
        PictureRef("hall.jpg", "The hall & more", (("class", "wide"),), 2),
        "</p><blockquote><p>Good.</p></blockquote><script>alert(1)</script><table><tr><td>x</td></tr></table>",
    ),
    "forum-linz": body("<p>Energy and environment.</p>"),
}
