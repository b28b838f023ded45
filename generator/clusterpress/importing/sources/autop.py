"""Paragraphs as WordPress makes them of its classic editor's text: an empty line parts, a newline breaks."""

import re

_BLOCKS = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|address|blockquote|"
    "p|h[1-6]|hr|fieldset|legend|section|article|aside|header|footer|nav|figure|figcaption|details|summary|iframe"
)
_BEGIN = re.compile(rf"(<(?:{_BLOCKS})\b[^>]*>)", re.IGNORECASE)
_END = re.compile(rf"(</(?:{_BLOCKS})>)", re.IGNORECASE)
_IS_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b", re.IGNORECASE)
_VERBATIM = re.compile(r"<(pre|script|style|textarea)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
_BLOCK_EDITOR = re.compile(r"<!--\s*/?wp:")


def add_paragraphs(text: str) -> str:
    """Return HTML in which the paragraphs of the classic editor are elements; that of the block editor is."""
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
    r"""Return a block whose own text has line ends, as in ``<div>one\\ntwo</div>``, with breaks there."""
    tag = re.match(r"(?:\s*</?[^>]+>)+", piece)
    at = tag.end() if tag else 0
    return piece[:at] + _with_breaks(piece[at:])


def _with_breaks(text: str) -> str:
    return re.sub(r"(?<!<br>)(?<!<br/>)(?<!<br />)\n(?!\s*</?(?:li|tr|td|th|ul|ol|option)\b)", "<br>\n", text)
