"""Normalise HTML from any source, so that all running text is in blocks.

Each pass fixes one problem, in the order of `normalise_html`. Visible content stays, except share buttons,
which are reported.
"""

import re

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString, PageElement

from clusterpress.importing.addresses import split
from clusterpress.importing.inventory import Inventory
from clusterpress.importing.records import References
from clusterpress.importing.texts.blocks import (
    BLOCKS,
    is_raw,
    normalise_emphasis,
    normalise_figures,
    normalise_quotations,
    normalise_spaces,
    normalise_tables,
    normalise_verses,
    unnest_blocks,
    unwrap_galleries,
)
from clusterpress.importing.texts.elements import take_stock
from clusterpress.importing.texts.embeds import normalise_embeds

LINE = "line"
"""Element for running text in a list item, without empty lines around it."""

_INVISIBLE = ["script", "style", "template", "head", "title", "meta", "link"]
_SHARE = re.compile(
    r"(?:^|[\s_-])(?:sharedaddy|addtoany\w*|a2a_kit|sharethis\w*|shareaholic\w*|ssba|essb\w*|heateor\w*|"
    r"social-?shar\w*|share-?(?:box|bar|buttons?|links?|this)|jp-relatedposts|wp-block-jetpack-sharing-buttons?|"
    r"better-social)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CONTAINERS = frozenset(
    """[document] address article aside blockquote center dd details dialog div fieldset figcaption figure
    footer form header hgroup li main nav section summary""".split()  # noqa: SIM905
)
_BACKGROUND = re.compile(r"background(?:-image)?:\s*url\([\"']?([^\"')]+)")
_BUTTON = re.compile(r"(?:^|[\s_-])(?:button|btn)(?:$|[\s_-])|__button", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)$", re.IGNORECASE)


def normalise_html(soup: BeautifulSoup, references: References, inventory: Inventory) -> None:
    """Normalise a tree in place.

    Args:
        soup: the tree.
        references: resolves its links and pictures.
        inventory: takes its elements.
    """
    _unwrap_boxes(soup)
    take_stock(soup, inventory)
    _drop_invisible(soup)
    _drop_share_boxes(soup, references)
    _normalise_backgrounds(soup)
    _separate_buttons(soup)
    normalise_embeds(soup)
    unwrap_galleries(soup)
    normalise_verses(soup)
    _normalise_pictures(soup, references)
    _normalise_anchors(soup)
    _normalise_links(soup, references)
    normalise_figures(soup)
    normalise_quotations(soup)
    normalise_tables(soup)
    normalise_spaces(soup)
    unnest_blocks(soup)
    normalise_emphasis(soup)
    _wrap_inline_runs(soup)


def _unwrap_boxes(soup: BeautifulSoup) -> None:
    """Unwrap boxes that only contain another one: some editors nest thousands, and each costs time."""
    for box in soup.find_all("div"):
        parts = [part for part in box.contents if isinstance(part, Tag) or str(part).strip()]
        if not box.attrs and len(parts) == 1 and isinstance(parts[0], Tag) and parts[0].name == "div":
            box.unwrap()


def _drop_invisible(soup: BeautifulSoup) -> None:
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for element in soup.find_all(_INVISIBLE):
        element.decompose()
    for element in soup.find_all("noscript"):
        # A picture that a script loads is repeated in <noscript>.
        if element.find("img") and element.find_previous("img"):
            element.decompose()
        else:
            element.unwrap()


def _drop_share_boxes(soup: BeautifulSoup, references: References) -> None:
    for element in soup.find_all():
        if element.decomposed:
            continue
        names = " ".join([*(element.get("class") or []), str(element.get("id") or "")])
        if names.strip() and _SHARE.search(names):
            element.decompose()
            references.remark(
                "share buttons or a list of related posts were left out", "the site has its own"
            )


def _normalise_backgrounds(soup: BeautifulSoup) -> None:
    """Turn the background of a cover into a picture."""
    for cover in soup.find_all(class_="wp-block-cover"):
        found = _BACKGROUND.search(str(cover.get("style") or ""))
        if found and not cover.find("img"):
            cover.insert(0, soup.new_tag("img", src=found[1], alt=""))


def _separate_buttons(soup: BeautifulSoup) -> None:
    """Put a space between a link and the button beside it: their styles kept them apart."""
    for button in soup.find_all("a"):
        before = button.previous_sibling
        names = " ".join(button.get("class") or [])
        if isinstance(before, Tag) and before.name == "a" and _BUTTON.search(names):
            button.insert_before(NavigableString(" "))


def _normalise_pictures(soup: BeautifulSoup, references: References) -> None:
    """Resolve pictures; one without a file becomes a link to its old address."""
    for picture in soup.find_all("img"):
        address = _address_of(picture)
        if _is_decorative(picture, address):
            picture.decompose()
            continue
        source = references.picture(address)
        words = str(picture.get("alt") or "").strip()
        if source:
            caption = str(picture.get("data-caption") or "")
            picture.attrs.clear()
            picture.attrs.update(
                {"src": source, "alt": words} | ({"data-caption": caption} if caption else {})
            )
        elif (outside := references.outside(address)) and not picture.find_parent("a"):
            link = soup.new_tag("a", href=outside)
            link["class"] = "settled"
            link.string = words or address.rsplit("/", 1)[-1]
            picture.replace_with(link)
        else:
            around = picture.find_parent("a")
            file_name = split(address).path.rsplit("/", 1)[-1]
            # A link must keep words that readers can follow.
            needs_words = around is not None and not around.get_text(strip=True)
            picture.replace_with(NavigableString(words or (file_name if needs_words else "")))


def _address_of(picture: Tag) -> str:
    """Return a picture's address; scripts for lazy loading keep it in other attributes."""
    named = [str(picture.get(name) or "") for name in ("src", "data-src", "data-lazy-src", "data-orig-file")]
    return next((address for address in named if address and not address.startswith("data:")), "")


def _is_decorative(picture: Tag, address: str) -> bool:
    """Whether a picture is an emoji, which becomes text, or a tracking pixel."""
    if {"wp-smiley", "emoji"} & {*(picture.get("class") or ())}:
        picture.insert_before(NavigableString(str(picture.get("alt") or "")))
        return True
    return not address or (picture.get("width") == "1" and picture.get("height") == "1")


def _normalise_anchors(soup: BeautifulSoup) -> None:
    """Keep the ids that links of the same text refer to, and no others."""
    wanted = {str(link["href"])[1:] for link in soup.select('a[href^="#"]')}
    for element in soup.find_all():
        name = str(element.get("id") or (element.get("name") if element.name == "a" else "") or "")
        for key in ("id", "name"):
            element.attrs.pop(key, None)
        if not name or name not in wanted or not re.fullmatch(r"[\w:.-]+", name):
            continue
        if re.fullmatch(r"h[1-6]", element.name):
            element["id"] = name
        elif element.name in {"tr", "table", "tbody", "thead", "ul", "ol", "dl", "img", "hr"}:
            element.insert_before(soup.new_tag("anchor", id=name))
        else:
            element.insert(0, soup.new_tag("anchor", id=name))
    there = {str(element["id"]) for element in soup.find_all(id=True)}
    for link in soup.select('a[href^="#"]'):
        if str(link["href"])[1:] not in there:
            del link["href"]


def _normalise_links(soup: BeautifulSoup, references: References) -> None:
    for link in soup.find_all("a", href=True):
        address = str(link["href"]).strip()
        shown = link.find("img")
        if link.get("class") == "settled" or address.startswith("#"):
            continue
        if shown and _PICTURE.search(split(address).path):
            link.unwrap()  # a thumbnail that opened the full picture: our pages do that by themselves
        elif settled := references.link(address):
            link["href"] = settled
        else:
            del link["href"]


def _wrap_inline_runs(soup: BeautifulSoup) -> None:
    """Wrap each run of text between blocks in a paragraph, or in a line if a list is to stay tight."""
    for container in [soup, *soup.find_all(_CONTAINERS - {"[document]"})]:
        if is_raw(container) or container.find_parent(["td", "th", "pre"]):
            continue
        tight = container.name in {"li", "dd"} and not any(
            isinstance(child, Tag) and child.name in BLOCKS - {"ul", "ol", "dl"}
            for child in container.children
        )
        run: list[PageElement] = []
        for child in [*container.contents, None]:
            if child is not None and not (isinstance(child, Tag) and child.name in BLOCKS):
                run.append(child)
                continue
            if any(isinstance(part, Tag) or str(part).strip() for part in run):
                block = soup.new_tag(LINE if tight else "p")
                run[0].insert_before(block)
                block.extend(run)
            run = []
