"""Remarks: what a body may say but readers would miss, such as links called "here"."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from clusterpress.markup.places import Places
from clusterpress.markup.prose import plain

_EMPTY_WORDS = frozenset(
    {
        "click here", "here", "this", "this link", "link", "more", "read more", "follow this link",
        "ici", "cliquez ici", "cliquer ici", "lien", "ce lien", "lire plus", "en savoir plus",
        "hier", "klicken sie hier", "qui", "clicca qui", "aquí", "haga clic aquí", "kliknij tutaj", "sem",
        "هنا", "اضغط هنا", "انقر هنا", "المزيد", "اقرأ المزيد",
    }
)  # fmt: skip
"""Link texts that say nothing where screen readers list them alone (WCAG 2.2, 2.4.4 and 2.4.9)."""

_SPACE = re.compile(r"\s+")


def remarks_on(body: LexborNode, places: Places) -> Iterator[tuple[int, str, str]]:
    """Yield (line, message, hint) for links with empty words and pictures without a text alternative."""
    for link in body.css("a[href]"):
        words = _SPACE.sub(" ", plain(link)).strip(" .:!…»>")
        if words.casefold() in _EMPTY_WORDS:
            line = places.line_of(link.attributes.get("href") or "")
            yield line, f'link text "{words}" does not say where it leads', "name the page it leads to"
    for picture in body.css("img:not([alt]), img[alt='']"):
        if (picture.attributes.get("role") or "") != "presentation":
            line = places.line_of(picture.attributes.get("src") or "")
            yield line, "the picture has no alt text", "describe what it shows between the square brackets"
