"""Passes over the HTML of a Word file: notes, lists, figures, quotations and headings from roles."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from clusterpress.importing.sources.documents.findings import Findings, quoted
from clusterpress.importing.sources.documents.word_reader import ROLE, START_STYLE
from clusterpress.importing.sources.documents.word_shapes import IMAGE_STYLE
from clusterpress.importing.texts.soup import read_html

_ITEM = re.compile(rf"{ROLE}li-(\d+)-([ob])(?:-(\d+))?$")
_MORE = re.compile(rf"{ROLE}more-(\d+)$")
_HEADING = re.compile(rf"{ROLE}h([1-6])$")
_TABLE_WORD = re.compile(
    r"(?:table|tab\.|tabelle|tableau|tabla|tabella|tabela|tabel|táblázat)\s*\d", re.IGNORECASE
)
_FIGURE_WORD = re.compile(
    r"(?:figure|fig\.|picture|photo|image|illustration|abbildung|abb\.|bild|foto|figura|immagine|imagen|rysunek|rys\.|"
    r"ilustracja|afbeelding|ábra|obrázek|obr\.|slika)\s*(?:\d+\s*[:.–—-]|\d+$|:)\s*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*(?:[•·▪◦‣●○■□➢➔►\uf0b7\uf0a7\uf0d8\uf0fc]\s*(?=\S|$)|[-–—o*]\t\s*(?=\S))")
_NUMBER = re.compile(r"\s*(\d{1,3})[.)]\t\s*(?=\S)")
_MAX_BOLD_LINE = 80
"""Characters of a line in bold that may be a heading, at most."""
_MAX_HEAD = 60
"""Characters of a cell that may head a column, at most."""


def parse_document(html: str, findings: Findings) -> BeautifulSoup:
    """Return the HTML of a Word file as a tree, with its lists, figures, quotations and notes.

    Titles, authors and dates keep their classes (``cp-title`` …), for `facts`.

    Args:
        html: as `word_reader` returns it.
        findings: takes remarks.
    """
    soup = read_html(html)
    _place_notes(soup)
    _place_pictures(soup)
    _place_starts(soup)
    for underlined in soup.find_all("u"):
        underlined.name = "underline"
    mark_typed_lists(soup)
    build_lists(soup)
    _build_headings(soup)
    _build_quotations(soup)
    place_captions(soup)
    mark_table_heads(soup, findings)
    return soup


def role_of(element: object) -> str:
    """Return the role of a paragraph, such as ``title``; "" for others."""
    names = element.get_attribute_list("class") if isinstance(element, Tag) else []
    name = next((str(one) for one in names if str(one).startswith(ROLE)), "")
    return name.removeprefix(ROLE)


def _place_notes(soup: BeautifulSoup) -> None:
    """Put each footnote and endnote where its number stands."""
    notes = {str(item["id"]): item for item in soup.select("ol > li[id]")}
    for link in soup.select('sup > a[id*="note-ref-"]'):
        item = notes.get(str(link.get("href", ""))[1:])
        mark = link.parent
        if mark is None:
            continue
        if item is None:
            mark.decompose()
            continue
        note = soup.new_tag("footnote")
        for paragraph in item.find_all("p"):
            for back in paragraph.select('a[href*="note-ref-"]'):
                back.decompose()
            note.extend([NavigableString(" "), *paragraph.contents])
        mark.replace_with(note)
    for listed in soup.select("ol:has(> li[id])"):  # all others are still paragraphs
        listed.decompose()
    for empty in soup.find_all(["ol", "dl"]):
        if not empty.get_text(strip=True):
            empty.decompose()


def _place_pictures(soup: BeautifulSoup) -> None:
    for span in soup.find_all("span", class_=IMAGE_STYLE):
        address, _, alt = span.get_text().partition("\n")
        picture = soup.new_tag("img", src=address)
        if alt:
            picture["alt"] = " ".join(alt.split())
        span.replace_with(picture)


def _place_starts(soup: BeautifulSoup) -> None:
    """Write the number of a list's first item into its class."""
    for span in soup.find_all("span", class_=START_STYLE):
        paragraph = span.find_parent("p")
        if paragraph is not None:
            paragraph["class"] = f"{ROLE}{role_of(paragraph)}-{span.get_text()}"
        span.decompose()


def mark_typed_lists(soup: BeautifulSoup) -> None:
    """Mark paragraphs that begin with a typed bullet, or a typed number and a tab, as items of a list."""
    for paragraph in soup.find_all("p"):
        first = paragraph.find(string=True)
        if first is None or paragraph.get("class"):
            continue
        if found := _BULLET.match(str(first)):
            paragraph["class"] = f"{ROLE}li-0-b"
        elif found := _NUMBER.match(str(first)):
            follows = role_of(paragraph.find_previous_sibling()).startswith("li-0-o")
            paragraph["class"] = f"{ROLE}li-0-o" if follows else f"{ROLE}li-0-o-{found[1]}"
        if found:
            _cut_start(paragraph, first, found.end())


def _cut_start(paragraph: Tag, first: PageElement, length: int) -> None:
    """Cut a mark, and the spaces after it, from the start of a paragraph."""
    rest = NavigableString(str(first)[length:])
    first.replace_with(rest)
    for text in paragraph.find_all(string=True):
        kept = text.lstrip()
        text.replace_with(NavigableString(kept))
        if kept:
            return


class _OpenList:
    """A list to which items are added."""

    def __init__(self, level: int, element: Tag, last: Tag) -> None:
        self.level = level
        self.element = element
        self.last = last


def build_lists(soup: BeautifulSoup) -> None:
    """Build nested lists of consecutive paragraphs that are items."""
    for paragraph in soup.find_all("p", class_=_ITEM):
        if paragraph.parent is not None and paragraph.parent.name != "li":
            _build_list(soup, paragraph)
    for paragraph in soup.find_all("p", class_=_MORE):
        del paragraph["class"]
    for single in soup.select("td > ul:only-child, th > ul:only-child"):
        items = single.find_all("li")
        if len(items) == 1:  # the dialect has no lists of one item in cells
            items[0].name = "p"
            single.unwrap()


def _build_list(soup: BeautifulSoup, first: Tag) -> None:
    """Move an item and the items after it into lists; `open_lists` are those around the present one."""
    open_lists: list[_OpenList] = []
    at: Tag | None = first
    anchor = soup.new_tag("div")
    first.insert_before(anchor)
    while at is not None:
        following = at.find_next_sibling()
        name = f"{ROLE}{role_of(at)}"
        if item := _ITEM.match(name):
            _add_item(soup, anchor, open_lists, at, item)
        elif (more := _MORE.match(name)) and open_lists:
            _add_paragraph(open_lists, at, int(more[1]))
        else:
            break
        at = following
    anchor.unwrap()


def _add_item(
    soup: BeautifulSoup, anchor: Tag, open_lists: list[_OpenList], paragraph: Tag, item: re.Match[str]
) -> None:
    level, kind = int(item[1]), "ol" if item[2] == "o" else "ul"
    while open_lists and open_lists[-1].level > level:
        open_lists.pop()
    is_new = not open_lists or open_lists[-1].level < level
    if not is_new and (open_lists[-1].element.name != kind or item[3]):
        open_lists.pop()
        is_new = True
    if is_new:
        made = soup.new_tag(kind)
        if item[3] and item[3] != "1":
            made["start"] = item[3]
        inner = open_lists[-1].last if open_lists else anchor
        inner.append(made)
        open_lists.append(_OpenList(level, made, made))
    line = soup.new_tag("li")
    open_lists[-1].element.append(line)
    open_lists[-1].last = line
    del paragraph["class"]
    line.extend([*paragraph.extract().contents])


def _add_paragraph(open_lists: list[_OpenList], paragraph: Tag, level: int) -> None:
    """Add a further paragraph to the last item of a level."""
    inner = next((one for one in reversed(open_lists) if one.level <= level), open_lists[0])
    del paragraph["class"]
    item = inner.last
    if item.find("p", recursive=False) is None:
        words = BeautifulSoup("", "html.parser").new_tag("p")
        inline = [part for part in item.contents if not (isinstance(part, Tag) and part.name in {"ul", "ol"})]
        item.insert(0, words)
        words.extend(inline)
    item.append(paragraph.extract())


def _build_headings(soup: BeautifulSoup) -> None:
    for paragraph in soup.find_all("p", class_=_HEADING):
        if paragraph.find_parent(["li", "td", "th"]) or not paragraph.get_text(strip=True):
            del paragraph["class"]
            continue
        paragraph.name = role_of(paragraph)
        del paragraph["class"]
        for picture in paragraph.find_all("img"):  # a picture is no part of a heading
            around = soup.new_tag("p")
            paragraph.insert_after(around)
            around.append(picture.extract())


def level_headings(soup: BeautifulSoup) -> None:
    """Give headings the levels 2, 3 … without gaps: the title of the item is the only heading above them."""
    above: list[int] = []
    for heading in soup.find_all(re.compile(r"^h[1-6]$")):
        level = int(heading.name[1])
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        heading.name = f"h{min(len(above) + 1, 6)}"


def name_bold_lines(soup: BeautifulSoup, findings: Findings) -> None:
    """Name short paragraphs in bold: their author may have meant them as headings."""
    for paragraph in soup.find_all("p", recursive=False):
        words = " ".join(paragraph.get_text().split())
        bold = " ".join("".join(one.get_text() for one in paragraph.find_all("strong")).split())
        if words and words == bold and len(words) <= _MAX_BOLD_LINE and words[-1] not in ".,;:!?…":
            hint = "if it is one, write ## before it instead of the asterisks"
            findings.remark(f"the line {quoted(words)} in bold looks like a heading", hint, f"**{words}")


def _build_quotations(soup: BeautifulSoup) -> None:
    for kind, name in (("quote", "blockquote"), ("pull", "blockquote"), ("code", "pre")):
        for paragraph in soup.find_all("p", class_=f"{ROLE}{kind}"):
            before = paragraph.find_previous_sibling()
            is_same = isinstance(before, Tag) and before.name == name and before.get("data-role") == kind
            block = before if is_same and isinstance(before, Tag) else soup.new_tag(name)
            if block is not before:
                block["data-role"] = kind
                paragraph.insert_before(block)
            del paragraph["class"]
            _add_to_block(soup, block, paragraph.extract(), kind)
    for block in soup.select("[data-role]"):
        if block["data-role"] == "pull":
            block["class"] = "pull"
        del block["data-role"]


def _add_to_block(soup: BeautifulSoup, block: Tag, paragraph: Tag, kind: str) -> None:
    if kind != "code":
        block.append(paragraph)
        return
    code = block.find("code")
    if not isinstance(code, Tag):
        code = soup.new_tag("code")
        block.append(code)
    for line_end in paragraph.find_all("br"):
        line_end.replace_with("\n")
    code.append(NavigableString(paragraph.get_text() + "\n"))


def place_captions(soup: BeautifulSoup) -> None:
    """Join captions with their pictures and tables: by style, or by words such as "Figure 1:"."""
    for paragraph in soup.find_all("p"):
        words = paragraph.get_text(" ", strip=True)
        by_style = role_of(paragraph) == "caption"
        is_table, is_figure = bool(_TABLE_WORD.match(words)), bool(_FIGURE_WORD.match(words))
        if not words or not (by_style or is_table or is_figure) or paragraph.find_parent(["li", "figure"]):
            continue
        del paragraph["class"]
        if by_style and paragraph.find("img"):
            _make_figure(paragraph, _split_picture(soup, paragraph))
            continue
        for holder in _holders(paragraph, is_table=is_table, is_figure=is_figure):
            if holder.name == "table":
                caption = soup.new_tag("caption")
                caption.extend([*paragraph.extract().contents])
                holder.insert(0, caption)
            else:
                _make_figure(holder, paragraph.extract())
            break


def _holders(caption: Tag, *, is_table: bool, is_figure: bool) -> Iterator[Tag]:
    """Yield the neighbours that a caption may belong to, the likeliest first."""
    before, after = caption.find_previous_sibling(), caption.find_next_sibling()
    tables = [
        one
        for one in (after, before)
        if isinstance(one, Tag) and one.name == "table" and not one.find("caption")
    ]
    pictures = [one for one in (before, after) if isinstance(one, Tag) and _is_picture(one)]
    if not is_figure:
        yield from tables if is_table or not pictures else []
    if not is_table:
        yield from pictures


def _is_picture(element: Tag) -> bool:
    return element.name == "p" and element.find("img") is not None and not element.get_text(strip=True)


def _split_picture(soup: BeautifulSoup, paragraph: Tag) -> Tag:
    """Return the words of a paragraph with a picture, as a paragraph of their own."""
    words = soup.new_tag("p")
    words.extend(
        [
            part
            for part in paragraph.contents
            if not (isinstance(part, Tag) and (part.name == "img" or part.find("img")))
        ]
    )
    for line_end in words.find_all("br"):
        line_end.replace_with(" ")
    return words


def _make_figure(holder: Tag, caption: Tag) -> None:
    caption.name = "figcaption"
    holder.name = "figure"
    holder.append(caption)


def mark_table_heads(soup: BeautifulSoup, findings: Findings) -> None:
    """Take the first row of a table as its head, if it has none and this row looks like one."""
    for table in soup.find_all("table"):
        rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
        cells = [row.find_all(["td", "th"], recursive=False) for row in rows]
        if table.find("th") or len(rows) < 2 or len(cells[0]) < 2 or table.find_parent("table"):  # noqa: PLR2004
            continue
        words = [cell.get_text(" ", strip=True) for cell in cells[0]]
        if all(0 < len(one) <= _MAX_HEAD for one in words) and not any(
            cell.find(["ul", "ol", "img"]) for cell in cells[0]
        ):
            for cell in cells[0]:
                cell.name = "th"
            hint = "if it is none, write a row with heads above it"
            findings.remark(
                f"the first row of a table was taken as its head: {quoted(' | '.join(words))}", hint, words[0]
            )
