"""Galleries: fenced blocks of pictures, which stand in a grid; each leads to the whole picture.

A line is a picture as in Markdown, perhaps with a caption between quotation marks and a credit behind it:
``![A full hall](hall.jpg "The opening") Ann Example``; or the same in columns, as in a spreadsheet:
``hall.jpg | A full hall | The opening | Ann Example``.
"""

import re
from typing import NamedTuple

from clusterpress.markup.clean_html import escape_text, escape_value
from clusterpress.markup.references import Fault

PICTURE_CLASS = "gallery__picture"
"""Class of the pictures, which are smaller than others in a text."""

_PICTURE = re.compile(
    r"(?:[-*+][ ]+)?!\[(?P<alt>[^\[\]]*)\]\([ ]*(?:<(?P<quoted>[^<>]+)>|(?P<src>[^\s()<>]+))"
    r"(?:[ ]+(?:\"(?P<caption>[^\n]*)\"|'(?P<other>[^\n]*)'))?[ ]*\)[ ]*(?P<credit>.*)"
)
_UNUSUAL = re.compile(r"[\s()]")
_UNESCAPED_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_UNESCAPED_QUOTE = re.compile(r"(?<!\\)\"")
_COLUMNS = 4
_HINT = 'write it as ![what it shows](hall.jpg "Caption") Credit'


class Gallery(NamedTuple):
    """A gallery."""

    html: str
    """Its clean HTML; empty without pictures."""
    source: list[str]
    """Its lines, with each address as often as the HTML has it: problems are placed by them."""
    faults: list[Fault]


def read_gallery(lines: list[tuple[int, str]]) -> Gallery:
    """Return the gallery that some lines with their numbers describe."""
    figures: list[str] = []
    source: list[str] = []
    faults: list[Fault] = []
    for number, line in lines:
        text = line.strip()
        found = _read(text)
        source.append(f"{line} ({found[0]})" if found and found[1].strip() else line)
        if found:
            figures.append(_write(*found))
        elif text:
            faults.append((number, f'a gallery cannot read the line "{text}"', _HINT))
    html = f'<div class="gallery">{"".join(figures)}</div>' if figures else ""
    return Gallery(html, source, faults)


def pictures_as_markdown(lines: list[tuple[int, str]]) -> list[str]:
    """Return the pictures of a gallery as images of Markdown, each with its credit."""
    return [_write_markdown(*found) for _, line in lines if (found := _read(line.strip()))]


def _read(line: str) -> tuple[str, str, str, str] | None:
    """Return address, alternative text, caption and credit of a picture, or None."""
    if found := _PICTURE.fullmatch(line):
        caption = found["caption"] or found["other"] or ""
        return found["quoted"] or found["src"], found["alt"], caption, found["credit"]
    columns = [one.strip() for one in line.strip("|").split("|")]
    if not 1 < len(columns) <= _COLUMNS or not columns[0]:
        return None
    src, alt, caption, credit = [*columns, "", ""][:_COLUMNS]
    return src, alt, caption, credit


def _write(src: str, alt: str, caption: str, credit: str) -> str:
    picture = f'<img src="{escape_value(src)}" alt="{escape_value(alt.strip())}" class="{PICTURE_CLASS}">'
    if alt.strip():  # otherwise the link would have no name
        picture = f'<a href="{escape_value(src)}">{picture}</a>'
    by = f'<span class="credit">{escape_text(credit.strip())}</span>' if credit.strip() else ""
    words = " ".join(filter(None, (escape_text(caption.strip()), by)))
    return f"<figure>{picture}{f'<figcaption>{words}</figcaption>' if words else ''}</figure>"


def _write_markdown(src: str, alt: str, caption: str, credit: str) -> str:
    words = _UNESCAPED_BRACKET.sub(r"\\\g<0>", alt.strip())
    target = f"<{src}>" if _UNUSUAL.search(src) else src
    title = _UNESCAPED_QUOTE.sub(r"\"", caption.strip())
    title = f' "{title}"' if title else ""
    return f"![{words}]({target}{title}) {credit.strip()}".rstrip()
