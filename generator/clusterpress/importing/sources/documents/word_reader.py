"""Word files → HTML with the roles of paragraphs as classes.

mammoth converts the text (decision 0037). Before, the passes of `word_changes` and `word_shapes` turn the
file into what its reader sees, in forms that mammoth knows; afterwards, `document_html` builds lists and
figures.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.sax.saxutils import quoteattr

from lxml import etree
from msgspec import Struct

from clusterpress.importing.sources.documents import word_changes, word_shapes
from clusterpress.importing.sources.documents.findings import Findings, quoted
from clusterpress.importing.sources.documents.word_package import Package
from clusterpress.importing.sources.documents.word_styles import (
    ListItem,
    Styles,
    is_on,
    read_styles,
    style_of,
)
from clusterpress.importing.sources.documents.word_xml import (
    VALUE,
    ancestor,
    local_name,
    parent_of,
    qualified,
    remove,
    words_of,
)

ROLE = "cp-"
"""Prefix of the classes that tell the roles of paragraphs: ``cp-title``, ``cp-h2``, ``cp-li-0-o``."""
START_STYLE = "cp-start"
"""Style of a run with the number of the first item of a list."""

_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PLAIN_STYLES = frozenset({"normal", "standard", "body text", "no spacing", "list paragraph", "hyperlink"})
_UNMARKED_ROLES = re.compile(r"h\d|title|subtitle|caption|code|contents|author|date")
_PLAIN_TABLES = frozenset({"", "table grid", "normal table", "tablegrid", "tablenormal", "table normal"})
_MARKERS = (word_shapes.IMAGE_STYLE, START_STYLE)
_PARTS = ("document", "footnotes", "endnotes")


class WordText(Struct):
    """The text of a Word file."""

    html: str
    """HTML, as mammoth writes it; pictures are still runs of `word_shapes.IMAGE_STYLE`."""
    properties: Mapping[str, str]
    """The file's properties: ``title``, ``creator``, ``keywords``, ``created``, ``modified`` …"""
    languages: Counter[str]
    """Language → number of characters that Word marks with it."""


def read_word_text(package: Package, findings: Findings) -> WordText:
    """Return the text of a Word file.

    Args:
        package: the file.
        findings: takes what cannot be imported, and remarks.

    Raises:
        ImportSourceError: a part of the file is damaged.
    """
    styles = read_styles(_related_xml(package, "styles"), _related_xml(package, "numbering"))
    languages: Counter[str] = Counter()
    roots: dict[str, tuple[str, etree._Element]] = {}
    roles: set[str] = set()
    for name in _PARTS:
        part = package.main if name == "document" else next(iter(package.related(name)), "")
        root = package.xml(part) if part else None
        if root is None:
            continue
        roots[name] = (part, root)
        _prepare(root, package, part, styles, findings)
        _count_languages(root, languages)
        roles |= set(_Roles(styles).assign(root, findings))
    _name_surroundings(package, findings)
    html = _convert(_repacked(package, roots), roles, findings)
    return WordText(html, _properties(package), languages)


def _related_xml(package: Package, kind: str) -> "etree._Element | None":
    part = next(iter(package.related(kind)), "")
    return package.xml(part) if part else None


def _prepare(root: "etree._Element", package: Package, part: str, styles: Styles, findings: Findings) -> None:
    word_shapes.choose_alternatives(root)
    word_changes.accept_changes(root, findings)
    word_changes.resolve_fields(root, findings)
    word_changes.drop_hidden_text(root, styles, findings)
    word_shapes.spell_formulas(root, findings)
    word_shapes.place_text_boxes(root)
    word_shapes.rebuild_drawings(root, package, part, findings)
    word_changes.drop_loose_ends(root, package.relations(part), _ids_of_notes(package))
    word_changes.simplify(root)
    word_changes.join_dropped_capitals(root)
    _mark_table_heads(root, styles)


def _ids_of_notes(package: Package) -> frozenset[tuple[str, str]]:
    """Return (kind, id) of each footnote and endnote."""
    return frozenset(
        (kind, note.get(qualified("w:id"), ""))
        for kind in ("footnote", "endnote")
        for part in package.related(f"{kind}s")
        if (root := package.xml(part)) is not None
        for note in root.iter(qualified(f"w:{kind}"))
    )


def _mark_table_heads(root: "etree._Element", styles: Styles) -> None:
    """Mark the first row of a table as its head, if its style shows it as one or all its words are bold."""
    for table in root.iter(qualified("w:tbl")):
        rows = table.findall(qualified("w:tr"))
        if len(rows) < 2 or rows[0].find(f"{qualified('w:trPr')}/{qualified('w:tblHeader')}") is not None:  # noqa: PLR2004
            continue
        if _is_styled_head(table, styles) or _is_bold(rows[0]):
            properties = rows[0].find(qualified("w:trPr"))
            if properties is None:
                properties = etree.Element(qualified("w:trPr"))
                rows[0].insert(0, properties)
            etree.SubElement(properties, qualified("w:tblHeader"))


def _is_styled_head(table: "etree._Element", styles: Styles) -> bool:
    properties = table.find(qualified("w:tblPr"))
    look = properties.find(qualified("w:tblLook")) if properties is not None else None
    style = properties.find(qualified("w:tblStyle")) if properties is not None else None
    style_id = style.get(VALUE, "") if style is not None else ""
    known = styles.styles.get(style_id)
    name = (known.name if known else style_id).casefold()
    if look is None or name in _PLAIN_TABLES:
        return False
    first, bits = look.get(qualified("w:firstRow")), look.get(VALUE, "0")
    return first == "1" or (first is None and bool(int(bits, 16) & 0x20))


def _is_bold(row: "etree._Element") -> bool:
    runs = [run for run in row.iter(qualified("w:r")) if words_of(run).strip()]
    bold = [run.find(f"{qualified('w:rPr')}/{qualified('w:b')}") for run in runs]
    return bool(runs) and all(one is not None and is_on(one.get(VALUE)) for one in bold)


def _count_languages(root: "etree._Element", languages: Counter[str]) -> None:
    for run in root.iter(qualified("w:r")):
        mark = run.find(f"{qualified('w:rPr')}/{qualified('w:lang')}")
        if mark is not None:
            is_rtl = run.find(f"{qualified('w:rPr')}/{qualified('w:rtl')}") is not None
            language = mark.get(qualified("w:bidi") if is_rtl else VALUE) or mark.get(VALUE)
            languages[language or ""] += len(words_of(run))


class _Roles:
    """Gives each paragraph its role as the id of its style."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.counts: dict[str, dict[int, int]] = {}
        self.last: dict[etree._Element, tuple[ListItem, dict[int, int]]] = {}

    def assign(self, root: "etree._Element", findings: Findings) -> Iterator[str]:
        """Set the role of each paragraph; yield the roles."""
        for paragraph in [*root.iter(qualified("w:p"))]:
            role = self.styles.role(paragraph)
            if role == "contents":
                findings.leave_out("table of contents", "the site makes its own lists")
                remove(paragraph)
                continue
            # Titles and headings may be numbered, but are no items of a list.
            role = (
                self._list_role(paragraph)
                if role in {"", "code", "quote"} and self._in_list(paragraph)
                else role
            )
            _mark_runs(paragraph, role, self.styles)
            _set_style(paragraph, f"{ROLE}{role}" if role else "")
            if role:
                yield role

    def _in_list(self, paragraph: "etree._Element") -> bool:
        parent = parent_of(paragraph)
        if self.styles.list_item(paragraph) is not None:
            return True
        is_empty = not words_of(paragraph).strip()
        if not is_empty and not self.styles.is_continued(paragraph):
            self.last.pop(parent, None)
        return not is_empty and parent in self.last

    def _list_role(self, paragraph: "etree._Element") -> str:
        parent = parent_of(paragraph)
        item = self.styles.list_item(paragraph)
        if item is None:
            return f"more-{self.last[parent][0].level}"
        counts = self.counts.setdefault(item.group, {})
        for deeper in [level for level in counts if level > item.level]:
            del counts[deeper]
        number = counts[item.level] = counts.get(item.level, item.start - 1) + 1
        expected = self.last[parent][1] if parent in self.last else {}
        follows = number == expected.get(item.level, 0) + 1 and item.level in expected
        shown = {level: at for level, at in expected.items() if level < item.level} | {item.level: number}
        self.last[parent] = (item, shown)
        if item.is_ordered and not follows:
            _note_start(paragraph, number)
        return f"li-{item.level}-{'o' if item.is_ordered else 'b'}"


def _note_start(paragraph: "etree._Element", number: int) -> None:
    """Put the number of a list's first item before its words: as styles, many numbers would be slow."""
    made = etree.Element(qualified("w:r"))
    style = etree.SubElement(etree.SubElement(made, qualified("w:rPr")), qualified("w:rStyle"))
    style.set(VALUE, START_STYLE)
    etree.SubElement(made, qualified("w:t")).text = str(number)
    properties = paragraph.find(qualified("w:pPr"))
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, made)


def _set_style(paragraph: "etree._Element", style_id: str) -> None:
    properties = paragraph.find(qualified("w:pPr"))
    if properties is None:
        properties = etree.Element(qualified("w:pPr"))
        paragraph.insert(0, properties)
    for child in [*properties]:
        properties.remove(child)
    if style_id:
        etree.SubElement(properties, qualified("w:pStyle")).set(VALUE, style_id)


def _mark_runs(paragraph: "etree._Element", role: str, styles: Styles) -> None:
    """Write what styles say about emphasis into each run, as the converter reads no styles."""
    own = style_of(paragraph)
    is_plain = not own or (own in styles.styles and styles.styles[own].name.casefold() in _PLAIN_STYLES)
    from_paragraph = {} if is_plain or role else styles.text_properties(own)
    for run in paragraph.iter(qualified("w:r")):
        style_id = style_of(run)
        if style_id in _MARKERS:
            continue
        name = styles.styles[style_id].name.casefold() if style_id in styles.styles else ""
        is_link = name == "hyperlink" or ancestor(run, "w:hyperlink") is not None
        is_note = "reference" in name
        found = {**from_paragraph, **styles.text_properties(style_id)}
        _write_emphasis(
            run, {} if is_note else found, is_link=is_link, is_unmarked=bool(_UNMARKED_ROLES.fullmatch(role))
        )


def _write_emphasis(
    run: "etree._Element", inherited: Mapping[str, "etree._Element"], *, is_link: bool, is_unmarked: bool
) -> None:
    properties = run.find(qualified("w:rPr"))
    if properties is None:
        if not inherited:
            return
        properties = etree.Element(qualified("w:rPr"))
        run.insert(0, properties)
    style = properties.find(qualified("w:rStyle"))
    if style is not None:
        properties.remove(style)
    for name, mark in inherited.items():
        if properties.find(qualified(f"w:{name}")) is None:
            etree.SubElement(
                properties,
                qualified(f"w:{name}"),
                {str(key): str(value) for key, value in mark.attrib.items()},
            )
    double = properties.find(qualified("w:dstrike"))
    if double is not None:
        double.tag = qualified("w:strike")
    unwanted = ("w:b", "w:i", "w:u") if is_unmarked else ("w:u",) if is_link else ()
    for name in unwanted:
        for mark in properties.findall(qualified(name)):
            properties.remove(mark)


def _name_surroundings(package: Package, findings: Findings) -> None:
    """Name headers, footers, comments and macros."""
    for kind in ("header", "footer"):
        texts = {" ".join(words_of(package.xml(part)).split()) for part in package.related(kind)}
        for text in sorted(filter(None, texts)):
            findings.leave_out(f"page {kind} {quoted(text)}", "it repeats on each printed page")
    for part in package.related("comments"):
        root = package.xml(part)
        for comment in root.iter(qualified("w:comment")) if root is not None else ():
            words = " ".join(words_of(comment).split())
            author = comment.get(qualified("w:author"), "").strip()
            findings.leave_out(
                f"comment{f' of {author}' if author else ''}: {quoted(words)}", "comments are not published"
            )
    if any(name.casefold().endswith("vbaproject.bin") for name in package.names):
        findings.leave_out("macros", "an import never keeps or runs programs of a file")


def _properties(package: Package) -> dict[str, str]:
    """Return the properties of a file (ECMA-376, part 2, 11), without empty ones."""
    part = next((one.target for one in package.relations("").values() if one.kind == "core-properties"), "")
    root = package.xml(part) if part else None
    found = (
        {local_name(one.tag).rpartition("}")[2]: (one.text or "").strip() for one in root}
        if root is not None
        else {}
    )
    return {name: words for name, words in found.items() if words}


def _repacked(package: Package, roots: Mapping[str, tuple[str, "etree._Element"]]) -> BytesIO:
    """Return a Word file for the converter, with the prepared texts and their links."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_TYPES}"/>')
        for name, (part, root) in roots.items():
            rows = "".join(
                f"<Relationship Id={quoteattr(key)} Type={quoteattr(_LINK)} TargetMode='External' "
                f"Target={quoteattr(one.target)}/>"
                for key, one in package.relations(part).items()
                if one.kind == "hyperlink"
            )
            relations = f'<Relationships xmlns="{_RELATIONS}">{rows}</Relationships>'
            archive.writestr(f"word/{name}.xml", etree.tostring(root, encoding="utf-8"))
            archive.writestr(f"word/_rels/{name}.xml.rels", relations)
    made.seek(0)
    return made


def _convert(file: BytesIO, roles: set[str], findings: Findings) -> str:
    import mammoth

    styles = [f"p.{ROLE}{role} => p.{ROLE}{role}:fresh" for role in sorted(roles)]
    styles += [*(f"r.{marker} => span.{marker}:fresh" for marker in _MARKERS), "u => u"]
    result = mammoth.convert_to_html(
        file,
        style_map="\n".join(styles),
        include_embedded_style_map=False,
        # All roles are settled, and each run would be compared with 50 styles.
        include_default_style_map=False,
    )
    if any("w:sym" in message.message for message in result.messages):
        findings.remark("a symbol of a special font was left out", "compare the text with the Word file")
    return str(result.value)
