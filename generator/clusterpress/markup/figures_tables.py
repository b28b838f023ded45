"""Shapes: figures, tables and lists in cells, made of what Markdown gives."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from clusterpress.markup.headings import HEADINGS
from clusterpress.markup.plain_text import plain

_BULLET = re.compile(r"\s*[-*•]\s+(?=\S)")


def make_figures(tree: LexborHTMLParser, body: LexborNode) -> None:
    """Turn each paragraph that holds nothing but a picture into a figure with the title as caption."""
    for picture in body.css("p > img, p > a > img"):
        paragraph = _alone_in(picture)
        if not paragraph:
            continue
        figure = tree.create_node("figure")
        for name, value in paragraph.attributes.items():
            figure.attrs[name] = value
        if content := picture.parent if picture.parent and picture.parent.tag == "a" else picture:
            figure.insert_child(content, move=True)
        if title := picture.attributes.get("title"):
            del picture.attrs["title"]
            caption = tree.create_node("figcaption")
            caption.insert_child(title)
            figure.insert_child(caption, move=True)
        paragraph.replace_with(figure, move=True)


def _alone_in(picture: LexborNode) -> LexborNode | None:
    """Return the paragraph in which the picture (or the link around it) is alone, or None."""
    node = picture
    while parent := node.parent:
        if [
            child for child in parent.iter(include_text=True, skip_empty=True) if child.tag != "-comment"
        ] != [node]:
            return None
        if parent.tag == "p":
            return parent
        node = parent
    return None


def make_cell_lists(body: LexborNode) -> None:
    """Make a list of lines in a table's cell that begin with a hyphen: ``- one<br>- two``."""
    for line_end in body.css("td br"):
        cell = line_end.parent
        if cell is None or cell.tag != "td":
            continue
        lines = [line for line in (cell.inner_html or "").split("<br>") if line.strip()]
        first = next((at for at, line in enumerate(lines) if _BULLET.match(line)), len(lines))
        items = lines[first:]
        if items and len(lines) > 1 and all(_BULLET.match(line) for line in items):
            listed = "".join(f"<li>{line[_end_of_bullet(line) :].strip()}</li>" for line in items)
            cell.inner_html = "<br>".join(lines[:first]) + f"<ul>{listed}</ul>"


def _end_of_bullet(line: str) -> int:
    found = _BULLET.match(line)
    return found.end() if found else 0


def wrap_tables(tree: LexborHTMLParser, body: LexborNode) -> None:
    """Give head cells their scope, and put each table in a frame that scrolls on small screens.

    A region that scrolls must be reachable by keyboard and have a name (WCAG 2.2, 2.1.1 and 4.1.2): the
    table's caption, the heading before it, or the words of its head.
    """
    if not body.css_first("table"):
        return
    heading = ""
    used: dict[str, int] = {}
    for node in body.css(f"{HEADINGS}, table:not(.highlighttable)"):
        if node.tag != "table":
            heading = plain(node)
            continue
        for cell in node.css("thead th:not([scope])"):
            cell.attrs["scope"] = "col"
        caption = node.css_first("caption")
        name = plain(caption) if caption else heading or ", ".join(filter(None, map(plain, node.css("th"))))
        used[name] = used.get(name, 0) + 1
        frame = tree.create_node("div")
        frame.attrs["class"] = "table"
        if name:
            frame.attrs["role"] = "region"
            frame.attrs["tabindex"] = "0"
            frame.attrs["aria-label"] = name if used[name] == 1 else f"{name} ({used[name]})"
        node.insert_before(frame, move=True)
        frame.insert_child(node, move=True)
