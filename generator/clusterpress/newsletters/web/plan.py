"""The web edition: its outputs, and their maker, which other processes may run."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from markupsafe import Markup

from clusterpress.config.settings import PictureSettings
from clusterpress.funding.acknowledgement import draw_stars
from clusterpress.library.library import Library
from clusterpress.library.pictures import Picture, variants
from clusterpress.markup.body import Body
from clusterpress.newsletters.document import entries_of, make_document, pictures_of
from clusterpress.newsletters.images import draw_art, ring_of
from clusterpress.newsletters.issues import SCRIPT, STYLES, ResolvedIssue, Sections
from clusterpress.newsletters.nodes import Block, LinkTarget, plain
from clusterpress.newsletters.nodes_html import HtmlWriter, RenderOptions, Size, Versions
from clusterpress.newsletters.web.views import (
    COVER_NUMBER,
    CoverContext,
    PageContext,
    PageLink,
    build_cover_context,
    build_page_context,
    split_into_pages,
)
from clusterpress.theme.addresses import absolute, asset_path, escape_path, root_relative
from clusterpress.theme.content_security import add_policy
from clusterpress.theme.cover_art import HEIGHT, WIDTH
from clusterpress.theme.languages import name_of_language
from clusterpress.theme.linked_data import Graph, thing, write_script
from clusterpress.theme.theme import Theme, open_templates, read_file
from clusterpress.theme.wording import Wording, open_wording
from clusterpress.values.outputs import Output, PageRow

FULL_WIDTH_NODES = frozenset({"box", "facts", "pre", "table"})
"""Blocks that take the whole width."""

MIN_COLUMN_WORDS = 90
"""Minimum length of a text in two columns, in words."""

MAX_PAGE_LINKS = 11
"""A pager shows up to so many pages in full; it leaves out some of more pages."""

PAGES_ON_EACH_SIDE = 3
"""Number of pages that it then shows before and after the current one, besides the first and the last."""

FILES = {STYLES: "newsletter/web/edition.css", SCRIPT: "newsletter/web/keys.js"}
"""Path below the site's root → file of the theme."""


def web_outputs(issues: Iterable[ResolvedIssue], library: Library, theme: Theme) -> Iterator[Output]:
    """Yield every file of the web editions, without rendering anything.

    Args:
        issues: all issues, as resolved; those without a web edition are skipped.
        library: the library.
        theme: the theme.
    """
    made = [issue for issue in issues if "web" in issue.item.editions]
    for issue in made:
        yield from _issue_outputs(issue, library, theme)
    for path, file in FILES.items() if made else ():
        address = asset_path(path, theme.version)
        yield Output(path=address, make=partial(read_file, theme=theme, file=file))


def web_pages(issues: Iterable[ResolvedIssue]) -> Iterator[PageRow]:
    """Yield the pages of the web editions that search engines may index, as rows of a sitemap."""
    for issue in issues:
        if "web" in issue.item.editions:
            day = issue.entry.updated.date().isoformat()
            yield issue.path, day, issue.entry.translations
            for page in split_into_pages(issue):
                yield page.url, day, ()


def _issue_outputs(issue: ResolvedIssue, library: Library, theme: Theme) -> Iterator[Output]:
    pages = split_into_pages(issue)
    context = build_page_context(issue, pages, library, theme)
    cover = build_cover_context(issue, pages)

    def output(
        template: str, url: str, sections: Sections, number: int = 0, cover: CoverContext | None = None
    ) -> Output:
        make = partial(make_page, theme=theme, context=context, template=template, url=url)
        return Output(
            path=f"{url}index.html",
            make=partial(make, sections=sections, number=number, cover=cover),
            stored=tuple(entry.body for entry in entries_of(context.metadata, sections)),
            sources=(issue.item.source.path,),
            optional=True,
        )

    yield output("cover.html", issue.path, (), COVER_NUMBER, cover)
    for page in pages:
        yield output("sheet.html", page.url, page.sections, page.number)
    yield output("all.html", context.editions.all, issue.sections, cover=cover)


def make_page(
    theme: Theme,
    context: PageContext,
    stored: tuple[Body, ...],
    *,
    template: str,
    url: str,
    sections: Sections,
    number: int,
    cover: CoverContext | None,
) -> bytes:
    """Return a page of a web edition.

    Args:
        theme: the theme.
        context: what all pages of the issue share.
        stored: the bodies of `entries_of`.
        template: file name of its template.
        url: its path below the site's root.
        sections: those that it shows in full.
        number: its number in the pager; 0 for the whole issue on one page.
        cover: art and contents; None for pages with sections alone.
    """
    metadata = context.metadata
    pictures = pictures_of(metadata, sections)
    wording = open_wording(theme, metadata.entry.lang, "newsletter")
    names = {picture.key: _picture_address(picture, context.home.root) for picture in pictures}
    links = context.page_links
    art = draw_art(theme, wording, metadata.art_seed, cover.art) if cover else ""
    page = open_templates(theme).get_template(f"web/{template}")
    html = page.render(
        **_variables(theme, context, wording, pictures),
        document=make_document(metadata, sections, wording, bodies=stored, pictures=names),
        url=url,
        number=number,
        graph=write_script([_describe(context)]),
        cover=cover,
        art=Markup(art),  # noqa: S704 -- numbers and colours alone
        page_links=elide_page_links(links, number) if number else [],
        before=next((link for link in reversed(links) if link.number < number), None),
        after=next((link for link in links if 0 < number < link.number), None),
        ring=ring_of(wording),
        canvas=(WIDTH, HEIGHT),
    )
    return add_policy(html.encode()) + b"\n"


def _describe(context: PageContext) -> Graph:
    """Return the issue for search engines (schema.org)."""
    metadata, image = context.metadata, context.social_image
    issue, url = metadata.item, metadata.site + metadata.entry.url
    return thing(
        "PublicationIssue",
        url,
        url=url,
        name=issue.title,
        issueNumber=str(issue.number),
        datePublished=issue.date.iso,
        description=metadata.preheader,
        inLanguage=metadata.entry.lang,
        image=absolute(image.url, metadata.site) if image else "",
        isPartOf=thing("Periodical", name=metadata.masthead.name),
        publisher=thing("Organization", name=metadata.publisher),
    )


def _variables(
    theme: Theme, context: PageContext, wording: Wording, pictures: Sequence[Picture]
) -> dict[str, Any]:
    site, root = context.metadata.site, context.home.root
    options = _render_options(context, pictures, wording)

    def render_body(blocks: Sequence[Block], anchor: str, level: int) -> dict[str, Any]:
        """Return the runs of a body (HTML, whether it is long enough for two columns), and its notes."""
        writer = HtmlWriter(options=options, anchor=anchor)
        runs = [(writer.write(run, level), is_long) for run, is_long in split_into_runs(blocks)]
        return {"runs": runs, "notes": writer.write_footnotes()}

    return {
        "context": context,
        "editions": context.editions,
        "home": context.home,
        "metadata": context.metadata,
        "styles": STYLES,
        "script": SCRIPT,
        "wording": wording,
        "t": wording.label,
        "local": lambda path: root_relative(asset_path(path, theme.version), site=site, root=root),
        "full": lambda path: absolute(path, site),
        "address": options.address,
        "stars": draw_stars(),
        "render_body": render_body,
        "picture": HtmlWriter(options=options, anchor="").picture,
        "foreign": wording.foreign,
        "name_of_language": name_of_language,
    }


def _render_options(context: PageContext, pictures: Sequence[Picture], wording: Wording) -> RenderOptions:
    site, root = context.metadata.site, context.home.root

    def address(link: LinkTarget) -> str:
        if "to" in link:
            return f"#{link['to']}"
        path = link["href"].removeprefix(site)
        return root_relative(context.story_urls.get(path.partition("#")[0], path), site=site, root=root)

    sizes = {_picture_address(one, root): Size(width=one.width, height=one.height) for one in pictures}
    found = {_picture_address(one, root): _list_versions(one, context.pictures, root) for one in pictures}
    return RenderOptions(address=address, sizes=sizes, versions=found, labels=wording.labels)


def _list_versions(picture: Picture, settings: PictureSettings, root: str) -> Versions:
    """Return the versions of a picture by media type, the picture itself among those of its own type."""
    found: dict[str, list[tuple[str, int]]] = {}
    for one in variants(picture, settings):
        name = "" if one.type == picture.type else one.type
        found.setdefault(name, []).append((root + escape_path(one.url), one.width))
    if "" in found:
        found[""].append((_picture_address(picture, root), picture.width))
    return found


def _picture_address(picture: Picture, root: str) -> str:
    return root + escape_path(picture.url)


def elide_page_links(page_links: Sequence[PageLink], current: int) -> list[PageLink | None]:
    """Return the pages that a pager shows: all, or the first, the last, and those around; None for a gap."""
    if len(page_links) <= MAX_PAGE_LINKS:
        return list(page_links)
    ends = (page_links[0], page_links[-1])
    shown: list[PageLink | None] = []
    for link in page_links:
        if link in ends or abs(link.number - current) <= PAGES_ON_EACH_SIDE:
            if shown and shown[-1] and link.number > shown[-1].number + 1:
                shown.append(None)
            shown.append(link)
    return shown


def split_into_runs(blocks: Sequence[Block]) -> list[tuple[list[Block], bool]]:
    """Return blocks in runs, each with whether it is long enough for two columns.

    A block that needs the whole width (`FULL_WIDTH_NODES`) is a run of its own; columns would tear apart
    a short text between two of them.
    """
    runs = [list(run) for _, run in groupby(blocks, key=lambda block: block["t"] in FULL_WIDTH_NODES)]
    return [
        (run, run[0]["t"] not in FULL_WIDTH_NODES and len(plain(run).split()) >= MIN_COLUMN_WORDS)
        for run in runs
    ]
