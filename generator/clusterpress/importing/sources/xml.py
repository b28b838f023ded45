"""XML from elsewhere → a tree: no entities, no network, and what can be saved of a file that breaks off."""

import re

from lxml import etree

from clusterpress.importing.records import ImportSourceError, Remark
from clusterpress.values.characters import strip_forbidden

_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]+)|(\d+));")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)


def read_xml(raw: bytes, name: str) -> tuple[etree._Element, list[tuple[str, int, Remark]]]:
    """Return the root of an XML file, and what an editor should know of its form.

    Raises:
        Unimportable: the file is no XML, or declares entities.
    """
    if found := _DOCTYPE.search(raw):
        line = raw.count(b"\n", 0, found.start()) + 1
        hint = "delete the line if you trust the file, or export it again"
        raise ImportSourceError(name, line, "the file declares a document type, which no export needs", hint)
    content = _without_controls(raw)
    try:
        return etree.fromstring(content, _parser(recover=False)), []
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        root = etree.fromstring(content, _parser(recover=True)) if content.strip() else None
        if root is None:
            raise ImportSourceError(
                name, line, "this is not XML", "choose the file that the export saved"
            ) from None
        message = f"the file is broken here ({error.msg}); what follows may be incomplete"
        return root, [(name, line, Remark(message, "export it again and compare the counts"))]


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        recover=recover,
        strip_cdata=True,
    )


def _without_controls(raw: bytes) -> bytes:
    """Return the file in UTF-8 without characters that XML forbids: one of them makes it unreadable."""
    declared = re.match(rb"\s*<\?xml[^>]*encoding=[\"']([\w-]+)", raw)
    encoding = declared[1].decode() if declared else "utf-8"
    try:
        text = raw.decode(encoding, errors="replace")
    except LookupError:
        text = raw.decode("utf-8", errors="replace")
    text = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text)
    return _REFERENCE.sub(_allowed, strip_forbidden(text)).lstrip().encode()


def _allowed(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    return found[0] if number < 0x110000 and strip_forbidden(chr(number)) else ""  # noqa: PLR2004 - Unicode's end
