"""Pages of the web edition: the theme's templates, filled with the document of an issue."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from clusterpress.funding.emblem import draw_stars
from clusterpress.library.entries import Picture
from clusterpress.newsletters.document_types import IssueDocument
from clusterpress.newsletters.issues import SCRIPT, STYLES
from clusterpress.newsletters.nodes import Block, LinkTarget, plain
from clusterpress.newsletters.nodes_html import HtmlWriter, RenderOptions, Size
from clusterpress.newsletters.web.views import PageContext, PageLink
from clusterpress.theme.addresses import absolute, escape_path, root_relative
from clusterpress.theme.content_security import add_policy
from clusterpress.theme.languages import name_of_language
from clusterpress.theme.theme import Theme, open_templates
from clusterpress.theme.wording import Wording, open_wording

FULL_WIDTH_NODES = frozenset({"box", "facts", "pre", "table"})
"""Blocks that take the whole width."""

MIN_COLUMN_WORDS = 90
"""Minimum length of a text in two columns, in words."""

MAX_PAGE_LINKS = 11
"""A pager shows up to so many pages in full; it leaves out some of more pages."""

PAGES_ON_EACH_SIDE = 3
"""Number of pages that it then shows before and after the current one, besides the first and the last."""


def render_page(
    theme: Theme,
    template: str,
    context: PageContext,
    document: IssueDocument,
    *,
    url: str,
    pictures: Sequence[Picture],
    **more: Any,
) -> bytes:
    """Return a page of the web edition.

    Args:
        theme: the theme, whose folder ``newsletter/web`` has the template.
        template: its file name.
        context: what all pages of the issue share.
        document: the part of the issue that this page shows.
        url: path of the page below the site's root.
        pictures: those that the document may show; it names them by `picture_address`.
        more: what else the template needs.
    """
    found = open_templates(theme).get_template(f"web/{template}")
    shared = _variables(context, open_wording(theme, context.metadata.entry.lang, "newsletter"), pictures)
    html = found.render(document=document, url=url, **shared, **more)
    return add_policy(html.encode()) + b"\n"


def _variables(context: PageContext, wording: Wording, pictures: Sequence[Picture]) -> dict[str, Any]:
    site, root = context.metadata.site, context.home.root
    options = _render_options(context, pictures, wording)
    return {
        "context": context,
        "editions": context.editions,
        "home": context.home,
        "metadata": context.metadata,
        "styles": STYLES,
        "script": SCRIPT,
        "wording": wording,
        "t": wording.label,
        "local": lambda path: root_relative(path, site=site, root=root),
        "full": lambda path: absolute(path, site),
        "address": options.address,
        "stars": draw_stars(),
        "render_body": _body_renderer(options),
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

    sizes = {picture_address(one, root): Size(width=one.width, height=one.height) for one in pictures}
    return RenderOptions(address=address, sizes=sizes, labels=wording.labels)


def picture_address(picture: Picture, root: str) -> str:
    """Return the address of a picture from the root of its server."""
    return root + escape_path(picture.url)


def elide_page_links(page_links: Sequence[PageLink], current: int) -> list[PageLink | None]:
    """Return the pages that a pager shows: all, or the first, the last, and those around; None for a gap."""
    if len(page_links) <= MAX_PAGE_LINKS:
        return list(page_links)
    kept = [
        page_link
        for page_link in page_links
        if page_link in (page_links[0], page_links[-1])
        or abs(page_link.number - current) <= PAGES_ON_EACH_SIDE
    ]
    shown: list[PageLink | None] = []
    for page_link in kept:
        if shown and shown[-1] and page_link.number > shown[-1].number + 1:
            shown.append(None)
        shown.append(page_link)
    return shown


def _body_renderer(options: RenderOptions) -> Callable[[Sequence[Block], str, int], dict[str, Any]]:
    """Return the function with which templates render a body: (blocks, anchor, level) → runs and notes.

    A run is (its HTML, whether it is long enough for two columns).
    """

    def render_body(blocks: Sequence[Block], anchor: str, level: int) -> dict[str, Any]:
        writer = HtmlWriter(options=options, anchor=anchor)
        runs = [(writer.write(run, level), is_long) for run, is_long in split_into_runs(blocks)]
        return {"runs": runs, "notes": writer.write_footnotes()}

    return render_body


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
