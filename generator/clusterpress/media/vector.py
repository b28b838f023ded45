"""SVG files: without everything that runs, loads other files or reveals its author."""

import re

from lxml import etree

from clusterpress.media.values import ImageError, ProcessedImage

SVG = "http://www.w3.org/2000/svg"
_HREFS = frozenset({"href", "{http://www.w3.org/1999/xlink}href"})
_XML = "{http://www.w3.org/XML/1998/namespace}"
_FOREIGN = frozenset({*_HREFS, f"{_XML}lang", f"{_XML}space"})
_ELEMENTS = frozenset(
    """circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite
    feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
    feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting
    feSpotLight feTile feTurbulence filter g line linearGradient marker mask path pattern polygon polyline
    radialGradient rect stop style svg switch symbol text textPath title tspan use""".split()  # noqa: SIM905 (words read best)
)
_IMPORT = re.compile(r"@import[^;]*;?", re.IGNORECASE)
_EXTERNAL = re.compile(r"(?:url\((?!\s*['\"]?\s*#)|image-set\(|src\()[^)]*\)*", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*(px|in|cm|mm|pt|pc|q)?\s*", re.IGNORECASE)
_PIXELS = {"": 1, "px": 1, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "pt": 4 / 3, "pc": 16, "q": 96 / 101.6}


def process_vector(raw: bytes) -> ProcessedImage:
    """Return an SVG drawing without scripts, animation, event attributes, external references and metadata.

    Raises:
        ImageError: it is no SVG, contains a photograph, or has no size.
    """
    root = _parsed(raw)
    if root.find(f".//{{{SVG}}}image") is not None:
        raise ImageError("the drawing holds a photograph", "export it as PNG or JPEG")
    _remove_elements(root)
    for element in root.iter(etree.Element):
        _remove_attributes(element)
        if element.tag == f"{{{SVG}}}style":
            element.text = _without_external_references(element.text or "")
    width, height = _size(root)
    etree.cleanup_namespaces(root)
    content = etree.tostring(root, encoding="utf-8")
    return ProcessedImage(content=content, width=width, height=height, type="image/svg+xml", suffix=".svg")


def _parsed(raw: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise ImageError(f"the drawing is no valid SVG: {error.msg}", "export it again as SVG") from error
    if root.tag != f"{{{SVG}}}svg":
        raise ImageError("this is no SVG drawing", "export it as SVG, or as PNG")
    return root


def _remove_elements(root: etree._Element) -> None:
    """Keep only elements that draw; text beside removed elements stays, links become groups."""
    etree.strip_tags(root, etree.Entity)
    allowed = {f"{{{SVG}}}{name}" for name in _ELEMENTS}
    for link in root.iter(f"{{{SVG}}}a"):
        link.tag = f"{{{SVG}}}g"
    others = {str(element.tag) for element in root.iter(etree.Element)} - allowed
    etree.strip_elements(root, *sorted(others), with_tail=False)


def _remove_attributes(element: etree._Element) -> None:
    for name, value in [(str(name), str(value)) for name, value in element.items()]:
        outside = name in _HREFS and not value.lstrip().startswith("#")
        foreign = name.startswith("{") and name not in _FOREIGN
        if outside or foreign or name.lower().startswith("on"):
            del element.attrib[name]
        elif not name.startswith("aria-"):
            element.set(name, _without_external_references(value))


def _without_external_references(css: str) -> str:
    """Return a style sheet, or a value of one, without external references; those within the drawing stay.

    Escapes are removed because they could hide the word ``url``; drawing programs write none.
    """
    return _EXTERNAL.sub("none", _IMPORT.sub("", css.replace("\\", "")))


def _size(root: etree._Element) -> tuple[int, int]:
    """Return width and height in CSS pixels, from the attributes or, failing these, from the view box."""
    sides = [_pixels(root.get(name, "")) for name in ("width", "height")]
    if not all(sides):
        sides = [_pixels(number) for number in re.split(r"[\s,]+", root.get("viewBox", "").strip())[2:4]]
    if len(sides) != 2 or not all(sides):  # noqa: PLR2004 (a width and a height)
        raise ImageError("the drawing does not say how large it is", "export it with a viewBox")
    return max(round(sides[0]), 1), max(round(sides[1]), 1)


def _pixels(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _PIXELS[(found[2] or "").lower()] if found else 0.0
