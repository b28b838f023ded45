"""Pages: the theme's templates for the web edition, filled with an issue's document."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from clusterpress.emblem import draw_stars
from clusterpress.library import Picture
from clusterpress.newsletters.addresses import SCRIPT, STYLES, absolute, escape_path, locate
from clusterpress.newsletters.blocks import BlockWriter, Manner, Size
from clusterpress.newsletters.tree import Node
from clusterpress.newsletters.web.views import Binding, Tab
from clusterpress.newsletters.wording import Wording, open_wording
from clusterpress.theme import Theme

AROUND = 2
"""How many pages before and after its own a pager shows, besides the first and the last."""


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

    def address(target: str) -> str:
        path = target.removeprefix(site) if target.startswith(site) else target
        return locate(binding.places.get(path.partition("#")[0], path), site=site, root=root)

    sizes = {picture_address(picture, root): Size(width=picture.width, height=picture.height) for picture in pictures}
    manner = Manner(address=address, sizes=sizes, words=wording.labels)
    html = open_templates(theme).get_template(f"web/{template}").render(
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
        foreign=_foreign_marker(theme, wording),
        name_of_language=name_of_language,
        **more,
    )
    return f"{html}\n".encode()


def picture_address(picture: Picture, root: str) -> str:
    """Return the address of a picture from the root of its server."""
    return root + escape_path(picture.url)


def name_of_language(lang: str) -> str:
    """Return what a language calls itself: français."""
    own = Locale.parse(lang, sep="-")
    return (own.get_language_name(lang.partition("-")[0]) or lang).capitalize()


def show_tabs(tabs: Sequence[Tab], current: int) -> list[Tab | None]:
    """Return the pages that a pager shows: the first, the last, and those around; None for a gap."""
    kept = [tab for tab in tabs if tab in (tabs[0], tabs[-1]) or abs(tab.number - current) <= AROUND]
    shown: list[Tab | None] = []
    for tab in kept:
        if shown and shown[-1] and tab.number > shown[-1].number + 1:
            shown.append(None)
        shown.append(tab)
    return shown


def _body_setter(manner: Manner) -> Callable[[Sequence[Node], str, int], dict[str, Markup]]:
    """Return the function with which templates set a body: (blocks, anchor, level) → text and notes."""

    def set_body(blocks: Sequence[Node], anchor: str, level: int) -> dict[str, Markup]:
        writer = BlockWriter(manner=manner, anchor=anchor)
        return {"text": writer.write(blocks, level), "notes": writer.write_notes()}

    return set_body


def _foreign_marker(theme: Theme, wording: Wording) -> Callable[[str], Markup]:
    """Return the function that marks what is in another language than the page, with its direction."""

    def foreign(lang: str) -> Markup:
        if not lang or lang == wording.lang:
            return Markup()
        return Markup(' lang="{}" dir="{}"').format(lang, open_wording(theme, lang).direction)

    return foreign


@lru_cache(maxsize=4)
def open_templates(theme: Theme) -> Environment:
    """Return the environment of a theme's newsletter templates; a name that is not there is an error."""
    return Environment(
        loader=FileSystemLoader(Path(theme.folder) / "newsletter"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
