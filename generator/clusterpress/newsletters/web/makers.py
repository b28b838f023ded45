"""Makers: the pure functions behind the outputs of the web edition, which other processes may run."""

from pathlib import Path

from markupsafe import Markup

from clusterpress.markup.body import Body
from clusterpress.newsletters.document import make_document, pictures_of
from clusterpress.newsletters.issues import ResolvedSection
from clusterpress.newsletters.web.page_split import COVER, Sheet
from clusterpress.newsletters.web.views import Binding, Opening
from clusterpress.newsletters.wording import open_wording
from clusterpress.theme.cover_art import HEIGHT, RING, WIDTH, draw_art
from clusterpress.theme.theme import Theme
from clusterpress.theme.tokens import palette_on_band


def make_cover(theme: Theme, binding: Binding, opening: Opening, *bodies: Body) -> bytes:
    """Return the cover: masthead, art, editorial and contents."""
    return _make(
        theme, "cover.html", binding, (), bodies, url=binding.tabs[0].url, number=COVER, opening=opening
    )


def make_sheet(theme: Theme, binding: Binding, sheet: Sheet, *bodies: Body) -> bytes:
    """Return a page with some sections."""
    return _make(
        theme, "sheet.html", binding, sheet.sections, bodies, url=sheet.url, number=sheet.number, opening=None
    )


def make_whole(
    theme: Theme,
    binding: Binding,
    opening: Opening,
    sections: tuple[ResolvedSection, ...],
    *bodies: Body,
) -> bytes:
    """Return the whole issue on one page, which also prints well."""
    url = binding.editions.all
    return _make(theme, "all.html", binding, sections, bodies, url=url, number=0, opening=opening)


def copy_file(theme: Theme, file: str) -> bytes:
    """Return a file of the theme."""
    return (Path(theme.folder) / file).read_bytes()


def _make(
    theme: Theme,
    template: str,
    binding: Binding,
    sections: tuple[ResolvedSection, ...],
    bodies: tuple[Body, ...],
    *,
    url: str,
    number: int,
    opening: Opening | None,
) -> bytes:
    # Jinja takes longer to import than planning all issues.
    from clusterpress.newsletters.web.pages import picture_address, render_page, show_tabs

    front = binding.front
    pictures = pictures_of(front, sections)
    wording = open_wording(theme, front.entry.lang)
    names = {picture.key: picture_address(picture, binding.home.root) for picture in pictures}
    document = make_document(front, sections, wording, bodies=bodies, pictures=names)
    mirrored = wording.direction == "rtl"
    before = [tab for tab in binding.tabs if tab.number < number]
    after = [tab for tab in binding.tabs if tab.number > number]
    return render_page(
        theme,
        template,
        binding,
        document,
        url=url,
        pictures=pictures,
        number=number,
        tabs=show_tabs(binding.tabs, number) if number else [],
        before=before[-1] if before else None,
        after=after[0] if after and number else None,
        opening=opening,
        art=_draw(theme, binding, opening, mirrored=mirrored) if opening else "",
        ring=(WIDTH - RING[0] if mirrored else RING[0], *RING[1:]),
        canvas=(WIDTH, HEIGHT),
    )


def _draw(theme: Theme, binding: Binding, opening: Opening, *, mirrored: bool) -> Markup:
    seed = f"{binding.front.newsletter} {binding.front.number}"
    return Markup(draw_art(seed, opening.art, palette_on_band(theme), mirrored=mirrored))  # noqa: S704 -- numbers and colours alone
