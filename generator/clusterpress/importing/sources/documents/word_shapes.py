"""Passes over the drawings of a Word file: text boxes, pictures, charts, diagrams, formulas and objects."""

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from clusterpress.importing.sources.documents.findings import Findings, quoted
from clusterpress.importing.sources.documents.word_package import Package
from clusterpress.importing.sources.documents.word_xml import (
    NAMESPACES,
    ancestor,
    local_name,
    parent_of,
    qualified,
    remove,
    unwrap,
    words_of,
)

IMAGE_STYLE = "cp-image"
"""Style of a run with the address of a picture, a line end and its alternative text."""
_GENERATED = re.compile(
    r"(?<![\s,])[\s,]*(?:Description automatically generated(?: with \w+ confidence)?|"
    r"Automatisch generierte Beschreibung|AI-generated content may be incorrect\.?|"
    r"Description générée automatiquement)\s*$"
)
"""What Word adds to alternative texts of its own making."""
_BLOCKS = ("w:p", "w:tbl")
_READABLE = tuple(
    qualified(name)
    for name in ("w:txbxContent", "pic:pic", "w:t", "w:object", "m:oMath", "c:chart", "dgm:relIds")
)
"""What this module understands of a drawing; others, such as ink, have a picture as their second form."""
_MATH_TEXT = f"{{{NAMESPACES['m']}}}t"


def choose_alternatives(root: "etree._Element") -> None:
    """Keep one of the forms in which Word stores a drawing twice, for new and old versions of itself."""
    for element in [*root.iter(qualified("mc:AlternateContent"))]:
        choice = element.find(qualified("mc:Choice"))
        fallback = element.find(qualified("mc:Fallback"))
        is_readable = choice is not None and any(True for _ in choice.iter(*_READABLE))
        kept = choice if is_readable or fallback is None or len(fallback) == 0 else fallback
        for child in [*element]:
            if child is not kept:
                element.remove(child)
        if kept is not None:
            unwrap(kept)
        unwrap(element)


def place_text_boxes(root: "etree._Element") -> None:
    """Move the text of each box after the paragraph that it is anchored in."""
    for box in reversed([*root.iter(qualified("w:txbxContent"))]):
        host = ancestor(box, "w:p")
        content = [child for child in box if local_name(child.tag) in {*_BLOCKS, "w:sdt"}]
        if host is not None:
            for block in reversed(content):
                host.addnext(block)
        remove(box)
    for path in [*root.iter(qualified("v:textpath"))]:
        if words := path.get("string", "").strip():
            _replace_shape(path, words)


def _replace_shape(element: "etree._Element", words: str) -> None:
    """Replace the shape around an element by words in the same run."""
    run = ancestor(element, "w:r")
    if run is not None:
        etree.SubElement(run, qualified("w:t")).text = words


def rebuild_drawings(root: "etree._Element", package: Package, part: str, findings: Findings) -> None:
    """Give each picture a drawing of its own; name charts, diagrams and objects.

    Args:
        root: of the part.
        package: the file.
        part: name of the part, for its relationships.
        findings: takes what cannot be shown.
    """
    for drawing in [*root.iter(qualified("w:drawing"))]:
        for picture in _pictures(drawing):
            _name_crop(picture, findings)
            blip = picture.find(f".//{qualified('a:blip')}")
            if blip is not None:
                address = _address_of(blip, package, part)
                _place_picture(drawing, address, _alt(drawing, picture), _link_of(drawing), findings)
        _name_chart(drawing, package, part, findings)
        _spell_diagram(drawing, package, part, findings)
        remove(drawing)
    for data in [*root.iter(qualified("v:imagedata"))]:
        holder = ancestor(data, "w:pict")
        holder = ancestor(data, "w:object") if holder is None else holder
        if holder is not None:
            shape = parent_of(data)
            words = str(shape.get("alt") or data.get(qualified("o:title"), ""))
            _place_picture(holder, _address_of(data, package, part), _GENERATED.sub("", words), "", findings)
        remove(data)
    _name_objects(root, findings)


def _name_objects(root: "etree._Element", findings: Findings) -> None:
    for one in root.iter(qualified("o:OLEObject")):
        program = one.get("ProgID", "") or "another program"
        hint = "save it as a file of its own and link to it"
        findings.leave_out(f"embedded object of {program}", f"only its picture can be shown: {hint}")
    for _ in root.iter(qualified("w:altChunk")):
        findings.leave_out("inserted document", "open the file in Word and save it, which inserts its text")


def _address_of(element: "etree._Element", package: Package, part: str) -> str:
    """Return the part or the web address of a picture; "" if the file does not have it."""
    relations = package.relations(part)
    keys = (element.get(qualified(name), "") for name in ("r:embed", "r:id", "r:link"))
    relation = next((relations[key] for key in keys if key in relations), None)
    if relation is None or not (relation.is_external or relation.target in package.names):
        return ""
    return relation.target


def _link_of(drawing: "etree._Element") -> str:
    """Return the id of the link of a picture; "" if it has none."""
    link = drawing.find(f".//{qualified('wp:docPr')}/{qualified('a:hlinkClick')}")
    return link.get(qualified("r:id"), "") if link is not None else ""


def _place_picture(place: "etree._Element", address: str, alt: str, link: str, findings: Findings) -> None:
    """Put a run with the address of a picture before the run that shows it."""
    if not address:
        findings.remark("a picture of the Word file is missing in it", "insert it in Word again")
        return
    made = etree.Element(qualified("w:r"))
    style = etree.SubElement(etree.SubElement(made, qualified("w:rPr")), qualified("w:rStyle"))
    style.set(qualified("w:val"), IMAGE_STYLE)
    etree.SubElement(made, qualified("w:t")).text = f"{address}\n{alt}"
    if link:
        around = etree.Element(qualified("w:hyperlink"), {qualified("r:id"): link})
        around.append(made)
        made = around
    _split_before(place).addprevious(made)


def _split_before(place: "etree._Element") -> "etree._Element":
    """Return the run that begins with an element; what stood before it in its run gets one of its own."""
    run = parent_of(place)
    before = [one for one in place.itersiblings(preceding=True) if local_name(one.tag) != "w:rPr"]
    if words_of(run) and before:
        properties = run.find(qualified("w:rPr"))
        first = etree.Element(qualified("w:r"))
        first.extend([*([deepcopy(properties)] if properties is not None else []), *reversed(before)])
        run.addprevious(first)
    return run


def _name_crop(picture: "etree._Element", findings: Findings) -> None:
    """Warn of a picture of which Word only shows a part: the file has all of it."""
    for part in picture.iter(qualified("a:srcRect")):
        if any(side.lstrip("-").isdigit() and int(side) > 0 for side in map(str, part.attrib.values())):
            message = "a picture is cropped in Word, but the imported file shows all of it"
            findings.remark(message, "crop the file, or choose Compress Pictures in Word and import again")


def _pictures(drawing: "etree._Element") -> list["etree._Element"]:
    return [*drawing.iter(qualified("pic:pic"))]


def _alt(drawing: "etree._Element", picture: "etree._Element") -> str:
    """Return the alternative text of a picture: its own, or that of its drawing."""
    own = [*picture.iter("{*}cNvPr")]
    around = [*drawing.iter(qualified("wp:docPr"))]
    holders = [*around, *own] if len(_pictures(drawing)) == 1 else [*own, *around]
    texts = (one.get(key, "").strip() for one in holders for key in ("descr", "title"))
    return _GENERATED.sub("", next(filter(None, texts), "")).strip()


def _name_chart(drawing: "etree._Element", package: Package, part: str, findings: Findings) -> None:
    for chart in drawing.iter("{*}chart"):
        relation = package.relations(part).get(chart.get(qualified("r:id"), ""))
        root = package.xml(relation.target) if relation else None
        title = root.find(f".//{qualified('c:title')}") if root is not None else None
        words = words_of(title, "t", "v")
        name = f"chart {quoted(words)}" if words.strip() else "chart"
        findings.leave_out(
            name, "save it as a picture in Word (right click), and insert that with an alt text"
        )


def _spell_diagram(drawing: "etree._Element", package: Package, part: str, findings: Findings) -> None:
    """Keep the words of a diagram (SmartArt) as lines after its paragraph."""
    for diagram in drawing.iter(qualified("dgm:relIds")):
        relation = package.relations(part).get(diagram.get(qualified("r:dm"), ""))
        root = package.xml(relation.target) if relation else None
        lines = [*_lines_of_diagram(root)] if root is not None else []
        host = ancestor(drawing, "w:p")
        if host is not None:
            for line in reversed(lines):
                host.addnext(_paragraph_of(line))
        hint = "save it as a picture in Word, and insert that with an alt text"
        near = lines[0] if lines else ""
        findings.remark("a diagram (SmartArt) was left out; its words stay as paragraphs", hint, near)


def _paragraph_of(words: str) -> "etree._Element":
    paragraph = etree.Element(qualified("w:p"))
    etree.SubElement(etree.SubElement(paragraph, qualified("w:r")), qualified("w:t")).text = words
    return paragraph


def _lines_of_diagram(root: "etree._Element") -> Iterator[str]:
    for point in root.iter(qualified("dgm:pt")):
        words = words_of(point.find(qualified("dgm:t")))
        if words.strip():
            yield " ".join(words.split())


def spell_formulas(root: "etree._Element", findings: Findings) -> None:
    """Write each formula as a line of text, with its raised and lowered parts."""
    for formula in [*root.iter(qualified("m:oMath"))]:
        runs = [*_math(formula, "")]
        words = "".join(words for words, _ in runs)
        for text, place in runs:
            run = etree.Element(qualified("w:r"))
            if place:
                properties = etree.SubElement(run, qualified("w:rPr"))
                etree.SubElement(properties, qualified("w:vertAlign")).set(qualified("w:val"), place)
            etree.SubElement(run, qualified("w:t")).text = text
            formula.addprevious(run)
        remove(formula)
        if words.strip():
            hint = "compare it with the Word file, or insert it as a picture"
            findings.remark(f"the formula {quoted(words)} was written as plain text", hint, words[:20])
    for paragraph in [*root.iter(qualified("m:oMathPara"))]:
        unwrap(paragraph)


def _math(element: "etree._Element", place: str) -> Iterator[tuple[str, str]]:
    """Yield (text, "", "superscript" or "subscript") of a formula (ECMA-376, part 1, 22.1)."""
    name = local_name(element.tag)
    if element.tag == _MATH_TEXT:
        yield element.text or "", place
        return
    if name in {"m:f", "m:rad", "m:d"}:
        yield from _bracketed(element, name, place)
        return
    for child in element:
        part = local_name(child.tag)
        raised = {"m:sup": "superscript", "m:sub": "subscript"}.get(part, place)
        if not part.endswith("Pr") and part != "w:rPr":
            yield from _math(child, raised)


def _bracketed(element: "etree._Element", name: str, place: str) -> Iterator[tuple[str, str]]:
    """Yield a fraction as (a)/(b), a root as √(a), and brackets as such."""
    parts = [child for child in element if not local_name(child.tag).endswith("Pr")]
    if name == "m:rad":
        yield "√", place
        parts = parts[-1:]
    for number, part in enumerate(parts):
        inner = [*_math(part, place)]
        is_short = name == "m:f" and len("".join(words for words, _ in inner)) == 1
        yield from [("/", place)] if number and name == "m:f" else [(", ", place)] if number else []
        yield from inner if is_short else [("(", place), *inner, (")", place)]
