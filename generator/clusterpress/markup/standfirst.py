"""Standfirst: whether a body begins with the words of its summary, which must not be printed twice."""

import re
import unicodedata
from html import unescape

from clusterpress.markup.body import Outline

_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_MARKS = re.compile(r"[*_`~\\\u00ad\u200b-\u200f\u2060\ufeff]|['\"‘’‚‛“”„‟«»‹›]")
_DASHES = re.compile(r"\s*(?:--+|[-\u2010-\u2015\u2212])\s*")
_PLAIN = re.compile(r"[A-Za-z0-9 \n.,:;!?()/%]*")
_END = " .!?…:;,؟۔،"


def repeats(summary: str, outline: Outline) -> bool:
    """Whether the first paragraph says the same as the summary.

    Markdown's marks, white space, the kind of quotation marks and dashes, upper and lower case and the final
    punctuation make no difference.
    """
    words = _folded(summary)
    return bool(words) and words == _folded(outline.first_paragraph)


def _folded(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return " ".join(text.lower().split()).strip(_END)
    bare = _MARKS.sub("", _TAG.sub("", _LINK.sub(r"\1", unescape(text))))
    bare = _DASHES.sub("-", unicodedata.normalize("NFKC", bare).casefold())
    return " ".join(bare.split()).strip(_END)
