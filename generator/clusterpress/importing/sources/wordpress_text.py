"""Text of WordPress → plain HTML: its plugins' shortcodes, and the paragraphs of its classic editor."""

import re
from collections.abc import Callable, Mapping
from html import escape

from clusterpress.importing.addresses import name_of, public_address
from clusterpress.importing.texts.markdown import read_attributes

_NAME = r"[A-Za-z][\w-]*"
_CAPTION = re.compile(r"\[caption([^\]]*)\](.*?)\[/caption\]", re.DOTALL)
_GALLERY = re.compile(r"\[gallery([^\]]*)\]")
_EMBED = re.compile(
    r"\[(?:embed|video|audio|youtube|vimeo)([^\]]*)\](?:([^\[]*)\[/(?:embed|video|audio|youtube|vimeo)\])?"
)
_BUTTON = re.compile(rf"\[({_NAME})([^\]]*?\b(?:url|link|href)=[\"']?https?://[^\]]*)\]([^\[]+)\[/\1\]")
_ALONE = re.compile(r"^[ \t]*(https?://[^\s<>\"]+)[ \t]*$", re.MULTILINE)
_ANY = re.compile(rf"\[(/?)({_NAME})((?:\s+[^\[\]]*)?)(/?)\]")
_PICTURE = re.compile(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)
_KNOWN = re.compile(
    r"(?:vc_|et_|su_|fusion_|av_|wp_|elementor|contact-form|wpforms|gravityform|ninja_form|mc4wp|toc$|sharethis|"
    r"addtoany|jetpack|rev_slider|gallery|playlist|products|recent_posts|more$|row$|column|one_|two_|button$)",
    re.IGNORECASE,
)

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


def convert_wordpress_shortcodes(text: str, pictures: Pictures, report: Callable[[str], None]) -> str:
    """Return a body with its shortcodes replaced.

    Text between two shortcodes stays; ``[sic]`` and ``[1]`` are not shortcodes.

    Args:
        text: body of an entry.
        pictures: attachments of the export.
        report: takes each unknown shortcode.
    """
    text = text.replace("[[", "\x02").replace("]]", "\x03")
    text = _CAPTION.sub(_figure, text)
    text = _GALLERY.sub(lambda found: _gallery(_attributes(found[1]), pictures, report), text)
    text = _EMBED.sub(lambda found: _embed(found, report), text)
    text = _BUTTON.sub(_button, text)
    text = _ALONE.sub(lambda found: f"\n\n{_link(found[1])}\n\n", text)
    closed = set(re.findall(rf"\[/({_NAME})\]", text))
    text = _ANY.sub(lambda found: _unknown(found, closed, report), text)
    return text.replace("\x02", "[").replace("\x03", "]")


def _attributes(text: str) -> dict[str, str]:
    return read_attributes(text.replace("“", '"').replace("”", '"').replace("&quot;", '"'))


def _figure(found: re.Match[str]) -> str:
    """Return a figure. WordPress 2.6 has the caption in an attribute, later versions beside the picture."""
    picture = _PICTURE.search(found[2])
    if not picture:
        return found[2]
    words = _attributes(found[1]).get("caption") or found[2][: picture.start()] + found[2][picture.end() :]
    return f"\n\n<figure>{picture[0]}<figcaption>{words.strip()}</figcaption></figure>\n\n"


def _gallery(attributes: Mapping[str, str], pictures: Pictures, report: Callable[[str], None]) -> str:
    numbers = [number.strip() for number in attributes.get("ids", attributes.get("include", "")).split(",")]
    known = [pictures[number] for number in numbers if number in pictures]
    if not numbers[0] or len(known) < len(numbers):
        report("gallery" if not numbers[0] else f"gallery with {len(numbers) - len(known)} unknown pictures")
    figures = (
        f'<figure><img src="{escape(address)}" alt="{escape(alt)}">{words}</figure>'
        for address, alt, caption in known
        for words in [f"<figcaption>{caption}</figcaption>" if caption else ""]
    )
    return "\n\n" + "\n\n".join(figures) + "\n\n"


def _embed(found: re.Match[str], report: Callable[[str], None]) -> str:
    attributes = _attributes(found[1])
    named = [found[2] or "", *(attributes.get(key, "") for key in ("src", "mp4", "mp3", "url", "id"))]
    address = next((part.strip() for part in named if part.strip()), found[1].strip(" ="))
    if not re.match(r"https?://|/", address):
        report(found[0][1:-1])
        return ""
    return f"\n\n{_link(address)}\n\n"


def _link(address: str) -> str:
    shown = public_address(address)
    return f'<p><a href="{escape(shown)}">{escape(name_of(shown))}</a></p>'


def _button(found: re.Match[str]) -> str:
    attributes = _attributes(found[2])
    address = next((attributes[key] for key in ("url", "link", "href") if key in attributes), "")
    return f'<a href="{escape(address)}">{found[3]}</a>' if address else found[0]


def _unknown(found: re.Match[str], closed: set[str], report: Callable[[str], None]) -> str:
    name, attributes = found[2], found[3].strip()
    is_shortcode = found[1] or name in closed or "=" in attributes or _KNOWN.match(name)
    if not is_shortcode:
        return found[0]
    if not found[1]:
        report(f"{name} {attributes}".strip())
    return ""


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
