"""Elements of Word files: their names, places and words (ECMA-376, part 1)."""

from lxml import etree

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = {
    "w": _WORD,
    "r": _RELATIONS,
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "o": "urn:schemas-microsoft-com:office:office",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
VALUE = f"{{{_WORD}}}val"
"""The attribute with the value of most properties."""


def local_name(tag: object) -> str:
    """Return the name of an element with the usual prefix of its namespace: ``w:p``; "" for comments."""
    if not isinstance(tag, str):
        return ""
    space, _, name = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    prefix = next((prefix for prefix, known in NAMESPACES.items() if known == space), "")
    return f"{prefix}:{name}" if prefix else name


def qualified(name: str) -> str:
    """Return ``w:p`` as lxml writes it, with the namespace in braces."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def words_of(element: "etree._Element | None", *names: str) -> str:
    """Return the words of an element.

    Args:
        element: the element; None has no words.
        names: names of the elements that hold words; ``t`` if there are none.
    """
    tags = [f"{{*}}{name}" for name in names or ("t",)]
    return "".join(str(words) for words in element.itertext(*tags)) if element is not None else ""


def parent_of(element: "etree._Element") -> "etree._Element":
    """Return the element around another one.

    Raises:
        ValueError: it is the root.
    """
    parent = element.getparent()
    if parent is None:
        raise ValueError(f"{local_name(element.tag)} has no place in the text")
    return parent


def ancestor(element: "etree._Element", name: str) -> "etree._Element | None":
    """Return the nearest element of a name around another one."""
    return next((one for one in element.iterancestors() if local_name(one.tag) == name), None)


def remove(element: "etree._Element") -> None:
    """Remove an element with its content, if it still has a place."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: "etree._Element") -> None:
    """Replace an element by its children."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for number, child in enumerate([*element]):
        parent.insert(at + number, child)
    parent.remove(element)
