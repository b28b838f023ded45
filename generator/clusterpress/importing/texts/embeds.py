"""Embeds: players and frames of other sites become links, since our pages load nothing from third parties."""

import re
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup, Tag

_FRAMES = ["iframe", "embed", "object", "video", "audio"]
_BARE = re.compile(r"https?://\S+")
_PATHS = (
    (
        re.compile(r"(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+)"),
        "https://www.youtube.com/watch?v={}",
    ),
    (re.compile(r"player\.vimeo\.com/video/(\d+)"), "https://vimeo.com/{}"),
    (re.compile(r"(?:www\.)?dailymotion\.com/embed/video/(\w+)"), "https://www.dailymotion.com/video/{}"),
)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")


def read_attributes(text: str) -> dict[str, str]:
    """Return the attributes in the text of a tag or shortcode: name in lower case → value."""
    return {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(text)}


def normalise_embeds(soup: BeautifulSoup) -> None:
    """Replace each player, and each address that WordPress would embed, by a link."""
    for frame in soup.find_all(_FRAMES):
        if frame.decomposed:
            continue
        address = _address_of(frame)
        words = " ".join(frame.get_text(" ").split()) if frame.name != "object" else ""
        if not address:
            frame.unwrap()
            continue
        frame.replace_with(_paragraph(soup, address, str(frame.get("title") or words or name_of(address))))
    for wrapper in soup.select(".wp-block-embed__wrapper"):
        text = wrapper.get_text(strip=True)
        if _BARE.fullmatch(text):
            wrapper.clear()
            wrapper.append(_paragraph(soup, text, name_of(text)))


def public_address(address: str) -> str:
    """Return the public address of the content of a player."""
    address = f"https:{address}" if address.startswith("//") else address
    rest = address.partition("://")[2]
    for pattern, form in _PATHS:
        if found := pattern.match(rest):
            return form.format(found[1])
    parts = urlsplit(address)
    if parts.path.endswith("/plugins/video.php") or parts.path.endswith("/plugins/post.php"):
        return parse_qs(parts.query).get("href", [address])[0]
    return address


def name_of(address: str) -> str:
    """Return the text of a link to an address: its host, or the name of the file."""
    parts = urlsplit(address)
    return parts.netloc.removeprefix("www.") or parts.path.rsplit("/", 1)[-1] or address


def _address_of(frame: Tag) -> str:
    source = frame if frame.get("src") or frame.get("data-src") else frame.find("source", src=True) or frame
    address = str(source.get("src") or source.get("data-src") or source.get("data") or "").strip()
    return public_address(address) if not address.startswith(("about:", "data:", "javascript:")) else ""


def _paragraph(soup: BeautifulSoup, address: str, words: str) -> Tag:
    paragraph, link = soup.new_tag("p"), soup.new_tag("a", href=address)
    link.string = words
    paragraph.append(link)
    return paragraph
