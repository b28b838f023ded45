"""Figures and quotations: captions and names put where our dialect looks for them."""

from bs4 import BeautifulSoup, Tag

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
            caption.name = "p"  # the caption of several pictures, or one with links, stands below them


def normalise_quotations(soup: BeautifulSoup) -> None:
    """Write the name under a quotation as its last line, ``— Name``; pull quotes get their mark."""
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
    """Whether text of the quotation follows what seemed to be its author."""
    following = [text for text in name.find_all_next(string=True) if str(text).strip()]
    quote = name.find_parent("blockquote")
    inner = {id(text) for text in name.find_all(string=True)}
    return any(quote in [*text.parents] for text in following if id(text) not in inner)
