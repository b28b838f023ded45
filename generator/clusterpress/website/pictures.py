"""Pictures on web pages: markup with all versions for a browser to choose from, and the European emblem."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from markupsafe import Markup

from clusterpress.config.settings import Settings
from clusterpress.funding.acknowledgement import BLUE, FLY, HOIST, YELLOW, draw_stars
from clusterpress.library.pictures import Picture, variants
from clusterpress.theme.addresses import root_relative


def write_picture(
    picture: Picture,
    settings: Settings,
    *,
    alt: str,
    sizes: str,
    eager: bool = False,
    attributes: Iterable[tuple[str, str]] = (),
) -> str:
    """Return the HTML of a picture, with all its versions.

    Args:
        picture: what is published.
        settings: the site's settings.
        alt: text alternative.
        sizes: how wide it is shown, as in HTML: ``(min-width: 48rem) 22rem, 100vw``.
        eager: load it before other pictures, as it is in view at first; others load when scrolled into view.
        attributes: more attributes of the ``<img>``.
    """
    versions = variants(picture, settings.pictures)
    sources = ""
    for name in settings.pictures.formats:
        lighter = [one for one in versions if one.type == f"image/{name}" != picture.type]
        if lighter:
            srcset = _srcset(((one.url, one.width) for one in lighter), settings.root)
            sources += f'<source type="image/{name}" srcset="{srcset}" sizes="{escape(sizes)}">'
    own = [(one.url, one.width) for one in versions if one.type == picture.type]
    choice = ""
    if own:
        srcset = _srcset([*own, (picture.url, picture.width)], settings.root)
        choice = f' srcset="{srcset}" sizes="{escape(sizes)}"'
    more = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
    when = 'fetchpriority="high"' if eager else 'loading="lazy"'
    image = (
        f'<img src="{escape(root_relative(picture.url, settings.root))}"{choice} alt="{escape(alt)}" '
        f'width="{picture.width}" height="{picture.height}" {when} decoding="async"{more}>'
    )
    return f"<picture>{sources}{image}</picture>" if sources else image


def _srcset(versions: Iterable[tuple[str, int]], root: str) -> str:
    # A comma at the end of an address would end the candidate.
    return ", ".join(
        f"{escape(root_relative(url, root)).replace(',', '%2C')} {width}w" for url, width in versions
    )


@lru_cache(maxsize=64)
def draw_emblem(label: str, lang: str = "") -> Markup:
    """Return the emblem as inline SVG.

    Args:
        label: text alternative.
        lang: language of the label when it is not the page's own.
    """
    foreign = Markup(' lang="{}"').format(lang) if lang else ""
    return Markup(
        '<svg class="emblem" role="img" aria-label="{}"{} viewBox="0 0 {:g} {:g}" width="60" height="40">'
        '<path fill="{}" d="M0 0h{:g}v{:g}H0z"/><path fill="{}" d="{}"/></svg>'
    ).format(label, foreign, FLY, HOIST, BLUE, FLY, HOIST, YELLOW, draw_stars())
