"""Tables: those that Markdown cannot say stay HTML, those that served the layout dissolve."""

from bs4 import BeautifulSoup, Tag

_KEPT = frozenset({"colspan", "rowspan", "scope", "href", "src", "alt", "title", "id", "class"})


def normalise_tables(soup: BeautifulSoup) -> None:
    """Mark tables that Markdown cannot say, and dissolve those that only served the layout."""
    for table in soup.find_all("table"):
        if table.find_parent(class_="raw"):
            continue
        rows = [row.find_all(["td", "th"], recursive=False) for row in table.find_all("tr")]
        if not table.find(["th", "table"]) and all(len(row) <= 1 for row in rows):
            for cell in table.find_all(["td", "caption"]):
                cell.name = "div"
            for inner in table.find_all(["tbody", "thead", "tfoot", "tr", "colgroup", "col"]):
                inner.unwrap()
            table.unwrap()
        elif _is_complex(table):
            for inner in (table, *table.find_all()):
                inner.attrs = {key: value for key, value in inner.attrs.items() if key in _KEPT - {"class"}}
            table["class"] = "raw"


def _is_complex(table: Tag) -> bool:
    spans = [cell for cell in table.find_all(["td", "th"]) if {"colspan", "rowspan"} & cell.attrs.keys()]
    wide = any(str(cell.get(name, "1")) != "1" for cell in spans for name in ("colspan", "rowspan"))
    blocks = ["table", "pre", "blockquote", "hr", "dl", "h1", "h2", "h3", "h4", "h5", "h6"]
    return wide or bool(table.find(blocks)) or bool(table.select("li ul, li ol"))
