"""Text of WordPress → plain HTML: its plugins' shortcodes, and the paragraphs of its classic editor."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape, unescape
from urllib.parse import unquote

from msgspec import Struct

from clusterpress.importing.addresses import name_of, name_of_recording, public_address
from clusterpress.importing.inventory import Inventory, Use
from clusterpress.importing.texts.markdown import read_attributes

_NAME = r"[A-Za-z][\w-]*"
_CAPTION = re.compile(r"\[caption([^\]]*)\](.*?)\[/caption\]", re.DOTALL)
_GALLERY = re.compile(r"\[gallery([^\]]*)\]")
_PLAYLIST = re.compile(r"\[playlist([^\]]*)\]")
_PLAYERS = "embed|video|audio|youtube|vimeo|soundcloud"
_EMBED = re.compile(rf"\[({_PLAYERS})\b([^\]]*)\](?:([^\[]*)\[/(?:{_PLAYERS})\])?")
_SOURCES = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "url", "id", "video_id")
_NOTE = re.compile(r"\[(ref|footnote|fn|efn_note|note)\](.*?)\[/\1\]", re.DOTALL)
_BUTTON = re.compile(rf"\[({_NAME})([^\]]*?\b(?:url|link|href)=[\"']?https?://[^\]]*)\]([^\[]+)\[/\1\]")
_ALONE = re.compile(r"^[ \t]*(https?://[^\s<>\"]+)[ \t]*$", re.MULTILINE)
_ANY = re.compile(rf"\[(/?)({_NAME})((?:\s+[^\[\]]*)?)(/?)\]")
_PICTURE = re.compile(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)
_KNOWN = re.compile(
    r"(?:vc_|et_|su_|fusion_|av_|wp_|elementor|contact-form|wpforms|gravityform|ninja_form|mc4wp|toc$|sharethis|"
    r"addtoany|jetpack|rev_slider|gallery|playlist|products|recent_posts|more$|row$|column|one_|two_|button$)",
    re.IGNORECASE,
)

_LAYOUT = re.compile(
    r"(?:vc_row|vc_column$|vc_column_inner|vc_section|vc_empty_space|et_pb_(?:section|row|column)|fusion_builder_|"
    r"av_(?:section|one_|two_|three_)|row$|column$|one_|two_|three_|su_(?:row|column)|toc$|more$|columns?$)"
)
"""Shortcodes without content of their own."""
_SHOWN = re.compile(
    r"heading|title|text|btn|button|cta|quote|alert|box|toggle|tab|accordion|testimonial|counter",
    re.IGNORECASE,
)
"""Names of shortcodes that show the words in their attributes."""
_WORDS = ("heading", "title", "text", "subtitle", "content", "quote", "label", "author", "caption")
_HINT = "compare the item with the old site, and write what is missing"

Pictures = Mapping[str, tuple[str, str, str]]
"""Number of an attachment → (address, alt text, caption)."""
_BLOCKS = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|address|blockquote|"
    "p|h[1-6]|hr|fieldset|legend|section|article|aside|header|footer|nav|figure|figcaption|details|summary|iframe"
)
_BEGIN = re.compile(rf"(<(?:{_BLOCKS})\b[^>]*>)", re.IGNORECASE)
_END = re.compile(rf"(</(?:{_BLOCKS})>)", re.IGNORECASE)
_IS_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b", re.IGNORECASE)
_VERBATIM = re.compile(r"<(pre|script|style|textarea)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
_BLOCK_EDITOR = re.compile(r"<!--\s*/?wp:")


class ShortcodeConverter(Struct, frozen=True, kw_only=True):
    """Converts the shortcodes of one text."""

    pictures: Pictures
    """Attachments of the export."""
    own: Sequence[str]
    """Numbers of the attachments that were uploaded to this post."""
    inventory: Inventory
    report: Callable[[str], None]
    """Takes each unknown shortcode."""

    def convert(self, text: str) -> str:
        """Return a text with its shortcodes replaced.

        Text between two shortcodes stays; ``[sic]`` and ``[1]`` are not shortcodes.
        """
        text = text.replace("[[", "\x02").replace("]]", "\x03")
        text = self._each("caption", _CAPTION, _figure, text)
        text = self._each("gallery", _GALLERY, self._gallery, text)
        text = self._each("playlist", _PLAYLIST, self._playlist, text)
        text = self._each("embed", _EMBED, self._embed, text)
        text = self._each("footnote", _NOTE, lambda found: f"<footnote>{found[2].strip()}</footnote>", text)
        text = self._each("button", _BUTTON, _button, text)
        text = _ALONE.sub(lambda found: f"\n\n{_link(found[1])}\n\n", text)
        closed = set(re.findall(rf"\[/({_NAME})\]", text))
        text = _ANY.sub(lambda found: self._unknown(found, closed), text)
        return text.replace("\x02", "[").replace("\x03", "]")

    def _each(
        self, name: str, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str], text: str
    ) -> str:
        text, count = pattern.subn(change, text)
        if count:
            self.inventory.add("shortcode", name, count=count)
        return text

    def _gallery(self, found: re.Match[str]) -> str:
        """Return the pictures that a gallery names, or those that were uploaded to the post."""
        attributes = _attributes(found[1])
        named = attributes.get("ids") or attributes.get("include") or ""
        numbers = [number.strip() for number in named.split(",") if number.strip()]
        known = [number for number in numbers or self.own if number in self.pictures]
        if not known or len(known) < len(numbers):
            unknown = len(numbers) - len(known)
            self.report(f"gallery with {unknown} unknown pictures" if numbers else "gallery")
        return f"\n\n{figures_of(known, self.pictures)}\n\n"

    def _playlist(self, found: re.Match[str]) -> str:
        numbers = _attributes(found[1]).get("ids", "").split(",")
        addresses = [
            self.pictures[number.strip()][0] for number in numbers if number.strip() in self.pictures
        ]
        if not addresses:
            self.report("playlist")
        return "".join(f"\n\n{_link(address)}\n\n" for address in addresses)

    def _embed(self, found: re.Match[str]) -> str:
        attributes = _attributes(found[2])
        named = [found[3] or "", *(attributes.get(key, "") for key in _SOURCES)]
        address = next((part.strip() for part in named if part.strip()), found[2].strip(" =\"'"))
        address = _address_of_film(found[1], address)
        if not re.match(r"https?://|/", address):
            self.report(found[0][1:-1])
            return ""
        return f"\n\n{_link(address)}\n\n"

    def _unknown(self, found: re.Match[str], closed: set[str]) -> str:
        name, attributes = found[2], found[3].strip()
        is_shortcode = found[1] or name in closed or "=" in attributes or _KNOWN.match(name)
        if not is_shortcode:
            return found[0]
        if found[1]:
            return ""
        self.report(f"{name} {attributes}".strip())
        if _LAYOUT.match(name):
            self.inventory.add("shortcode", name, Use.NOT_NEEDED, "it only arranged the page")
            return ""
        words = _words_of(name, _attributes(attributes), has_text=name in closed)
        if words:
            self.inventory.add("shortcode", name, Use.CARRIED, "its words and links")
        elif name in closed:
            self.inventory.add("shortcode", name, Use.CARRIED, "the text within it")
        else:
            self.inventory.add("shortcode", name, Use.LEFT_OUT, "a plugin made its content", _HINT)
        return words


def _words_of(name: str, attributes: Mapping[str, str], *, has_text: bool) -> str:
    """Return the words that a shortcode of a page builder shows, from its attributes."""
    if not (has_text or _SHOWN.search(name)):
        return ""
    words = " ".join(escape(unescape(attributes[key])) for key in _WORDS if attributes.get(key))
    link = next((attributes[key] for key in ("url", "link", "href") if attributes.get(key)), "")
    link = unquote(link.removeprefix("url:").partition("|")[0])
    if re.match(r"https?://|/", link):
        words = f'<a href="{escape(link)}">{words or escape(name_of(link))}</a>'
    return f"\n\n<p>{words}</p>\n\n" if words else ""


def _address_of_film(host: str, written: str) -> str:
    """Return the address of a film that is named by its number."""
    if host == "youtube" and re.fullmatch(r"[\w-]{11}", written):
        return f"https://www.youtube.com/watch?v={written}"
    return f"https://vimeo.com/{written}" if host == "vimeo" and written.isdigit() else written


def figures_of(numbers: Iterable[str], pictures: Pictures) -> str:
    """Return the figures of attachments; those that are not in the export are left out."""
    figures = (
        f'<figure><img src="{escape(address)}" alt="{escape(alt)}">{words}</figure>'
        for address, alt, caption in (pictures[number] for number in numbers if number in pictures)
        for words in [f"<figcaption>{caption}</figcaption>" if caption else ""]
    )
    return "\n\n".join(figures)


def _attributes(text: str) -> dict[str, str]:
    return read_attributes(text.replace("“", '"').replace("”", '"').replace("&quot;", '"'))


def _figure(found: re.Match[str]) -> str:
    """Return a figure. WordPress 2.6 has the caption in an attribute, later versions beside the picture."""
    picture = _PICTURE.search(found[2])
    if not picture:
        return found[2]
    words = _attributes(found[1]).get("caption") or found[2][: picture.start()] + found[2][picture.end() :]
    return f"\n\n<figure>{picture[0]}<figcaption>{words.strip()}</figcaption></figure>\n\n"


def _link(address: str) -> str:
    shown = public_address(address)
    return f'<p><a class="embed" href="{escape(shown)}">{escape(name_of_recording(shown))}</a></p>'


def _button(found: re.Match[str]) -> str:
    attributes = _attributes(found[2])
    address = next((attributes[key] for key in ("url", "link", "href") if key in attributes), "")
    return f'<a href="{escape(address)}">{found[3]}</a>' if address else found[0]


def add_paragraphs(text: str) -> str:
    """Return HTML with elements for the paragraphs of the classic editor; block editor HTML has them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _BLOCK_EDITOR.search(text):
        return text
    verbatim: list[str] = []

    def stash(found: re.Match[str]) -> str:
        verbatim.append(found[0])
        return f"\n\n\x02{len(verbatim) - 1}\x03\n\n"

    text = _END.sub(r"\1\n\n", _BEGIN.sub(r"\n\n\1", _VERBATIM.sub(stash, text)))
    pieces = (piece.strip() for piece in re.split(r"\n\s*\n", text))
    html = "\n".join(_paragraph(piece) for piece in pieces if piece)
    return re.sub("\x02(\\d+)\x03", lambda found: verbatim[int(found[1])], html)


def _paragraph(piece: str) -> str:
    if _IS_BLOCK.match(piece) or piece.startswith("\x02"):
        return (_IS_BLOCK.match(piece) and "\n" in piece and _add_inner_breaks(piece)) or piece
    return f"<p>{_with_breaks(piece)}</p>"


def _add_inner_breaks(piece: str) -> str:
    r"""Return a block with breaks at the line ends of its own text, as in ``<div>one\\ntwo</div>``."""
    tag = re.match(r"(?:\s*</?[^>]+>)+", piece)
    at = tag.end() if tag else 0
    return piece[:at] + _with_breaks(piece[at:])


def _with_breaks(text: str) -> str:
    return re.sub(r"(?<!<br>)(?<!<br/>)(?<!<br />)\n(?!\s*</?(?:li|tr|td|th|ul|ol|option)\b)", "<br>\n", text)
