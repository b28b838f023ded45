"""Bodies on web pages: links made root-relative, pictures set, anchors kept apart."""

import re
from html import escape

from clusterpress.library import Picture
from clusterpress.markup import Body, LinkRef, PictureRef, put_together
from clusterpress.website.addresses import locate
from clusterpress.website.views import Places

_TAG = re.compile(r"<[a-z][^>]*>")
_ANCHOR = re.compile(r'(\s(?:id|for|name|aria-labelledby)="|\shref="#)')


def set_body(body: Body, places: Places, root: str, *, without_lead: bool = False, apart: str = "") -> str:
    """Return a body's HTML for a page.

    Args:
        body: the rendered body.
        places: where its links and pictures lead.
        root: path of the site on its server.
        without_lead: leave out the first paragraph.
        apart: put before every anchor, so that two bodies may stand on one page.
    """

    def address(link: LinkRef) -> str:
        return locate(root, places.targets[link.target])

    def figure(ref: PictureRef) -> str:
        return _picture(ref, places.figures[ref.src], root)

    html = put_together(body, address, figure, without_lead=without_lead)
    return _TAG.sub(lambda tag: _ANCHOR.sub(rf"\g<1>{apart}", tag[0]), html) if apart else html


def _picture(ref: PictureRef, picture: Picture, root: str) -> str:
    more = "".join(f' {name}="{escape(value)}"' for name, value in ref.attributes)
    return (
        f'<img src="{escape(locate(root, picture.url))}" alt="{escape(ref.alt)}" width="{picture.width}" '
        f'height="{picture.height}" loading="lazy" decoding="async"{more}>'
    )
