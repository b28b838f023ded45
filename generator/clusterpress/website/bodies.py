"""Bodies and pictures on web pages: links from the root, pictures and players set, anchors kept apart."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from html import escape

from markupsafe import Markup
from msgspec import Struct

from clusterpress.config.settings import Settings
from clusterpress.funding.acknowledgement import BLUE, FLY, HOIST, YELLOW, draw_stars
from clusterpress.library.entries import TeaserCards
from clusterpress.library.pictures import Picture, size_wanted, variants
from clusterpress.markup.body import EMBED_CLASS, Body, EmbedRef, LinkRef, Outline, PictureRef, render_html
from clusterpress.markup.documents import label_documents
from clusterpress.markup.galleries import PICTURE_CLASS
from clusterpress.markup.key_figures import mark_key_figures
from clusterpress.markup.number_columns import mark_number_columns
from clusterpress.theme.addresses import root_relative
from clusterpress.theme.theme import Theme
from clusterpress.website.views import ResolvedReferences, Site

TEXT_SIZES = "(min-width: 850px) 800px, calc(100vw - 48px)"
"""How wide pictures in a text are shown."""
UPRIGHT_SIZES = "(min-width: 850px) 300px, calc(100vw - 48px)"
"""How wide upright pictures in a text are shown."""
GALLERY_SIZES = "(min-width: 850px) 260px, (min-width: 560px) 45vw, calc(100vw - 48px)"
"""How wide pictures of a gallery are shown."""

_MATERIAL_STYLED = re.compile(
    r"(?:details|kbd)$|\.(?:.*\b)?(?:admonition|annotate|arithmatex|critic|grid|headerlink|highlight|keys|md-|mermaid"
    r"|tabbed-|task-list|twemoji)"
)
"""What Material's style sheet dresses in a body: 23 kB (compressed) that other pages do without."""
_FIRST_PICTURE = re.compile(
    r'<(?P<block>figure|p)>(?:<picture>(?:<source [^<>]*>)*)?<img src="(?P<src>[^"]*)"[^<>]*>'
    r"(?:</picture>)?</(?P=block)>\s*"
)
"""A picture without a caption at the beginning of a text."""
_TAG = re.compile(r"<[a-z][^<>]*>")
_ANCHOR = re.compile(r'(\s(?:id|for|name|aria-labelledby)="|\shref="#)')


class PageBody(Struct, frozen=True):
    """The body of a page."""

    html: str
    """Its HTML."""
    outline: Outline
    """What its page has to know of it."""

    @property
    def is_material_styled(self) -> bool:
        """Whether it needs the style sheet of Material."""
        return any(map(_MATERIAL_STYLED.match, self.outline.styled))


NO_BODY = PageBody("", Outline())
"""That of pages that show no text of their own."""


def render_page_body(
    body: Body,
    references: ResolvedReferences,
    site: Site,
    theme: Theme,
    *,
    collections: Sequence[TeaserCards] = (),
    without_lead: bool = False,
    shown: Picture | None = None,
) -> PageBody:
    """Return the body of a page, with places for players in the words of the page's language.

    Args:
        body: the rendered body.
        references: where its links and pictures lead.
        site: what all pages of the language share.
        theme: the theme.
        collections: the items of each list of other items in the body.
        without_lead: leave out the first paragraph.
        shown: the picture that the page shows over its text, which does not begin with the same one.
    """
    write = _Writer(references, site.settings)
    embed = partial(_write_embed, site, theme)
    cards = dict(zip(body.outline.collections, collections, strict=False))
    html = render_html(
        body,
        write.address,
        write.figure,
        embed=embed,
        collection=lambda one: _write_collection(site, theme, cards.get(one, TeaserCards())),
        without_lead=without_lead,
    )
    if shown and (first := _FIRST_PICTURE.match(html)):
        address = escape(root_relative(shown.url, site.settings.root))
        html = html[first.end() :] if first["src"] == address else html
    return PageBody(mark_number_columns(mark_key_figures(write.with_documents(html))), body.outline)


def render_body(body: Body, references: ResolvedReferences, settings: Settings, anchor_prefix: str) -> str:
    """Return the HTML of a body that stands beside another one on a page.

    Args:
        body: the rendered body.
        references: where its links and pictures lead.
        settings: the site's settings.
        anchor_prefix: put before every anchor, so that it differs from those of the other body.
    """
    write = _Writer(references, settings)
    html = write.with_documents(render_html(body, write.address, write.figure))
    return _TAG.sub(lambda tag: _ANCHOR.sub(rf"\g<1>{anchor_prefix}", tag[0]), html)


class _Writer(Struct, frozen=True):
    references: ResolvedReferences
    settings: Settings

    def address(self, link: LinkRef) -> str | None:
        target = self.references.targets.get(link.target)
        return None if target is None else root_relative(target, self.settings.root)

    def with_documents(self, html: str) -> str:
        root = self.settings.root
        words = {root_relative(path, root): said for path, said in self.references.documents.items()}
        return label_documents(html, words)

    def figure(self, ref: PictureRef) -> str:
        picture = self.references.figures.get(ref.src)
        if picture is None:
            return escape(ref.alt)
        if ("class", PICTURE_CLASS) in ref.attributes:
            sizes, attributes = GALLERY_SIZES, ref.attributes
        else:
            sizes = UPRIGHT_SIZES if picture.is_upright else TEXT_SIZES
            attributes = limit_upright(picture, ref.attributes)
        return write_picture(picture, self.settings, alt=ref.alt, sizes=sizes, attributes=attributes)


def limit_upright(
    picture: Picture, attributes: Iterable[tuple[str, str]] = ()
) -> tuple[tuple[str, str], ...]:
    """Return attributes that limit the height of an upright picture, unless they give a size or a class."""
    given = tuple(attributes)
    if not picture.is_upright or {"width", "height", "class"} & dict(given).keys():
        return given
    return *given, ("class", "upright"), ("height", str(picture.upright_height))


def _write_collection(site: Site, theme: Theme, cards: TeaserCards) -> str:
    """Return a list of other items: a title with its link, the date, and the summary."""
    from clusterpress.theme.wording import open_wording  # only now: planning a page needs no words

    wording = open_wording(theme, site.lang)
    rows = ""
    for card in cards:
        day = escape(wording.dates.when(card))
        when = (
            f'<time class="date" datetime="{card.day}">{day}</time> ' if card.day and not card.when else day
        )
        summary = f'<span class="lines__text">{escape(card.summary)}</span>' if card.summary else ""
        address = escape(root_relative(card.url, site.settings.root))
        link = f'<a href="{address}"{wording.foreign(card.lang)}>{escape(card.title)}</a>'
        rows += f"<li>{when}{link}{summary}</li>"
    return f'<ul class="lines collection">{rows}</ul>' if rows else ""


def _write_embed(site: Site, theme: Theme, embed: EmbedRef, poster: str, caption: str) -> str:
    """Return the place of a player: what it is, a button, what a click means, and the way without it.

    The player is named in ``data-embed``, which the page's content security policy allows and a script of the
    theme loads on a click; nothing is loaded before that.
    """
    from clusterpress.theme.wording import open_wording  # only now: planning a page needs no words

    say, name = open_wording(theme, site.lang).say, escape(embed.title)
    return (
        f'<figure class="{EMBED_CLASS}" data-embed="{escape(embed.player.address)}" data-title="{name}">'
        f'<div class="embed__frame">{poster}<p class="embed__title">{name}</p>'
        f'<p class="embed__load" hidden><button type="button" class="button">{say("embed_load")}'
        f'<span class="unseen">: {name}</span></button></p></div><figcaption>{caption} '
        f'<span class="embed__note">{say("embed_note", host=embed.player.host)}</span> '
        f'<a href="{escape(embed.address)}" rel="noopener noreferrer">'
        f"{say('embed_open', title=embed.title)}</a></figcaption></figure>"
    )


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
        attributes: more attributes of the ``<img>``; they take precedence.
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
    when = {"fetchpriority": "high"} if eager else {"loading": "lazy"}
    named = {**when, "decoding": "async", **dict(attributes)}
    if picture.is_remote:
        size = 'referrerpolicy="no-referrer"'
    else:
        width, height = size_wanted(picture, named.pop("width", ""), named.pop("height", ""))
        size = f'width="{width}" height="{height}"'
    more = "".join(f' {name}="{escape(value)}"' for name, value in named.items())
    image = (
        f'<img src="{escape(root_relative(picture.url, settings.root))}"{choice} alt="{escape(alt)}" '
        f"{size}{more}>"
    )
    return f"<picture>{sources}{image}</picture>" if sources else image


def _srcset(versions: Iterable[tuple[str, int]], root: str) -> str:
    # A comma at the end of an address would end the candidate.
    return ", ".join(
        f"{escape(root_relative(url, root)).replace(',', '%2C')} {width}w" for url, width in versions
    )


@lru_cache(maxsize=64)
def draw_emblem(label: str, lang: str = "") -> Markup:
    """Return the emblem as inline SVG; ``lang`` is that of the label when it is not the page's own."""
    foreign = Markup(' lang="{}"').format(lang) if lang else ""
    return Markup(
        '<svg class="emblem" role="img" aria-label="{}"{} viewBox="0 0 {:g} {:g}" width="60" height="40">'
        '<path fill="{}" d="M0 0h{:g}v{:g}H0z"/><path fill="{}" d="{}"/></svg>'
    ).format(label, foreign, FLY, HOIST, BLUE, FLY, HOIST, YELLOW, draw_stars())
