"""Passes over HTML: players, and addresses that stand alone, become links that our pages can embed."""

import re

from bs4 import BeautifulSoup, Tag

from clusterpress.importing.addresses import name_of, name_of_recording, public_address
from clusterpress.markup.body import EMBED_CLASS, find_player

_FRAMES = ["iframe", "embed", "object", "video", "audio"]
_BARE = re.compile(r"https?://[^\s<>\"]+")
_FALLBACK = ["video", "audio", "object"]
"""Elements whose content only browsers without the player show."""


def normalise_embeds(soup: BeautifulSoup) -> None:
    """Replace each player by a link; links to players that our pages know are marked to be embedded."""
    for frame in soup.find_all(_FRAMES):
        if not frame.decomposed:
            _replace_frame(soup, frame)
    for wrapper in soup.select(".wp-block-embed__wrapper"):
        address = wrapper.get_text(strip=True)
        if _BARE.fullmatch(address):
            wrapper.clear()
            wrapper.append(_paragraph(soup, address, name_of(address)))
    for paragraph in soup.find_all(["p", "div"]):
        _embed_bare_address(soup, paragraph)
    for link in soup.find_all("a", class_=EMBED_CLASS):
        _mark(link)


def _replace_frame(soup: BeautifulSoup, frame: Tag) -> None:
    address = _address_of(frame)
    if not address:
        frame.unwrap()
        return
    block = frame.find_parent(class_="wp-block-file")
    if block and block.find("a", href=str(frame.get("data") or "")):
        frame.decompose()  # the preview of a file that has a link beside it
        return
    words = "" if frame.name in _FALLBACK else " ".join(frame.get_text(" ").split())
    title = str(frame.get("title") or frame.get("aria-label") or words or name_of_recording(address))
    frame.replace_with(_paragraph(soup, address, title))


def _address_of(frame: Tag) -> str:
    source = frame if frame.get("src") or frame.get("data-src") else frame.find("source", src=True) or frame
    named = (source.get("src"), source.get("data-src"), source.get("data"), source.get("data-litespeed-src"))
    addresses = (str(address or "").strip() for address in named)
    address = next(
        (one for one in addresses if one and not one.startswith(("about:", "data:", "javascript:"))), ""
    )
    if not address and frame.name == "object":
        inner = frame.find("param", attrs={"name": ["movie", "src"]})
        address = str(inner.get("value") or "") if inner else ""
    return public_address(address) if address else ""


def _paragraph(soup: BeautifulSoup, address: str, words: str) -> Tag:
    paragraph, link = soup.new_tag("p"), soup.new_tag("a", href=address)
    link["class"] = EMBED_CLASS
    link.string = words
    paragraph.append(link)
    return paragraph


def _embed_bare_address(soup: BeautifulSoup, paragraph: Tag) -> None:
    """Embed a film whose address stands alone in its paragraph, as most programs do."""
    address = paragraph.get_text(strip=True)
    if not _BARE.fullmatch(address) or not find_player(public_address(address)):
        return
    if paragraph.find(lambda tag: tag.name != "a" or str(tag.get("href")) != address):
        return
    paragraph.clear()
    paragraph.append(_paragraph(soup, public_address(address), name_of(address)).a or "")


def _mark(link: Tag) -> None:
    """Keep the mark of a link that can be embedded: one to a known player, and alone in its paragraph."""
    address = str(link.get("href") or "")
    alone = link.parent is not None and link.parent.name == "p"
    if not alone or link.find_parent(["td", "th", "li", "dd"]) or not find_player(address):
        del link["class"]
