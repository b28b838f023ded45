"""Bodies on web pages: links made root-relative, pictures set, anchors kept apart."""

import re

from clusterpress.config.settings import Settings
from clusterpress.markup.body import Body, LinkRef, PictureRef, put_together
from clusterpress.website.addresses import locate
from clusterpress.website.pictures import write_picture
from clusterpress.website.views import Places

TEXT = "(min-width: 850px) 800px, calc(100vw - 48px)"
"""How wide pictures in a text are shown."""

_TAG = re.compile(r"<[a-z][^>]*>")
_NEW_WINDOW = re.compile(r"<a\s(?=[^>]*\starget=|target=)[^>]*>")
_REL = re.compile(r'\srel="([^"]*)"')
_ANCHOR = re.compile(r'(\s(?:id|for|name|aria-labelledby)="|\shref="#)')


def set_body(
    body: Body, places: Places, settings: Settings, *, without_lead: bool = False, apart: str = ""
) -> str:
    """Return a body's HTML for a page.

    Args:
        body: the rendered body.
        places: where its links and pictures lead.
        settings: the site's settings.
        without_lead: leave out the first paragraph.
        apart: put before every anchor, so that two bodies may stand on one page.
    """

    def address(link: LinkRef) -> str:
        return locate(settings.root, places.targets[link.target])

    def figure(ref: PictureRef) -> str:
        picture = places.figures[ref.src]
        return write_picture(picture, settings, alt=ref.alt, sizes=TEXT, attributes=ref.attributes)

    html = put_together(body, address, figure, without_lead=without_lead)
    html = _NEW_WINDOW.sub(_guard, html) if "target=" in html else html
    return _TAG.sub(lambda tag: _ANCHOR.sub(rf"\g<1>{apart}", tag[0]), html) if apart else html


def _guard(tag: re.Match[str]) -> str:
    """Return a link to a new window so that the page there gets no hold of ours (``noopener``)."""
    rel = _REL.search(tag[0])
    if rel is None:
        return f'{tag[0][:-1]} rel="noopener">'
    words = dict.fromkeys((*rel[1].split(), "noopener"))
    return tag[0].replace(rel[0], f' rel="{" ".join(words)}"')
