"""Passes over the text of a Word file: what its reader sees, without changes, fields and hidden text.

Each pass takes the root of a part (the text, or its notes) and changes it in place.
"""

import re
from collections.abc import Container

from lxml import etree

from clusterpress.importing.sources.documents.findings import Findings, quoted
from clusterpress.importing.sources.documents.word_styles import Styles, is_on, style_of
from clusterpress.importing.sources.documents.word_xml import (
    VALUE,
    local_name,
    parent_of,
    qualified,
    remove,
    unwrap,
    words_of,
)

_DELETED = ("w:del", "w:moveFrom")
_INSERTED = ("w:ins", "w:moveTo")
_FORMER = re.compile(r"w:\w+Change$")
"""Elements with the properties before a change of format."""
_UNWRAPPED = ("w:dir", "w:bdo", "w:subDoc", "w:smartTag", "w:customXml")
_DROPPED_FIELDS = {
    "TOC": "table of contents", "TOA": "table of authorities", "INDEX": "index",
    "PAGE": "page number", "NUMPAGES": "page number", "SECTIONPAGES": "page number", "PAGEREF": "page number",
}  # fmt: skip
"""Field → what it is. A page of a website has no page numbers, and the site makes its own contents."""
_UNSEEN_FIELDS = frozenset({"XE", "TC", "TA", "RD", "PRIVATE", "SET", "ASK"})
"""Fields that show nothing."""
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:(\\l)\s+)?"?([^"\s]+)"?(?:\s+\\l\s+"?([^"\s]+)"?)?')


def accept_changes(root: "etree._Element", findings: Findings) -> None:
    """Keep what was inserted, and drop what was deleted, as Word does with "Accept all changes"."""
    for element in list(root.iter("{*}*")):
        if _FORMER.match(local_name(element.tag)):
            remove(element)
    _drop_deleted_cells(root)
    _join_deleted_paragraphs(root)
    deleted = [one for one in root.iter("{*}*") if local_name(one.tag) in _DELETED]
    for element in deleted:
        words = words_of(element, "delText", "t")
        if words.strip() and local_name(element.tag) == "w:del":
            findings.leave_out("text that a tracked change deletes", "all tracked changes were accepted")
        remove(element)
    for element in list(root.iter("{*}*")):
        if local_name(element.tag) in _INSERTED:
            unwrap(element)


def _drop_deleted_cells(root: "etree._Element") -> None:
    for mark in [*root.iter(qualified("w:cellDel"))]:
        remove(parent_of(parent_of(mark)))
    for row in [*root.iter(qualified("w:tr"))]:
        properties = row.find(qualified("w:trPr"))
        if properties is not None and properties.find(qualified("w:del")) is not None:
            remove(row)
    for table in [*root.iter(qualified("w:tbl"))]:
        if table.find(f".//{qualified('w:tc')}") is None:
            remove(table)


def _join_deleted_paragraphs(root: "etree._Element") -> None:
    """Join a paragraph whose end was deleted with the next one (ECMA-376, part 1, 17.13.5.15)."""
    for paragraph in [*root.iter(qualified("w:p"))]:
        properties = paragraph.find(qualified("w:pPr"))
        marks = properties.find(qualified("w:rPr")) if properties is not None else None
        if marks is None or not any(marks.find(qualified(name)) is not None for name in _DELETED):
            continue
        _join(paragraph)


def join_dropped_capitals(root: "etree._Element") -> None:
    """Join a large first letter, which Word keeps in a paragraph of its own, with its word."""
    for frame in [*root.iter(qualified("w:framePr"))]:
        if frame.get(qualified("w:dropCap"), "none") != "none":
            _join(parent_of(parent_of(frame)))


def _join(paragraph: "etree._Element") -> None:
    following = paragraph.getnext()
    if following is None or local_name(following.tag) != "w:p":
        return
    at = 1 if following.find(qualified("w:pPr")) is not None else 0
    content = [child for child in paragraph if local_name(child.tag) != "w:pPr"]
    for number, child in enumerate(content):
        following.insert(at + number, child)
    remove(paragraph)


def resolve_fields(root: "etree._Element", findings: Findings) -> None:
    """Replace each field by its last result; drop page numbers and tables of contents."""
    for block in [*root.iter(qualified("w:sdt"))]:
        gallery = block.find(f".//{qualified('w:docPartGallery')}")
        if gallery is not None and gallery.get(VALUE, "").startswith("Table of Contents"):
            findings.leave_out("table of contents", "the site makes its own lists")
            remove(block)
    for simple in [*root.iter(qualified("w:fldSimple"))]:
        _resolve_simple(simple, findings)
    _resolve_complex(root, findings)


def _resolve_simple(simple: "etree._Element", findings: Findings) -> None:
    code = simple.get(qualified("w:instr"), "")
    if _is_dropped(code, findings):
        remove(simple)
    elif link := _HYPERLINK.match(code):
        simple.addprevious(_mark("begin"))
        simple.addprevious(_instruction(link[0]))
        simple.addprevious(_mark("separate"))
        simple.addnext(_mark("end"))
        unwrap(simple)
    else:
        unwrap(simple)


def _mark(kind: str) -> "etree._Element":
    run = etree.Element(qualified("w:r"))
    etree.SubElement(run, qualified("w:fldChar"), {qualified("w:fldCharType"): kind})
    return run


def _instruction(code: str) -> "etree._Element":
    run = etree.Element(qualified("w:r"))
    etree.SubElement(run, qualified("w:instrText")).text = code
    return run


def _is_dropped(code: str, findings: Findings) -> bool:
    name = code.split(maxsplit=1)[0].upper() if code.split() else ""
    if what := _DROPPED_FIELDS.get(name):
        findings.leave_out(
            what, "a page of the site has none" if "page" in what else "the site makes its own lists"
        )
    return bool(what) or name in _UNSEEN_FIELDS


class _Field:
    """A field that is being read."""

    def __init__(self) -> None:
        self.code = ""
        self.in_result = False
        self.is_dropped = False


def _resolve_complex(root: "etree._Element", findings: Findings) -> None:
    """Drop the results of fields that are not needed; a field may begin and end in different paragraphs."""
    fields: list[_Field] = []
    for run in [*root.iter(qualified("w:r"))]:
        for child in [*run]:
            name = local_name(child.tag)
            if name == "w:fldChar":
                _step(fields, child.get(qualified("w:fldCharType"), ""), findings)
            elif name in {"w:instrText", "w:delInstrText"} and fields and not fields[-1].in_result:
                fields[-1].code += child.text or ""
            elif name != "w:rPr" and any(one.is_dropped and one.in_result for one in fields):
                remove(child)


def _step(fields: list[_Field], kind: str, findings: Findings) -> None:
    if kind == "begin":
        fields.append(_Field())
    elif kind == "separate" and fields:
        fields[-1].in_result = True
        within = any(one.is_dropped for one in fields[:-1])
        fields[-1].is_dropped = within or _is_dropped(fields[-1].code, findings)
    elif kind == "end" and fields:
        last = fields.pop()
        if not last.in_result and not any(one.is_dropped for one in fields):
            _is_dropped(last.code, findings)


def drop_hidden_text(root: "etree._Element", styles: Styles, findings: Findings) -> None:
    """Drop text that Word does not print."""
    hidden: list[str] = []
    for run in [*root.iter(qualified("w:r"))]:
        own = run.find(f"{qualified('w:rPr')}/{qualified('w:vanish')}")
        mark = own if own is not None else styles.text_properties(style_of(run)).get("vanish")
        if mark is not None and is_on(mark.get(VALUE)) and run.find(qualified("w:fldChar")) is None:
            hidden.append(words_of(run))
            remove(run)
    if words := "".join(hidden).strip():
        findings.leave_out(f"hidden text {quoted(words)}", "Word does not print it")


def drop_loose_ends(
    root: "etree._Element", relations: Container[str], notes: Container[tuple[str, str]]
) -> None:
    """Drop references to what the file does not have, as damaged files do; their words stay.

    Args:
        root: of the part.
        relations: ids of its relationships.
        notes: (kind, id) of the notes of the file.
    """
    for link in [*root.iter(qualified("w:hyperlink"))]:
        key = link.get(qualified("r:id"))
        if key is not None and key not in relations:
            unwrap(link)
    for kind in ("footnote", "endnote"):
        for reference in [*root.iter(qualified(f"w:{kind}Reference"))]:
            if (kind, reference.get(qualified("w:id"), "")) not in notes:
                remove(reference)


def simplify(root: "etree._Element") -> None:
    """Replace elements that the converter does not know by ones that it does."""
    for element in [*root.iter("{*}*")]:
        name = local_name(element.tag)
        if name in _UNWRAPPED:
            unwrap(element)
        elif name == "w:sdt":
            _unwrap_control(element)
        elif name == "w:ruby":
            _spell_out(element)
        elif name == "w:cr":
            element.tag = qualified("w:br")
        elif name == "w:softHyphen":
            remove(element)
        elif name == "w:br" and element.get(qualified("w:type")) in {"page", "column"}:
            element.attrib.clear()
            element.tag = qualified("w:t")
            element.text = " "
        elif name in {"w:gridBefore", "w:gridAfter"}:
            _fill_row(element, name)


def _unwrap_control(control: "etree._Element") -> None:
    """Keep what somebody wrote into a control, and drop its request to write something."""
    content = control.find(qualified("w:sdtContent"))
    is_unfilled = control.find(f"{qualified('w:sdtPr')}/{qualified('w:showingPlcHdr')}") is not None
    if content is None or is_unfilled:
        remove(control)
        return
    unwrap(content)
    for child in control.findall(qualified("w:sdtPr")) + control.findall(qualified("w:sdtEndPr")):
        control.remove(child)
    unwrap(control)


def _spell_out(ruby: "etree._Element") -> None:
    """Write the reading of an East Asian word in parentheses after it."""
    base, reading = ruby.find(qualified("w:rubyBase")), ruby.find(qualified("w:rt"))
    words = words_of(base)
    spoken = words_of(reading)
    ruby.clear()
    ruby.tag = qualified("w:t")
    ruby.text = f"{words} ({spoken})" if spoken else words


def _fill_row(skipped: "etree._Element", name: str) -> None:
    """Put empty cells where a row of a table begins late or ends early."""
    row = parent_of(parent_of(skipped))
    count = skipped.get(VALUE, "0")
    if local_name(row.tag) != "w:tr" or not count.isdigit():
        return
    cells = row.findall(qualified("w:tc"))
    for _ in range(min(int(count), 60)):
        cell = etree.Element(qualified("w:tc"))
        etree.SubElement(cell, qualified("w:p"))
        if name == "w:gridAfter" or not cells:
            row.append(cell)
        else:
            cells[0].addprevious(cell)
