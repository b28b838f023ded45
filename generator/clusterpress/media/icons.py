"""Icons: what browsers, telephones and lists of apps show of the site, drawn from its logo."""

import json
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from clusterpress.library.icons import APP_ICONS, FAVICON, MANIFEST, TOUCH_ICON, TOUCH_SIZE
from clusterpress.library.pictures import Picture
from clusterpress.values.outputs import Output

if TYPE_CHECKING:
    from PIL.Image import Image as ImageFile

_FAVICON_SIZES = ((16, 16), (32, 32), (48, 48))
_WHITE, _CLEAR = (255, 255, 255, 255), (255, 255, 255, 0)
_MARGIN = 0.1
"""Share of the side that telephones cut off at each corner."""


def icon_outputs(logo: Picture, name: str, root: str) -> Iterator[Output]:
    """Yield the icons that are drawn from a logo, and the manifest that names them.

    Args:
        logo: the published logo, no drawing.
        name: of the site.
        root: path of the site on its server.
    """
    sources, stored = (logo.source,), (logo.key,)
    yield Output(path=FAVICON, make=partial(make_favicon), stored=stored, sources=sources)
    for path, size in APP_ICONS.items():
        make = partial(make_icon, size=size, solid=False)
        yield Output(path=path, make=make, stored=stored, sources=sources)
    touch = partial(make_icon, size=TOUCH_SIZE, solid=True)
    yield Output(path=TOUCH_ICON, make=touch, stored=stored, sources=sources)
    yield Output(path=MANIFEST, make=partial(make_manifest, name=name, root=root), sources=sources)


def make_icon(size: int, solid: bool, stored: tuple[bytes]) -> bytes:
    """Return the logo in a square PNG.

    Args:
        size: pixels of a side.
        solid: whether it stands on white, with a margin, as telephones expect it.
        stored: the bytes of the logo.
    """
    file = BytesIO()
    _square(stored[0], size, solid=solid).save(file, format="PNG", optimize=True)
    return file.getvalue()


def make_favicon(stored: tuple[bytes]) -> bytes:
    """Return the logo as an ICO file of three sizes."""
    file = BytesIO()
    _square(stored[0], _FAVICON_SIZES[-1][0], solid=False).save(file, format="ICO", sizes=_FAVICON_SIZES)
    return file.getvalue()


def make_manifest(name: str, root: str) -> bytes:
    """Return the manifest of the site (W3C, Web Application Manifest)."""
    icons = [
        {"src": f"{root}{path}", "sizes": f"{size}x{size}", "type": "image/png"}
        for path, size in APP_ICONS.items()
    ]
    manifest = {"name": name, "start_url": root, "scope": root, "display": "browser", "icons": icons}
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"


def _square(logo: bytes, size: int, *, solid: bool) -> "ImageFile":
    from PIL import Image  # takes longer to import than a site to plan

    room = round(size * (1 - 2 * _MARGIN)) if solid else size
    with Image.open(BytesIO(logo)) as image:
        shown = image.convert("RGBA")
    scale = room / max(shown.size)
    shown = shown.resize([max(1, round(side * scale)) for side in shown.size], Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (size, size), _WHITE if solid else _CLEAR)
    square.alpha_composite(shown, ((size - shown.width) // 2, (size - shown.height) // 2))
    return square.convert("RGB") if solid else square
