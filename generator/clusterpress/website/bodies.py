"""Bodies on web pages: links made root-relative, pictures set, anchors kept apart."""

import re

from clusterpress.config.settings import Settings
from clusterpress.markup.body import Body, LinkRef, PictureRef, render_html
from clusterpress.theme.addresses import root_relative
from clusterpress.website.pictures import write_picture
from clusterpress.website.views import ResolvedReferences

TEXT_SIZES = "(min-width: 850px) 800px, calc(100vw - 48px)"
"""How wide pictures in a text are shown."""

_TAG = re.compile(r"<[a-z][^>]*>")
_NEW_WINDOW = re.compile(r"<a\s(?=[^>]*\starget=|target=)[^>]*>")
_REL = re.compile(r'\srel="([^"]*)"')
_ANCHOR = re.compile(r'(\s(?:id|for|name|aria-labelledby)="|\shref="#)')


def render_body(
    body: Body,
    references: ResolvedReferences,
    settings: Settings,
    *,
    without_lead: bool = False,
    anchor_prefix: str = "",
) -> str:
    """Return a body's HTML for a page.

    Args:
        body: the rendered body.
        references: where its links and pictures lead.
        settings: the site's settings.
        without_lead: leave out the first paragraph.
        anchor_prefix: put before every anchor, so that two bodies may stand on one page.
    """

    def address(link: LinkRef) -> str:
        return root_relative(references.targets[link.target], settings.root)

    def figure(ref: PictureRef) -> str:
        picture = references.figures[ref.src]
        return write_picture(picture, settings, alt=ref.alt, sizes=TEXT_SIZES, attributes=ref.attributes)

    html = render_html(body, address, figure, without_lead=without_lead)
    html = _NEW_WINDOW.sub(_add_noopener, html) if "target=" in html else html
    return (
        _TAG.sub(lambda tag: _ANCHOR.sub(rf"\g<1>{anchor_prefix}", tag[0]), html) if anchor_prefix else html
    )


def _add_noopener(tag: re.Match[str]) -> str:
    """Return a link to a new window so that the page there gets no hold of ours (``noopener``)."""
    rel = _REL.search(tag[0])
    if rel is None:
        return f'{tag[0][:-1]} rel="noopener">'
    words = dict.fromkeys((*rel[1].split(), "noopener"))
    return tag[0].replace(rel[0], f' rel="{" ".join(words)}"')
