"""Blocks of HTML: names of block elements; figures, quotations and tables prepared for our dialect."""

from bs4 import BeautifulSoup, Tag

BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr li line main nav ol p pre section summary table tbody td
    tfoot th thead tr ul caption credit""".split()  # noqa: SIM905 (words read best)
)


def is_raw(element: Tag) -> bool:
    """Return whether an element is, or is inside, a table that stays HTML."""
    return element.get("class") == "raw" or element.find_parent(class_="raw") is not None


_DASHES = "—–-― \u00a0"


def normalise_figures(soup: BeautifulSoup) -> None:
    """Give each picture of a figure a paragraph of its own, with the caption as its title."""
    for picture in soup.find_all("img", attrs={"data-caption": True}):
        picture["title"] = str(picture.attrs.pop("data-caption"))
    for figure in reversed(soup.find_all("figure")):
        caption = figure.find("figcaption")
        pictures = figure.find_all("img")
        quote = figure.find("blockquote")
        figure.name = "div"
        if quote and "wp-block-pullquote" in (figure.get("class") or []):
            quote["class"] = "pull"
        if not caption:
            continue
        if quote and not pictures:
            caption.name = "cite"
            quote.append(caption.extract())
        elif len(pictures) == 1 and not caption.find(["a", "img"]) and not figure.find(["table", "pre"]):
            pictures[0]["title"] = " ".join(caption.extract().get_text(" ").split())
        else:
            caption.name = "p"  # a caption of several pictures, or with links, stays below them


def normalise_quotations(soup: BeautifulSoup) -> None:
    """Write the author of a quotation as its last line, ``— Name``; mark pull quotes."""
    for quote in soup.find_all("blockquote"):
        names = [
            name
            for name in quote.find_all(["cite", "footer"])
            if not name.find_parent("cite") and not _follows(name)
        ]
        words = " ".join(names[-1].extract().get_text(" ").split()).strip(_DASHES) if names else ""
        pull = "pull" in str(quote.get("class") or "")
        if (words or pull) and quote.get_text(strip=True):
            credit = soup.new_tag("credit")
            credit.string = words
            if pull:
                credit["class"] = "pull"
            quote.append(credit)
        elif words:
            quote.string = words


def _follows(name: Tag) -> bool:
    """Whether text of the quotation follows the supposed author."""
    following = [text for text in name.find_all_next(string=True) if str(text).strip()]
    quote = name.find_parent("blockquote")
    inner = {id(text) for text in name.find_all(string=True)}
    return any(quote in [*text.parents] for text in following if id(text) not in inner)


_KEPT = frozenset({"colspan", "rowspan", "scope", "href", "src", "alt", "title", "id", "class"})


def normalise_tables(soup: BeautifulSoup) -> None:
    """Mark tables that Markdown cannot express, and unwrap layout tables."""
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
