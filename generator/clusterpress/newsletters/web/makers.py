"""Makers: the pure functions behind the outputs of the web edition, which other processes may run."""

from pathlib import Path

from markupsafe import Markup

from clusterpress.markup.body import Body
from clusterpress.newsletters.document import make_document, pictures_of
from clusterpress.newsletters.issues import ResolvedSection
from clusterpress.newsletters.web.page_split import COVER_NUMBER, Page
from clusterpress.newsletters.web.views import CoverContext, PageContext
from clusterpress.newsletters.wording import open_wording
from clusterpress.theme.cover_art import HEIGHT, RING, WIDTH, draw_cover_art
from clusterpress.theme.theme import Theme
from clusterpress.theme.tokens import palette_on_band


def make_cover(theme: Theme, context: PageContext, cover: CoverContext, stored: tuple[Body, ...]) -> bytes:
    """Return the cover: masthead, art, editorial and contents."""
    return _make(
        theme,
        "cover.html",
        context,
        (),
        stored,
        url=context.page_links[0].url,
        number=COVER_NUMBER,
        cover=cover,
    )


def make_page(theme: Theme, context: PageContext, page: Page, stored: tuple[Body, ...]) -> bytes:
    """Return a page with some sections."""
    return _make(
        theme, "sheet.html", context, page.sections, stored, url=page.url, number=page.number, cover=None
    )


def make_single_page(
    theme: Theme,
    context: PageContext,
    cover: CoverContext,
    sections: tuple[ResolvedSection, ...],
    stored: tuple[Body, ...],
) -> bytes:
    """Return the whole issue on one page, which also prints well."""
    url = context.editions.all
    return _make(theme, "all.html", context, sections, stored, url=url, number=0, cover=cover)


def copy_file(theme: Theme, file: str) -> bytes:
    """Return a file of the theme."""
    return (Path(theme.folder) / file).read_bytes()


def _make(
    theme: Theme,
    template: str,
    context: PageContext,
    sections: tuple[ResolvedSection, ...],
    bodies: tuple[Body, ...],
    *,
    url: str,
    number: int,
    cover: CoverContext | None,
) -> bytes:
    # Jinja takes longer to import than planning all issues.
    from clusterpress.newsletters.web.pages import elide_page_links, picture_address, render_page

    metadata = context.metadata
    pictures = pictures_of(metadata, sections)
    wording = open_wording(theme, metadata.entry.lang)
    names = {picture.key: picture_address(picture, context.home.root) for picture in pictures}
    document = make_document(metadata, sections, wording, bodies=bodies, pictures=names)
    mirrored = wording.direction == "rtl"
    before = [page_link for page_link in context.page_links if page_link.number < number]
    after = [page_link for page_link in context.page_links if page_link.number > number]
    return render_page(
        theme,
        template,
        context,
        document,
        url=url,
        pictures=pictures,
        number=number,
        page_links=elide_page_links(context.page_links, number) if number else [],
        before=before[-1] if before else None,
        after=after[0] if after and number else None,
        cover=cover,
        art=_draw(theme, context, cover, mirrored=mirrored) if cover else "",
        ring=(WIDTH - RING[0] if mirrored else RING[0], *RING[1:]),
        canvas=(WIDTH, HEIGHT),
    )


def _draw(theme: Theme, context: PageContext, cover: CoverContext, *, mirrored: bool) -> Markup:
    seed = f"{context.metadata.newsletter} {context.metadata.number}"
    return Markup(draw_cover_art(seed, cover.art, palette_on_band(theme), mirrored=mirrored))  # noqa: S704 -- numbers and colours alone
