"""The Markdown dialect of clusterpress: an extension that changes how Python-Markdown reads some marks."""

import re
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.extensions.md_in_html import HtmlBlockPreprocessor, HTMLExtractorExtra
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from clusterpress.markup.block_rules import MAX_DEPTH, NestingError, register_block_rules
from clusterpress.markup.fences import normalise_fences
from clusterpress.markup.inline_rules import register_inline_rules
from clusterpress.markup.linear_rules import register_linear_rules
from clusterpress.markup.source_lines import indent_by_four
from clusterpress.markup.typography import END_OF_RAW, RAW

_ALERTS = {"important": "info", "caution": "danger"}
"""GitHub's names of alerts → the names of admonitions; the others are equal."""


_KEPT = frozenset("pre script style textarea svg math canvas p h1 h2 h3 h4 h5 h6".split())  # noqa: SIM905
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_TAG_BELOW = re.compile(r"([ ]{4}|\t)?[ ]*</?([a-zA-Z][\w-]*)")


class Dialect(Extension):
    """Blocks and marks as in CommonMark and on GitHub; attributed quotes, task lists, footnotes in order."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Register our rules; the numbers are places in Python-Markdown's order of rules."""
        # Before fences are taken out (25).
        md.preprocessors.register(_Fences(md), "fences", 26)
        # After fences have been taken out (25), before raw HTML is (20).
        md.preprocessors.register(_EvenIndents(md), "even_indents", 24)
        md.preprocessors.register(_ClosedElements(md), "html_block", 20)
        register_block_rules(md)
        register_inline_rules(md)
        register_linear_rules(md)
        # Before inline marks are read (20): paragraphs are still as written.
        md.treeprocessors.register(_Tasks(md), "tasks", 31)
        md.treeprocessors.register(_Alerts(md), "alerts", 32)
        md.treeprocessors.register(_Quotations(md), "quotations", 30)
        if "footnote" in md.treeprocessors:
            # After inline marks (20), in place of a rule that fails on a footnote without text.
            md.treeprocessors.register(_Footnotes(md), "footnote-reorder", 19)


class _Fences(Preprocessor):
    """Accepts fences written as in CommonMark."""

    def run(self, lines: list[str]) -> list[str]:
        return normalise_fences(lines)


class _EvenIndents(Preprocessor):
    """Accepts lists nested as in CommonMark."""

    def run(self, lines: list[str]) -> list[str]:
        return indent_by_four(lines)


class _Extractor(HTMLExtractorExtra):
    """Sets raw HTML aside; an empty line ends it, as in CommonMark 4.6 (kind 6), so what follows is Markdown.

    Elements that keep their white space or hold no blocks go on, and so does raw HTML whose next line is an
    indented tag or that of a block: nobody means it as code.
    """

    mdstack: list[str]
    stack: list[str]
    _cache: list[str]
    _unended: list[str]
    """Elements of raw HTML that an empty line ended before their end tags."""
    _last_end = (0, -1)
    """Length of the text, and where its last tag can end."""

    def check_for_whole_start_tag(self, i: int) -> int:
        """Return the end of a start tag, or -1; the original looks through the whole text for each ``<``."""
        if self._last_end[0] != len(self.rawdata):
            self._last_end = (len(self.rawdata), self.rawdata.rfind(">"))
        return super().check_for_whole_start_tag(i) if i < self._last_end[1] else -1

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        """Open an element."""
        if len(self.stack) > MAX_DEPTH or len(self.mdstack) > MAX_DEPTH:
            raise NestingError
        super().handle_starttag(tag, attrs)

    def reset(self) -> None:
        """Forget the text read so far."""
        self._unended = []
        super().reset()

    def handle_data(self, data: str) -> None:
        """End raw HTML at the first empty line of running text."""
        if self.inraw and "\n" in data and (end := self._end_of_raw(data)) >= 0:
            self._unended += [tag for tag in self.stack if tag in self.block_level_tags]
            self.stack, self.inraw, self.intail = [], False, False
            self.cleandoc += [self.md.htmlStash.store("".join([*self._cache, data[:end]])), "\n\n"]
            self._cache, data = [], data[end:]
        super().handle_data(data)

    def _end_of_raw(self, data: str) -> int:
        """Return where an empty line in raw HTML ends it, or -1."""
        if not _KEPT.isdisjoint(self.stack):
            return -1
        start = self.line_offset + self.offset
        for found in _EMPTY_LINES.finditer(self.rawdata, start, start + len(data)):
            tag = _TAG_BELOW.match(self.rawdata, found.end())
            if not tag or not (tag[1] or tag[2].lower() in self.block_level_tags):
                return found.start() - start
        return -1

    def handle_endtag(self, tag: str) -> None:
        """Set the end tag of an element aside that began before an empty line."""
        if self.inraw or self.mdstack or tag not in self._unended:
            super().handle_endtag(tag)
            return
        del self._unended[len(self._unended) - 1 - self._unended[::-1].index(tag) :]
        self.cleandoc += ["\n\n", self.md.htmlStash.store(self.get_endtag_text(tag)), "\n\n"]
        self.intail = True

    def close(self) -> None:
        """Close all open elements; the original closes one only, and drops the text if another is open."""
        super().close()
        while self.mdstack:
            self.handle_endtag(self.mdstack[0])


class _ClosedElements(HtmlBlockPreprocessor):
    """Accepts raw HTML without end tags: ``<div markdown><div>`` must not swallow the text.

    Marks stand around raw HTML, by which the typography of the text knows it.
    """

    def run(self, lines: list[str]) -> list[str]:
        stash: list[Any] = self.md.htmlStash.rawHtmlBlocks
        before = len(stash)
        extractor = _Extractor(self.md)
        extractor.feed("\n".join(lines))
        extractor.close()
        for at, block in enumerate(stash[before:], start=before):
            if isinstance(block, str) and not block.startswith("<!"):
                html = block.rstrip("\n")
                stash[at] = f"{RAW}{html}{END_OF_RAW}{block[len(html) :]}"
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


class _Alerts(Treeprocessor):
    """A quotation that begins with ``[!NOTE]``, as on GitHub and in Obsidian, is an admonition."""

    _mark = re.compile(r"\[!(\w+)\][+-]?[ ]*(?P<title>[^\n]*)(?:\n|$)")

    def run(self, root: Element) -> None:
        for quote in root.iter("blockquote"):
            found = self._mark.match(quote[0].text or "") if len(quote) and quote[0].tag == "p" else None
            if not found:
                continue
            quote[0].text = (quote[0].text or "")[found.end() :]
            if not quote[0].text and not len(quote[0]):
                quote.remove(quote[0])
            kind = found[1].lower()
            quote.tag = "div"
            quote.set("class", f"admonition {_ALERTS.get(kind, kind)}")
            title = Element("p", {"class": "admonition-title"})
            title.text, title.tail = found["title"] or found[1].capitalize(), "\n"
            quote.insert(0, title)


class _Footnotes(Treeprocessor):
    """Footnotes in the order of their marks. Those without a mark come last, and lead nowhere."""

    def run(self, root: Element) -> None:
        rule: Any = self.md.treeprocessors["footnote"]
        footnotes = rule.footnotes
        if not footnotes.footnotes:
            return
        places = {
            footnotes.makeFootnoteId(name): place for place, name in enumerate(footnotes.footnote_order)
        }
        for notes in root.iterfind(".//div[@class='footnote']/ol"):
            if not footnotes.getConfig("USE_DEFINITION_ORDER"):
                notes[:] = sorted(notes, key=lambda note: places.get(note.get("id") or "", len(places)))
            for number, note in enumerate(notes, start=1):
                self._set_way_back(note, (note.get("id") or "") in places, footnotes, number)

    @staticmethod
    def _set_way_back(note: Element, has_mark: bool, footnotes: Any, number: int) -> None:
        for paragraph in note.findall("p"):
            link = paragraph.find("a[@class='footnote-backref']")
            if link is None:
                continue
            link.set("title", footnotes.getConfig("BACKLINK_TITLE").format(number))
            if not has_mark:
                paragraph.remove(link)
                paragraph.text = (paragraph.text or "").removesuffix(NBSP_PLACEHOLDER)
                if not (paragraph.text or len(paragraph)):
                    note.remove(paragraph)


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
