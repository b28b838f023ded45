"""Icons of the site: those that the publisher provides, or else those that are drawn from its logo."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from clusterpress.library.library import Library
from clusterpress.library.pictures import Picture
from clusterpress.library.publication import STATIC
from clusterpress.values.media_types import media_type

PROVIDED: Mapping[str, str] = {
    "favicon.ico": "icon",
    "favicon.png": "icon",
    "favicon.svg": "icon",
    "apple-touch-icon.png": "apple-touch-icon",
    "site.webmanifest": "manifest",
}
"""File in content/static/ → relation of the link to it; of several icons, browsers prefer the last."""

FAVICON, TOUCH_ICON, MANIFEST = "favicon.ico", "apple-touch-icon.png", "site.webmanifest"
"""Paths that browsers and telephones ask for, whatever a page says."""
APP_ICONS: Mapping[str, int] = {"icon-192.png": 192, "icon-512.png": 512}
"""Path → pixels of the icons that the manifest names."""
TOUCH_SIZE = 180
_SQUARE = (0.5, 2.0)
"""Width by height of a drawing that can be an icon as it is."""


class Icon(NamedTuple):
    """An icon, as the head of a page links to it."""

    relation: str
    type: str
    path: str
    """Below the site's root."""


def icons_of(library: Library) -> tuple[Icon, ...]:
    """Return the icons of the site; none if there is neither an icon nor a logo to draw them from."""
    if provided := tuple(_provided(library)):
        return provided
    if drawn_from(library):
        return (
            Icon("icon", "image/x-icon", FAVICON),
            Icon("icon", "image/png", next(iter(APP_ICONS))),
            Icon("apple-touch-icon", "image/png", TOUCH_ICON),
            Icon("manifest", "application/manifest+json", MANIFEST),
        )
    logo = logo_of(library)
    is_square = logo and logo.height and _SQUARE[0] <= logo.width / logo.height <= _SQUARE[1]
    return (Icon("icon", logo.type, logo.url),) if logo and is_square else ()


def drawn_from(library: Library) -> Picture | None:
    """Return the logo from which icons are drawn, or None: drawings stay what they are."""
    logo = None if any(_provided(library)) else logo_of(library)
    return logo if logo and logo.type != "image/svg+xml" else None


def logo_of(library: Library) -> Picture | None:
    """Return the published picture of the site's logo, or None."""
    path = library.settings.logo
    if not path:
        return None
    pictures = library.resolver.link_targets.pictures
    inner = path.removeprefix("/").removeprefix("content/")
    return pictures.get(f"content/{inner}") or pictures.get(f"{STATIC}{inner}")


def _provided(library: Library) -> Iterator[Icon]:
    targets = library.resolver.link_targets
    for name, relation in PROVIDED.items():
        path = STATIC + name
        if picture := targets.pictures.get(path):
            yield Icon(relation, picture.type, picture.url)
        elif path in targets.files:
            yield Icon(relation, media_type(path).partition(";")[0], targets.files[path])
