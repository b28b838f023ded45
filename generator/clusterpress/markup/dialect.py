"""The Markdown dialect of clusterpress: an extension that changes how Python-Markdown reads some marks."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.md_in_html import HtmlBlockPreprocessor, HTMLExtractorExtra
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from clusterpress.markup.block_rules import register_block_rules
from clusterpress.markup.fences import normalise_fences
from clusterpress.markup.inline_rules import register_inline_rules
from clusterpress.markup.source_lines import indent_by_four


class Dialect(Extension):
    """Headings that need a space, lists nested by two or three, attributed quotes, task lists."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Register our rules; the numbers are places in Python-Markdown's order of rules."""
        # Before fences are taken out (25).
        md.preprocessors.register(_Fences(md), "fences", 26)
        # After fences have been taken out (25), before raw HTML is (20).
        md.preprocessors.register(_EvenIndents(md), "even_indents", 24)
        md.preprocessors.register(_ClosedElements(md), "html_block", 20)
        register_block_rules(md)
        register_inline_rules(md)
        # Before inline marks are read (20): paragraphs are still as written.
        md.treeprocessors.register(_Tasks(md), "tasks", 31)
        md.treeprocessors.register(_Quotations(md), "quotations", 30)


class _Fences(Preprocessor):
    """Accepts fences written as in CommonMark."""

    def run(self, lines: list[str]) -> list[str]:
        return normalise_fences(lines)


class _EvenIndents(Preprocessor):
    """Accepts lists nested as in CommonMark."""

    def run(self, lines: list[str]) -> list[str]:
        return indent_by_four(lines)


class _Extractor(HTMLExtractorExtra):
    mdstack: list[str]
    _last_end = (0, -1)
    """Length of the text, and where its last tag can end."""

    def check_for_whole_start_tag(self, i: int) -> int:
        """Return the end of a start tag, or -1; the original looks through the whole text for each ``<``."""
        if self._last_end[0] != len(self.rawdata):
            self._last_end = (len(self.rawdata), self.rawdata.rfind(">"))
        return super().check_for_whole_start_tag(i) if i < self._last_end[1] else -1

    def close(self) -> None:
        """Close all open elements; the original closes one only, and drops the text if another is open."""
        super().close()
        while self.mdstack:
            self.handle_endtag(self.mdstack[0])


class _ClosedElements(HtmlBlockPreprocessor):
    """Accepts raw HTML without end tags: ``<div markdown><div>`` must not swallow the text."""

    def run(self, lines: list[str]) -> list[str]:
        extractor = _Extractor(self.md)
        extractor.feed("\n".join(lines))
        extractor.close()
        return "".join(extractor.cleandoc).split("\n")


class _Tasks(Treeprocessor):
    """Items that begin with ``[ ]`` or ``[x]`` get a ballot box.

    A character shows the state in pages, feeds, mail and plain text. A disabled form control would need a
    label in every language, and mail programs remove it.
    """

    def run(self, root: Element) -> None:
        for item in root.iter("li"):
            first = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
            if mark := re.match(r"\[([ xX])\][ ]+(?=\S)", first.text or ""):
                first.text = ("☐ " if mark[1] == " " else "☑ ") + (first.text or "")[mark.end() :]
                item.set("class", "task")


class _Quotations(Treeprocessor):
    """A quotation whose last line is ``— Name`` or ``-- Name`` becomes a figure with that caption.

    A last line ``{.pull}`` gives the figure a class, and makes one of a quotation without a name too.
    """

    _name = re.compile(r"(?:—|―|–|--)[ ]*(?P<name>[^\s—–-].*)")
    _classes = re.compile(r"\{:?[ ]*((?:\.[\w-]+[ ]*)+)\}")

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for place, quote in enumerate(parent):
                if quote.tag == "blockquote" and len(quote) and quote[-1].tag == "p":
                    parent[place] = self._figure(quote)

    def _figure(self, quote: Element) -> Element:
        """Return the quotation in its figure, or the quotation itself if it has neither name nor class."""
        last = quote[-1]
        lines = (last.text or "").split("\n")
        classes = self._pop_last_line(lines, self._classes)
        name = self._pop_last_line(lines, self._name) if self._may_be_name(lines, len(quote)) else ""
        if not (name or classes):
            return quote
        if lines:
            last.text = "\n".join(lines)
        else:
            quote.remove(last)
        figure = Element("figure", {"class": " ".join(["quote", *classes.replace(".", " ").split()])})
        figure.tail, quote.tail = quote.tail, None
        figure.append(quote)
        if name:
            SubElement(figure, "figcaption").text = name
        return figure

    @staticmethod
    def _pop_last_line(lines: list[str], pattern: re.Pattern[str]) -> str:
        """Remove the last line if all of it matches, and return the pattern's first group."""
        found = pattern.fullmatch(lines[-1].strip()) if lines else None
        if found:
            lines.pop()
        return found[1] if found else ""

    def _may_be_name(self, lines: list[str], blocks: int) -> bool:
        """Return whether the last line can be a name: text precedes it, and that is no dialogue."""
        before = lines[-2] if len(lines) > 1 else ""
        return (len(lines) > 1 or blocks > 1) and not self._name.fullmatch(before.strip())
