"""Pages: the theme's templates for the web edition, filled with an issue's document."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from babel import Locale

from clusterpress.funding.emblem import draw_stars
from clusterpress.library.entries import Picture
from clusterpress.newsletters.addresses import SCRIPT, STYLES, absolute, escape_path, locate
from clusterpress.newsletters.body_nodes import Node, plain
from clusterpress.newsletters.nodes_html import BlockWriter, Manner, Size
from clusterpress.newsletters.templates import foreign_marker, open_templates
from clusterpress.newsletters.web.views import Binding, Tab
from clusterpress.newsletters.wording import open_wording
from clusterpress.theme.content_security import add_policy
from clusterpress.theme.theme import Theme

WIDE = frozenset({"box", "facts", "pre", "table"})
"""Blocks that take the whole width."""

LONG = 90
"""Words from which a text is set in two columns where there is room."""

MOST_TABS = 11
"""So many pages a pager shows, all of them; of more, some are left out."""

AROUND = 3
"""How many pages before and after its own it shows then, besides the first and the last."""


def render_page(
    theme: Theme,
    template: str,
    binding: Binding,
    document: Mapping[str, Any],
    *,
    url: str,
    pictures: Sequence[Picture],
    **more: Any,
) -> bytes:
    """Return a page of the web edition.

    Args:
        theme: the theme, whose folder ``newsletter/web`` has the template.
        template: its file name.
        binding: what all pages of the issue share.
        document: the part of the issue that this page shows.
        url: path of the page below the site's root.
        pictures: those that the document may show; it names them by `picture_address`.
        more: what else the template needs.
    """
    site, root = binding.front.site, binding.home.root
    wording = open_wording(theme, binding.front.entry.lang)

    def address(link: Node) -> str:
        if "to" in link:
            return f"#{link['to']}"
        path = link["href"].removeprefix(site)
        return locate(binding.places.get(path.partition("#")[0], path), site=site, root=root)

    sizes = {
        picture_address(picture, root): Size(width=picture.width, height=picture.height)
        for picture in pictures
    }
    manner = Manner(address=address, sizes=sizes, words=wording.labels)
    html = (
        open_templates(theme)
        .get_template(f"web/{template}")
        .render(
            binding=binding,
            document=document,
            editions=binding.editions,
            home=binding.home,
            front=binding.front,
            url=url,
            styles=STYLES,
            script=SCRIPT,
            wording=wording,
            t=wording.say,
            local=lambda path: locate(path, site=site, root=root),
            full=lambda path: absolute(path, site),
            address=address,
            stars=draw_stars(),
            set_body=_body_setter(manner),
            picture=BlockWriter(manner=manner, anchor="").picture,
            foreign=foreign_marker(theme, wording),
            name_of_language=name_of_language,
            **more,
        )
    )
    return add_policy(html.encode()) + b"\n"


def picture_address(picture: Picture, root: str) -> str:
    """Return the address of a picture from the root of its server."""
    return root + escape_path(picture.url)


def name_of_language(lang: str) -> str:
    """Return what a language calls itself: français."""
    own = Locale.parse(lang, sep="-")
    return (own.get_language_name(lang.partition("-")[0]) or lang).capitalize()


def show_tabs(tabs: Sequence[Tab], current: int) -> list[Tab | None]:
    """Return the pages that a pager shows: all, or the first, the last, and those around; None for a gap."""
    if len(tabs) <= MOST_TABS:
        return list(tabs)
    kept = [tab for tab in tabs if tab in (tabs[0], tabs[-1]) or abs(tab.number - current) <= AROUND]
    shown: list[Tab | None] = []
    for tab in kept:
        if shown and shown[-1] and tab.number > shown[-1].number + 1:
            shown.append(None)
        shown.append(tab)
    return shown


def _body_setter(manner: Manner) -> Callable[[Sequence[Node], str, int], dict[str, Any]]:
    """Return the function with which templates set a body: (blocks, anchor, level) → runs and notes.

    A run is (its HTML, whether it is long enough for two columns).
    """

    def set_body(blocks: Sequence[Node], anchor: str, level: int) -> dict[str, Any]:
        writer = BlockWriter(manner=manner, anchor=anchor)
        runs = [(writer.write(run, level), is_long) for run, is_long in cut_in_runs(blocks)]
        return {"runs": runs, "notes": writer.write_notes()}

    return set_body


def cut_in_runs(blocks: Sequence[Node]) -> list[tuple[list[Node], bool]]:
    """Return blocks in runs, each with whether it is long enough for two columns.

    What needs the whole width (`WIDE`) is a run of its own; a short text between two of them would be torn
    apart by columns.
    """
    runs = [list(run) for _, run in groupby(blocks, key=lambda block: block["t"] in WIDE)]
    return [(run, run[0]["t"] not in WIDE and len(plain(run).split()) >= LONG) for run in runs]
