"""Plain text: the words of clean HTML without its marks."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape as unescape_all

from msgspec import Struct

from clusterpress.markup.body import Outline
from clusterpress.markup.clean_html import ATTRIBUTES, MORE, OPAQUE, CleanHtml, escape_text, unescape

EXCERPT = 300
"""Maximum length of an excerpt in characters."""

_BREAK = "\f"  # no text can hold this character either
_BLOCKS = frozenset(
    """address article aside blockquote caption dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section summary table tbody td tfoot th
    thead tr ul""".split()  # noqa: SIM905 (words read best)
)
SPANS = frozenset(
    "a abbr b bdi bdo cite code del dfn em i img ins kbd mark q s samp small span strong sub sup u".split()  # noqa: SIM905
)
"""Elements within a line."""
_DELETED = ("del", "s", "strike")
"""Elements whose words hold no longer: without their line they would read as valid."""
_READ_AS = {
    **{f"{end}{tag}": _BREAK for tag in _BLOCKS for end in ("", "/")},
    **{f"{end}{tag}": "" for tag in SPANS.difference(_DELETED) for end in ("", "/")},
    "br": "\n",
}
"""Tag → its replacement in plain text."""
_MARKS = frozenset({"footnote-backref", "footnote-ref", "headerlink", "toc"})
"""Classes of generated links and lists, which are not part of the author's text."""
_UNSEEN = frozenset({"script", "style"})

_TAG = re.compile(r'<(/?[a-z1-6]+)(?: [a-z-]+="[^"]*")*>')
_ANY_TAG = re.compile(rf"<(/?[^ \t\n\f\r><]+){ATTRIBUTES}>")
_DELETION = re.compile(f"<(?:{'|'.join(_DELETED)})[ >]")
_CLOSING = re.compile(r"[.,;:!?)\]…،؛؟]")
_FIRST = re.compile(rf"[ \n{MORE}]*<p{ATTRIBUTES}>")

_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^)\[]*\)|\[[^\[\]]*\])")
_WRITTEN_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MARKDOWN_MARKS = re.compile(r"[*_`~\\\u00ad\u200b-\u200f\u2060\ufeff]|['\"‘’‚‛“”„‟«»‹›]")
_DASHES = re.compile(r"(?<!\s)\s*(?:--+|[-\u2010-\u2015\u2212])\s*")
_COMMON = re.compile(r"[A-Za-z0-9 \n.,:;!?()/%]*")
_SALUTATION = (",", "،")
"""The end of a salutation."""
_LONGEST_SALUTATION = 100
"""Its most characters: "Sehr geehrte Damen und Herren, liebe Freundinnen und Freunde," has 61."""

_FINAL = " .!?…:;,؟۔،"
_ENDS = ".!?…؟"


class PlainText(Struct, frozen=True):
    """The words of a body."""

    text: str
    """All of them, paragraphs separated by empty lines."""
    first_paragraph: str
    """Those of the first block if it is a paragraph and no word in it is deleted."""
    excerpt: str
    """Those before `MORE`, else those of the first paragraph, at most `EXCERPT` characters."""


def read_plain_text(html: CleanHtml) -> PlainText:
    """Return the words of a body."""
    marked = words_of(html.text)
    before, marker, _ = marked.partition(MORE)
    text = _without_marker(marked)
    start, end = lead_of(html)
    first = _without_marker(words_of(html.text[start:end]))
    beginning = " ".join(before.split()) if marker else ""
    if not beginning or _is_salutation(beginning):
        beginning = _first_sentence(first, html)
        if not beginning and next(_paragraphs(html), None) is None:
            beginning = text.partition("\n\n")[0]
    # No summary may take the place of a paragraph that shows what was deleted.
    compared = "" if _DELETION.search(html.text, start, end) else first
    return PlainText(text, compared, shortened(beginning))


def _first_sentence(first: str, html: CleanHtml) -> str:
    """Return the first paragraph that is no salutation: "Dear readers," says nothing about a text.

    After a salutation many languages go on in lower case; alone, the sentence begins with a capital.
    """
    if first and not _is_salutation(first):
        return first
    found = next((text for text in _paragraphs(html) if not _is_salutation(text)), "")
    return found[:1].upper() + found[1:] if first else found


def _is_salutation(text: str) -> bool:
    return len(text) <= _LONGEST_SALUTATION and text.endswith(_SALUTATION)


def words_of(html: str) -> str:
    """Return the words of clean HTML, white space folded, paragraphs separated by empty lines.

    Deleted words are left out.
    """
    text = _with_single_spaces(unescape(_without_tags(html) if "<" in html else html))
    if _BREAK not in text:
        return text.strip(" \u00a0")
    paragraphs = [paragraph.strip(" \u00a0") for paragraph in text.split(_BREAK)]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def texts_of(html: str) -> list[str]:
    """Return the pieces of text that stand between the tags of clean HTML."""
    return [unescape(text) for text in _ANY_TAG.split(OPAQUE.sub("", html))[::2]]


def count_words(text: str) -> int:
    """Return the number of words of a text that `words_of` returned."""
    if not text.isascii():  # other spaces may
        return len(text.split())
    return text.count(" ") + text.count("\n\n") + 1 if text else 0


def lead_of(html: CleanHtml) -> tuple[int, int]:
    """Return start and end of the first block if it is a paragraph, else two zeros."""
    found = _FIRST.match(html.searchable)
    return (found.end(), html.ends_of("p", found.end())[1]) if found else (0, 0)


def shortened(text: str) -> str:
    """Return a text of at most `EXCERPT` characters, cut after a word."""
    if len(text) <= EXCERPT:
        return text
    room = text[: EXCERPT - 1]
    return (room.rpartition(" ")[0] or room).rstrip(" ,;:.–—-") + "…"


def _paragraphs(html: CleanHtml) -> Iterator[str]:
    """Yield the words of each paragraph that stands in no other element and is not empty."""
    for tag, start, end in html.at_top():
        if tag == "p" and (words := _without_marker(words_of(html.text[start:end]))):
            yield words


def _without_tags(html: str) -> str:
    if 'class="' not in html or not any(f'class="{mark}"' in html for mark in _MARKS):
        pieces = _TAG.split(html)
        try:
            pieces[1::2] = [_READ_AS[tag] for tag in pieces[1::2]]
        except KeyError:  # a rarer element
            pass
        else:
            text = "".join(pieces)
            if "<" not in text:  # nor a rarer attribute
                return text
    pieces = _ANY_TAG.split(_without_unseen(html))
    pieces[1::2] = [_READ_AS.get(tag, "") for tag in pieces[1::2]]
    return "".join(pieces)


def _without_unseen(html: str) -> str:
    page = CleanHtml(OPAQUE.sub(_without_opaque, html))
    cuts: list[tuple[int, int, str]] = []
    for element in page.named("template", "a", "div", *_DELETED):
        unseen = element.tag in ("template", *_DELETED) or element.get("class") in _MARKS
        done = cuts[-1][1] if cuts else 0
        if unseen and element.start >= done:
            start, end = element.start, element.ends[1]
            # "today ~~at two~~, in Linz": no space is left before the comma.
            if element.tag in _DELETED and _CLOSING.match(page.text, end):
                while start > done and page.text[start - 1] in " \t\n":
                    start -= 1
            cuts.append((start, end, ""))
    return page.edited(cuts).text


def _without_opaque(found: re.Match[str]) -> str:
    return "" if found[1] is None or found[1] in _UNSEEN else escape_text(found[2])


def _with_single_spaces(text: str) -> str:
    """Fold each run of white space into one space; a regular expression would take twenty times as long."""
    text = text.replace("\t", " ").replace("\n", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _without_marker(marked: str) -> str:
    if MORE not in marked:
        return marked
    paragraphs = marked.replace(MORE, "").split("\n\n")
    return "\n\n".join(filter(None, (_with_single_spaces(paragraph).strip(" ") for paragraph in paragraphs)))


def repeats(summary: str, outline: Outline) -> bool:
    """Return whether the first paragraph repeats the summary.

    Ignores Markdown's marks, white space, the kind of quotation marks and dashes, case and final punctuation.
    """
    words = _folded(summary)
    return bool(words) and words == _folded(outline.first_paragraph)


def begins_with(summary: str, outline: Outline) -> bool:
    """Return whether the first paragraph begins with the sentences of the summary, and goes on."""
    words, paragraph = _folded(summary), _folded(outline.first_paragraph)
    return bool(words) and paragraph.startswith(words) and paragraph[len(words) :][:1] in {*_ENDS}


def _folded(text: str) -> str:
    if _COMMON.fullmatch(text):
        return " ".join(text.lower().split()).strip(_FINAL)
    bare = _MARKDOWN_MARKS.sub("", _WRITTEN_TAG.sub("", _MARKDOWN_LINK.sub(r"\1", unescape_all(text))))
    bare = _DASHES.sub("-", unicodedata.normalize("NFKC", bare).casefold())
    return " ".join(bare.split()).strip(_FINAL)
