"""The setter: how bodies, links and pictures of one issue become parts of its document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from clusterpress.library.entries import Entry, Picture, ShownPicture
from clusterpress.markup.body import Body, LinkRef, PictureRef, render_html
from clusterpress.newsletters.body_nodes import Node, parse_nodes
from clusterpress.theme.wording import Wording

_PICTURE = "picture:"
"""Begins the address of a picture within a body that is being set."""


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What setting the parts of one issue needs."""

    site: str
    """Address of the site, with a slash at its end."""
    wording: Wording
    bodies: Mapping[str, Body]
    """Source path → body."""
    anchors: Mapping[str, str]
    """Path below the site's root → anchor within the issue."""
    pictures: Mapping[bytes, str] = field(default_factory=dict)
    """Key of a picture → name of its file."""

    def body_nodes(self, entry: Entry, *, without_lead: bool = False) -> list[Node]:
        """Return the body of an entry as a tree."""
        targets, figures = dict(entry.targets), dict(entry.figures)

        def address(ref: LinkRef) -> str:
            return self.site + targets[ref.target] if ref.target in targets else ref.target

        def figure(ref: PictureRef) -> str:
            picture = figures.get(ref.src)
            return _image(picture, ref.alt) if picture else ""

        html = render_html(self.bodies[entry.item.source.path], address, figure, without_lead=without_lead)
        known = {picture.key.hex(): picture for picture in figures.values()}
        return parse_nodes(
            html, link=self.link, picture=lambda src: self.picture(known.get(src.removeprefix(_PICTURE)))
        )

    def link(self, address: str) -> Node | None:
        """Return where a link leads: to a story of this issue, or to a full address."""
        if address.startswith(self.site):
            path = address.removeprefix(self.site).partition("#")[0]
            if path in self.anchors:
                return {"to": self.anchors[path]}
        if address.startswith(("http://", "https://", "mailto:", "tel:")):
            return {"href": address}
        return None

    def picture(self, picture: Picture | None) -> Node | None:
        """Return a picture as a tree refers to it."""
        if picture is None or picture.key not in self.pictures:
            return None
        return {"src": self.pictures[picture.key], "ratio": round(picture.width / max(1, picture.height), 4)}

    def shown(self, shown: ShownPicture | None) -> Node | None:
        """Return a picture with the words that belong to it."""
        picture = self.picture(shown.picture) if shown else None
        if not shown or not picture:
            return None
        return {**picture, "alt": shown.alt, "caption": shown.caption, "credit": shown.credit}


def _image(picture: Picture, alt: str) -> str:
    return f'<img src="{_PICTURE}{picture.key.hex()}" alt="{escape(alt)}">'
