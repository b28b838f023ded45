# ruff: noqa: ARG002 - markdownify hands the same arguments to every method
"""HTML → Markdown in our dialect, without losing a word.

The tree is normalised first (`clusterpress.importing.texts.normalise_html`), so that all running text is in
blocks; markdownify then converts it, with the differences from its defaults defined here.
"""

import re
from collections.abc import Callable

from bs4 import Tag
from markdownify import MarkdownConverter
from selectolax.lexbor import LexborHTMLParser

from clusterpress.importing.inventory import Inventory
from clusterpress.importing.records import References
from clusterpress.importing.texts.blocks import AS_HTML
from clusterpress.importing.texts.layout_tables import unwrap_layout_tables
from clusterpress.importing.texts.markdown import (
    escape_address,
    escape_line_starts,
    escape_text,
    escape_title,
)
from clusterpress.importing.texts.nesting import limit_depth, limit_open_blocks
from clusterpress.importing.texts.normalise_html import LINE, normalise_html
from clusterpress.importing.texts.soup import read_html
from clusterpress.markup.body import EMBED_CLASS
from clusterpress.values.characters import strip_forbidden

_CELLS = {"td", "th"}
_BLOCK = re.compile(r"```|[-+] |\d+\. |> |\||---|<table|#{2,6} ")
_MARKED = re.compile(r"<[^<>]*>|[*_`\[\]\\{}]")
_HASHES = re.compile(r"^#|(?<= )#(?=#*$)")
# The last line of a quotation would be its author's name, and must not begin within emphasis.
_NAME = re.compile(r"^([—―–-])(?=[^\n*`\[<]*[*`\[<][^\n]*\Z)", re.MULTILINE)
_FENCE = re.compile(r"^\s*(`{3,})")


def to_markdown(html: str, references: References, inventory: Inventory | None = None) -> str:
    """Return the Markdown of a fragment of HTML.

    An element ``<footnote>`` in the fragment becomes a footnote with its content, and ``<underline>`` stays
    underlined.

    Args:
        html: the fragment, valid or not.
        references: resolves links and pictures, and takes remarks.
        inventory: takes the elements of the fragment.
    """
    # An HTML 5 parser first: no text that browsers show may be lost, even from invalid HTML.
    tree = LexborHTMLParser("<!doctype html><body>" + limit_open_blocks(strip_forbidden(html)))
    body = tree.body
    soup = read_html(limit_depth(unwrap_layout_tables((body.inner_html if body else "") or "")))
    normalise_html(soup, references, inventory or Inventory())
    converter = _Converter(heading_style="ATX", bullets="-", wrap=True)
    converter.notes = []
    text = _normalise_blank_lines(str(converter.convert_soup(soup)))
    notes = "".join(f"\n[^{number}]: {words}\n" for number, words in enumerate(converter.notes, 1))
    return (text + notes).lstrip("\n")


class _Converter(MarkdownConverter):
    """The differences of our dialect from markdownify's defaults."""

    # The library's stub does not name these.
    process_tag: Callable[..., str]
    convert_b: Callable[..., str]
    convert_i: Callable[..., str]
    notes: list[str]
    """Footnotes so far."""

    def convert_footnote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = " ".join(text.split())
        if "_noformat" in parent_tags or not words:
            return f" ({words})" if words else ""
        if words not in self.notes:
            self.notes.append(words)
        return f"[^{self.notes.index(words) + 1}]"

    def convert_details(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a collapsible block, as pymdownx.details reads it."""
        summary = el.find("summary")
        title = " ".join(str(summary.get_text(" ") if summary else "").split())
        if not title or _CELLS & parent_tags or "_inline" in parent_tags:
            return f"\n\n{title}\n\n{text}\n\n" if title else text
        body = "".join(f"    {line}\n" if line else "\n" for line in text.strip().split("\n"))
        mark = "???+" if el.has_attr("open") else "???"
        return f'\n\n{mark} note "{title.replace(chr(34), "”")}"\n\n{body}\n\n'

    def convert_summary(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        within = el.find_parent("details") is not None
        return "" if within else f"\n\n{text.strip()}\n\n"

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return escape_text(text, in_table=bool(_CELLS & parent_tags))

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if _CELLS & parent_tags:
            return f"<br>{text.strip()}<br>"
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        words = escape_line_starts(text.strip())
        if "blockquote" in parent_tags:
            words = _NAME.sub(lambda dash: f"&#{ord(dash[1])};", words)
        return f"\n\n{words}\n\n" if words else ""

    def convert_line(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return escape_line_starts(text.strip())

    def convert_credit(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        lines = [f"— {text.strip()}"] if text.strip() else []
        return "\n\n" + "\n".join([*lines, *(["{.pull}"] if el.get("class") else [])]) + "\n\n"

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if _CELLS & parent_tags:
            return "<br>"
        return " " if "_inline" in parent_tags else "  \n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802 (markdownify's)
        words = " ".join(text.split())
        if "_inline" in parent_tags - {f"h{n}"} or not words:
            return f" {words} "
        name = f" {{#{el['id']}}}" if el.get("id") else ""
        # The title of an item is its only first-level heading.
        return f"\n\n{'#' * max(2, n)} {_HASHES.sub(lambda hashes: chr(92) + hashes[0], words)}{name}\n\n"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words, href = text.strip(), str(el.get("href") or "")
        if not words or not href or "_noformat" in parent_tags:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        mark = f"{{.{EMBED_CLASS}}}" if EMBED_CLASS in (el.get("class") or []) else ""
        return f"{before}[{words}]({escape_address(href)}){mark}{after}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        alt = escape_text(" ".join(str(el.get("alt") or "").split()), in_table=bool(_CELLS & parent_tags))
        caption = f' "{escape_title(str(el["title"]))}"' if el.get("title") else ""
        return f"![{alt}]({escape_address(str(el.get('src') or ''))}{caption})"

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = text.strip()
        if not words:
            return ""
        parent = el.parent
        mark = "-"
        if parent is not None and parent.name == "ol":
            start = str(parent.get("start") or "1")
            mark = f"{(int(start) if start.isdigit() else 1) + len(el.find_previous_siblings('li'))}."
        if _CELLS & parent_tags:
            return f"{mark} {words.removesuffix('<br>')}<br>"
        if _BLOCK.match(words):  # Python-Markdown needs text after the marker
            words = f"&nbsp;\n\n{words}"
        lines = words.split("\n")
        item = f"{mark} {lines[0]}\n" + "".join(f"    {line}\n" if line else "\n" for line in lines[1:])
        return f"{item}\n" if "" in lines else item  # an empty line must follow an item with several blocks

    def convert_list(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if _CELLS & parent_tags:
            return f"<br>{text}" if el.find_previous_sibling() else text
        before = el.find_previous_sibling()
        tight = "li" in parent_tags and (before is None or before.name == LINE)
        return f"\n{text.rstrip()}\n" if tight else f"\n\n{text.rstrip()}\n\n"

    convert_ul = convert_ol = convert_list

    def convert_dt(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{escape_line_starts(' '.join(text.split()))}\n"

    def convert_dd(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        lines = text.strip().split("\n")
        return f":   {lines[0]}\n" + "".join(f"    {line}\n" if line else "\n" for line in lines[1:])

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = " ".join(text.split())
        if "_noformat" in parent_tags - {"code", "kbd", "samp"} or not words:
            return text
        longest = max((len(run) for run in re.findall(r"`+", words)), default=0)
        space = " " if longest else ""
        return f"{'`' * (longest + 1)}{space}{words}{space}{'`' * (longest + 1)}"

    convert_kbd = convert_samp = convert_tt = convert_code

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        code = el.get_text().strip("\n")
        if not code.strip():
            return ""
        longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"\n\n{fence}{_language_of(el)}\n{code}\n{fence}\n\n"

    def convert_blockquote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        lines = _normalise_blank_lines(text).rstrip("\n").split("\n")
        quoted = "\n".join(f"> {line}" if line else ">" for line in lines)
        return f"\n\n{quoted}\n\n" if text.strip() else ""

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        rows = [row for row in el.find_all("tr") if row.find(["td", "th"])]
        if el.get("class") == "raw":
            del el["class"]
            return f"\n\n{_MARKED.sub(_encoded, ' '.join(str(el).split()))}\n\n"
        caption = el.find("caption")
        heading = f"\n\n{escape_line_starts(self.process_tag(caption).strip())}\n\n" if caption else "\n\n"
        width = max((len(row.find_all(["td", "th"])) for row in rows), default=0)
        cells = [[self._cell(cell) for cell in row.find_all(["td", "th"])] for row in rows]
        if rows and not all(cell.name == "th" for cell in rows[0].find_all(["td", "th"])):
            in_head = rows[0].parent is not None and rows[0].parent.name == "thead"
            cells = cells if in_head else [[""] * width, *cells]
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in cells]
        return heading + "\n".join([*lines[:1], "|" + "---|" * width, *lines[1:]]) + "\n\n" if lines else ""

    def _cell(self, cell: Tag) -> str:
        text = " ".join(str(self.process_tag(cell)).split())
        return re.sub(r" ?(?:<br> ?)+", "<br>", text).removeprefix("<br>").removesuffix("<br>")

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text

    convert_th = convert_td

    def convert_q(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"“{text}”"

    def convert_anchor(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return the target of a link in the same text."""
        return f'<span id="{el["id"]}"></span>{text}'

    def convert_strong(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        convert = self.convert_b if el.name == "strong" else self.convert_i
        if el.get("class") == AS_HTML:
            convert = self._keep_as_html
        return convert(el, text, parent_tags)

    convert_em = convert_strong

    def _keep_as_html(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_noformat" in parent_tags or not text.strip():
            return text
        title = f' title="{escape_title(str(el["title"]))}"' if el.get("title") else ""
        return f"<{el.name}{title}>{text}</{el.name}>"

    def convert_underline(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep what the author of a document underlined; on the web, it usually means a link."""
        return text if "_noformat" in parent_tags or not text.strip() else f"<u>{text}</u>"

    convert_sub = convert_sup = convert_del = convert_s = _keep_as_html
    convert_ins = convert_mark = convert_abbr = _keep_as_html


def _encoded(found: re.Match[str]) -> str:
    """Return markup between tags as an entity: in a list or quotation, HTML is read as Markdown."""
    return found[0] if len(found[0]) > 1 else f"&#{ord(found[0])};"


def _language_of(pre: Tag) -> str:
    code = pre.find("code")
    for element in (code, pre):
        for name in (element.get("class") or []) if isinstance(element, Tag) else []:
            if name.startswith(("language-", "lang-")):
                return str(name).partition("-")[2]
    return ""


def _normalise_blank_lines(text: str) -> str:
    """Return Markdown without empty lines at its ends, and without two in a row outside code."""
    lines: list[str] = []
    fence = ""
    for line in text.strip("\n").split("\n"):
        found = _FENCE.match(line)
        if found and (not fence or line.strip() == fence):
            fence = "" if fence else found[1]
        kept = line if fence or (line.endswith("  ") and line.strip()) else line.rstrip()
        if kept or fence or (lines and lines[-1]):
            lines.append(kept)
    return "\n".join(lines).rstrip() + "\n" if lines else ""
