"""Render context: turn the bodies, links and pictures of one issue into parts of its document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from clusterpress.library.entries import Entry
from clusterpress.library.pictures import Picture, ShownPicture
from clusterpress.markup import body as markup
from clusterpress.markup.body import Body, LinkRef, render_html
from clusterpress.newsletters.document_types import CreditedPicture
from clusterpress.newsletters.nodes import Block, LinkTarget, PictureRef
from clusterpress.newsletters.parse_nodes import parse_nodes
from clusterpress.theme.wording import Wording

_PICTURE = "picture:"
"""Prefix of the addresses of pictures in the HTML that is parsed into nodes."""


@dataclass(frozen=True, slots=True)
class RenderContext:
    """The data with which the parts of one issue are built."""

    site: str
    """Address of the site, with a slash at its end."""
    wording: Wording
    bodies: Mapping[str, Body]
    """Source path → body."""
    anchors: Mapping[str, str]
    """Path below the site's root → anchor within the issue."""
    pictures: Mapping[bytes, str] = field(default_factory=dict)
    """Key of a picture → name of its file."""

    def body_nodes(self, entry: Entry, *, without_lead: bool = False) -> list[Block]:
        """Return the body of an entry as nodes."""
        targets, figures = dict(entry.targets), dict(entry.resolved.figures)

        def address(ref: LinkRef) -> str:
            return self.site + targets[ref.target] if ref.target in targets else ref.target

        def figure(ref: markup.PictureRef) -> str:
            picture = figures.get(ref.src)
            return _image(picture, ref.alt) if picture else ""

        html = render_html(self.bodies[entry.item.source.path], address, figure, without_lead=without_lead)
        known = {picture.key.hex(): picture for picture in figures.values()}
        return parse_nodes(
            html, link=self.link, picture=lambda src: self.picture(known.get(src.removeprefix(_PICTURE)))
        )

    def link(self, address: str) -> LinkTarget | None:
        """Return the target of a link: a story of this issue, or a full address."""
        if address.startswith(self.site):
            path = address.removeprefix(self.site).partition("#")[0]
            if path in self.anchors:
                return {"to": self.anchors[path]}
        if address.startswith(("http://", "https://", "mailto:", "tel:")):
            return {"href": address}
        return None

    def picture(self, picture: Picture | None) -> PictureRef | None:
        """Return a picture as nodes refer to it."""
        if picture is None or picture.key not in self.pictures:
            return None
        return {"src": self.pictures[picture.key], "ratio": round(picture.width / max(1, picture.height), 4)}

    def shown(self, shown: ShownPicture | None) -> CreditedPicture | None:
        """Return a picture with its caption and credit."""
        picture = self.picture(shown.picture) if shown else None
        if not shown or not picture:
            return None
        return {**picture, "alt": shown.alt, "caption": shown.caption, "credit": shown.credit}


def _image(picture: Picture, alt: str) -> str:
    return f'<img src="{_PICTURE}{picture.key.hex()}" alt="{escape(alt)}">'
