"""Newsletters: their index, and a page for each issue."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct

from clusterpress.config.settings import NewsletterSettings
from clusterpress.content.items import Issue, Section
from clusterpress.library.entries import Entry, Label, TeaserCard
from clusterpress.library.library import Library
from clusterpress.markup.body import Body
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Output
from clusterpress.values.slugs import term_slug
from clusterpress.values.source_names import strip_markdown
from clusterpress.website.bodies import render_page_body
from clusterpress.website.lazy_engine import render_page
from clusterpress.website.page_planner import PagePlanner, newest_day
from clusterpress.website.structured_data import breadcrumbs, publication_issue
from clusterpress.website.views import Frame, Site, resolved_references


class SectionView(Struct, frozen=True, kw_only=True):
    """A section of an issue, as its page lists it."""

    title: str
    colour: str
    items: tuple[TeaserCard, ...]
    """The items that it lists by name."""


def outputs(planner: PagePlanner, lang: str) -> Iterator[Output]:
    """Yield the pages about newsletters in a language."""
    by_name = issues_by_newsletter(planner.library, lang)
    if not by_name:
        return
    newsletters = tuple(
        (
            planner.settings.in_language(lang).newsletters.get(name) or NewsletterSettings(name=name),
            tuple((entry.card, art_of(entry)) for entry in found),
            contents_of(found[0]),
        )
        for name, found in by_name.items()
    )
    yield planner.view(
        lang,
        planner.section_frame(
            lang, "newsletters", modified=newest_day(planner.library.of_kind("issue", lang))
        ),
        "newsletters.html",
        newsletters=newsletters,
        slugs=tuple(by_name),
    )
    known = _index_items(planner, lang)
    for (name, found), shelf in zip(by_name.items(), newsletters, strict=True):
        newsletter = shelf[0]
        url = f"{planner.url_prefix(lang)}newsletters/{name}/"
        frame = planner.shared_frame(lang, "newsletters").at(
            url,
            title=newsletter.name,
            description=newsletter.tagline,
            feed=planner.topics.get(url),
            modified=newest_day(found),
        )
        yield planner.view(lang, frame, "newsletters.html", newsletters=(shelf,), slugs=(name,))
        below = planner.shared_frame(lang, "newsletters", Label(name=newsletter.name, url=url))
        yield from _issues(planner, found, newsletter, below, known)


def issues_by_newsletter(library: Library, lang: str) -> dict[str, list[Entry]]:
    """Return newsletter → its issues in a language, the latest first."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in library.of_kind("issue", lang):
        found[entry.item.newsletter if isinstance(entry.item, Issue) else ""].append(entry)
    return dict(sorted(found.items()))


def _issues(
    planner: PagePlanner,
    issues: Sequence[Entry],
    newsletter: NewsletterSettings,
    shared: Frame,
    known: Mapping[str, Entry],
) -> Iterator[Output]:
    for entry, newer, older in zip(issues, (None, *issues), (*issues[1:], None), strict=False):
        issue, frame = entry.item, shared.of_item(entry)
        if isinstance(issue, Issue) and "web" in issue.editions:
            continue  # the package newsletters makes its page, at the same address
        sections = issue.sections if isinstance(issue, Issue) else ()
        make = partial(
            _make_issue,
            item=entry,
            newsletter=newsletter,
            sections=tuple(_section(planner, section, known, entry.lang) for section in sections),
            older=older.card if older else None,
            newer=newer.card if newer else None,
        )
        yield planner.page(entry.lang, frame, make, stored=(entry.body,), sources=(issue.source.path,))


def _section(planner: PagePlanner, section: Section, known: Mapping[str, Entry], lang: str) -> SectionView:
    items = [known[name].card for name in map(_short, section.items) if name in known]
    labels = (planner.library.registers.get("partner", {}).get(term_slug(name)) for name in section.partners)
    records = (planner.library.record("partner", label.slug, lang) for label in labels if label)
    partners = [entry.card for entry in records if entry]
    return SectionView(title=section.title, colour=section.colour, items=(*items, *partners))


def _index_items(planner: PagePlanner, lang: str) -> dict[str, Entry]:
    """Return name → item, for every name that an issue may use: path, end of the path, slug."""
    named: dict[str, Entry] = {}
    for kind in ("news", "event", "cluster", "programme", "partner"):
        for entry in planner.library.of_kind(kind, lang):
            path = _short(entry.path)
            for name in (path, path.partition("/")[2], entry.slug):
                named.setdefault(name, entry)
    return named


def _short(path: str) -> str:
    return strip_markdown(path.removeprefix("content/")).removesuffix("/index")


def contents_of(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return (title, colour) of each section of an issue."""
    sections = entry.item.sections if isinstance(entry.item, Issue) else ()
    return tuple((section.title, section.colour) for section in sections if section.title)


def art_of(entry: Entry) -> str:
    """Return the path of the drawn cover of an issue; empty if it has a picture of its own.

    The package `newsletters` draws it.
    """
    item = entry.item
    is_drawn = isinstance(item, Issue) and (not entry.picture or item.cover.get("art") == "auto")
    return f"{entry.url}cover.svg" if is_drawn else ""


def _make_issue(
    site: Site,
    theme: Theme,
    page: Frame,
    item: Entry,
    newsletter: NewsletterSettings,
    sections: tuple[SectionView, ...],
    older: TeaserCard | None,
    newer: TeaserCard | None,
    stored: tuple[Body],
) -> bytes:
    """Return the page of a newsletter issue: its cover, editorial and contents."""
    return render_page(
        site,
        theme,
        page,
        "issue.html",
        body=render_page_body(stored[0], resolved_references(item), site, theme),
        graph=(
            *filter(None, (publication_issue(item, newsletter.name, site.settings),)),
            breadcrumbs(page, site.settings),
        ),
        entry=item,
        item=item.item,
        newsletter=newsletter,
        sections=sections,
        older=older,
        newer=newer,
    )
