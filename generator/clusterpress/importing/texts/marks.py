"""Additions to Markdown by kramdown, PyMdown, Pelican and MDX → our dialect."""

import re
from collections.abc import Callable

from clusterpress.content.mdx import EXPORT, IMPORT, IMPORTED
from clusterpress.importing.texts.enclosed import sub_enclosed
from clusterpress.importing.texts.shortcode_forms import indent

Hide = Callable[[str], str]
"""Takes a mark that leaves the text; returns what stays in its place: nothing."""

_ATTRIBUTES = r"\{:?[ ]*(?=[.#\w:])[^{}\n]*\}"
_ATTRIBUTE_LINE = re.compile(r"^[ \t>]*(?P<mark>\{:[^{}\n]*\}|\{[ ]*[.#][\w-][^{}\n]*\})[ \t]*$")
_TOC = re.compile(r"[ \t]*(?:[-*+]|\d+\.)[ \t]")
_ANCHOR = re.compile(r"#([\w-]+)")
_BLOCK_TAG = re.compile(r"\{::[^{}\n]*\}|\{:/[^{}\n]*\}")
_SPAN = re.compile(r"(?<![)\]])\{:[ ]*[.#\w][^{}\n]*\}")
_AT_LINK = re.compile(
    r"(?<!!)(\[(?:[^\[\]\\]|\\.)*\]\((?:[^()\s]|\([^()\s]*\))*(?:[ ]+\"[^\"\n]*\")?\))(\{:?[^{}\n]*\})"
)
_EMBED = re.compile(r"\.embed\b|#\w")

_TAB = re.compile(r"^([ \t]*)={3}[!+]*[ ]+\"([^\"\n]*)\"[ \t]*$")
_KEYS = re.compile(r"(?<![+\w])\+\+([\w-]+(?:\+[\w-]+)*)\+\+(?!\+)")
_MARKED = re.compile(r"(?<![=\w])==(?=\S)([^\n=]+?)(?<=\S)==(?!=)")
_INSERTED = re.compile(r"\^\^(?=\S)([^\n^]+?)(?<=\S)\^\^")
_RAISED = re.compile(r"(?<![\^\[\\])\^([^\s^\[\]()]+)\^(?!\^)")
_LOWERED = re.compile(r"(?<![~\\])~([^\s~]+)~(?!~)")
_CRITIC = (
    (re.compile(r"\{\+\+((?:(?!\{\+\+).)+?)\+\+\}", re.DOTALL), r"<ins>\1</ins>"),
    (re.compile(r"\{--((?:(?!\{--).)+?)--\}", re.DOTALL), r"<del>\1</del>"),
    (re.compile(r"\{~~((?:(?!\{~~|~>).)+)~>((?:(?!\{~~).)+?)~~\}", re.DOTALL), r"<del>\1</del><ins>\2</ins>"),
    (re.compile(r"\{==((?:(?!\{==).)+?)==\}", re.DOTALL), r"<mark>\1</mark>"),
    (re.compile(r"\{>>((?:(?!\{>>).)+?)<<\}", re.DOTALL), r" (\1)"),
)
_ICON = re.compile(r":(?:material|fontawesome|octicons|simple)-[\w-]+:(?:\{[^{}\n]*\})?[ ]?")
_SNIPPET = re.compile(r"^([ \t]*)-{1,2}8<-{1,2}[ \t]+\"([^\"\n]+)\"[ \t]*$", re.MULTILINE)
_SNIPPET_BLOCK = re.compile(r"^[ \t]*-{1,2}8<-{1,2}[ \t]*$", re.MULTILINE)
_PELICAN = re.compile(r"[{|](?:filename|static|attach|photo)[}|]")
_PELICAN_LIST = re.compile(r"[{|](author|category|tag|index|archives)[}|]")
_WIKI = re.compile(r"(?<!\[)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\](?![\[(])")
_GITHUB_NOTE = re.compile(
    r"^>[ ]?\[!(note|tip|important|warning|caution)\][ \t]*\n((?:>.*(?:\n|$))*)", re.IGNORECASE | re.MULTILINE
)
_END_OF_DIRECTIVE = re.compile(r"^:::[ \t]*$", re.MULTILINE)
_DIRECTIVE = re.compile(
    r"^:::[ ]?(\w+)\b(?:\[([^\]\n]*)\]|[ \t]+([^\s\[{][^\n{]*)(?=[\n{]))?[^\n]*\n(.*?)^:::[ \t]*$",
    re.MULTILINE | re.DOTALL,
)

_IMPORT = re.compile(IMPORT, re.MULTILINE)
_TAG = re.compile(r"<[a-z](?:[^<>{}]|\{(?:[^{}]|\{[^{}]*\})*\})*>")
_EXPRESSION = re.compile(r"\s[\w-]+=\{(?:[^{}]|\{[^{}]*\})*\}")
_MDX_MORE = re.compile(r"\{\s*/\*\s*(?:truncate|more)\s*\*/\s*\}", re.IGNORECASE)
_MDX_REQUIRED = re.compile(r"=\{\s*require\(\s*([\"'])([^\"'\n]+)\1\s*\)(?:\.default)?\s*\}")
_MDX_ROOT = re.compile(r"(?<=[(\"'<])(?:@site/static/|@site/|pathname:///)")
_MDX_ANCHOR = re.compile(r"(?<= )\{\s*/\*\s*#([\w:.-]+)\s*\*/\s*\}(?=[ \t]*$)", re.MULTILINE)
_EXPORT = re.compile(EXPORT, re.MULTILINE)


def convert_kramdown(text: str, hide: Hide) -> str:
    """Return a text without the attribute lists of kramdown; an anchor stays with its heading."""
    text = _BLOCK_TAG.sub(lambda found: hide(found[0]), convert_attributes(text, hide))
    return _SPAN.sub(lambda found: hide(found[0]), text)


def convert_attributes(text: str, hide: Hide) -> str:
    """Return a text without attribute lists for blocks and links; pictures and headings keep theirs."""
    lines: list[str] = []
    for line in text.split("\n"):
        found = _ATTRIBUTE_LINE.match(line)
        if not found:
            lines.append(line)
            continue
        mark = found["mark"]
        anchor = _ANCHOR.search(mark)
        before = lines[-1] if lines else ""
        if "toc" in mark and ".no_toc" not in mark and _TOC.match(before):
            lines[-1] = "[TOC]"
        elif anchor and before.startswith("#") and "{" not in before:
            lines[-1] = f"{before} {{#{anchor[1]}}}"
        else:
            hide(mark)
    return _AT_LINK.sub(lambda one: one[0] if _EMBED.search(one[2]) else one[1], "\n".join(lines))


def convert_pymdown(text: str, hide: Hide, read: Callable[[str], str]) -> str:
    """Return a text with the additions of PyMdown and Material.

    Args:
        text: Markdown without its code.
        hide: takes what leaves the text.
        read: returns the text of a snippet; "" if there is none.
    """
    text = _SNIPPET.sub(lambda found: _snippet(found, hide, read), text)
    text = _SNIPPET_BLOCK.sub(lambda found: hide(found[0].strip()), text)
    text = _ICON.sub(lambda found: hide(found[0].strip()), text)
    text = convert_attributes(_tabs(text), hide)
    for pattern, form in _CRITIC:
        text = pattern.sub(form, text)
    text = _KEYS.sub(_keys, text)
    text = _MARKED.sub(r"<mark>\1</mark>", text)
    text = _INSERTED.sub(r"<ins>\1</ins>", text)
    return _LOWERED.sub(r"<sub>\1</sub>", _RAISED.sub(r"<sup>\1</sup>", text))


def _snippet(found: re.Match[str], hide: Hide, read: Callable[[str], str]) -> str:
    if content := read(found[2]):
        return "\n".join(found[1] + line for line in content.strip("\n").split("\n"))
    return hide(found[0].strip())


def _keys(found: re.Match[str]) -> str:
    names = (
        name.replace("-", " ").title() if len(name) > 1 else name.upper() for name in found[1].split("+")
    )
    return "+".join(f"<kbd>{name}</kbd>" for name in names)


def _tabs(text: str) -> str:
    """Return a text with the title of each tab in bold, and its content as normal text."""
    lines: list[str] = []
    moved: list[int] = []
    for line in text.split("\n"):
        width = len(line) - len(line.lstrip(" "))
        while moved and line.strip() and width <= moved[-1]:
            moved.pop()
        found = _TAB.match(line)
        shown = line[4 * len(moved) :] if line[: 4 * len(moved)].strip() == "" else line
        if found:
            lines += ["", f"{found[1][4 * len(moved) :]}**{found[2]}**", ""]
            moved.append(width)
        else:
            lines.append(shown)
    return "\n".join(lines)


def convert_notes(text: str) -> str:
    """Return a text with the notes of GitHub (``> [!NOTE]``) and Docusaurus (``:::note``) as admonitions."""

    def note(found: re.Match[str]) -> str:
        inner = re.sub(r"^>[ ]?", "", found[2], flags=re.MULTILINE)
        return f"!!! {found[1].lower()}\n{indent(inner)}\n"

    def directive(found: re.Match[str]) -> str:
        words = (found[2] or found[3] or "").strip().replace('"', "”")
        title = f' "{words}"' if words else ""
        return f"!!! {found[1].lower()}{title}\n{indent(found[4])}\n"

    text = _GITHUB_NOTE.sub(note, text)
    return sub_enclosed(_DIRECTIVE, _END_OF_DIRECTIVE, directive, text)


def convert_pelican(text: str) -> str:
    """Return a text whose links name files, without Pelican's ``{filename}``."""
    return _PELICAN_LIST.sub(r"\1:", _PELICAN.sub("", text))


def convert_wiki_links(text: str) -> str:
    """Return a text with ``[[Page|words]]`` as a link."""
    return _WIKI.sub(lambda found: f"[{found[2] or found[1]}](<{found[1].strip()}>)", text)


def convert_mdx_marks(text: str) -> str:
    """Return MDX in which our marks for anchors, the end of the lead, and addresses from the root."""
    text = _MDX_REQUIRED.sub(r'="\2"', _MDX_ANCHOR.sub(r"{#\1}", _MDX_MORE.sub("<!-- more -->", text)))
    return _MDX_ROOT.sub("/", text)


def convert_modules(text: str, hide: Hide) -> tuple[str, dict[str, str]]:
    """Return MDX without its imports and exports, and name → file of what it imports."""
    files: dict[str, str] = {}
    for found in _IMPORT.finditer(text):
        hide(found[0].strip())
        if name := IMPORTED.match(found[0]):
            files[name[1].lower()] = found[1]
    text = _TAG.sub(lambda found: _EXPRESSION.sub("", found[0]).replace("className=", "class="), text)
    text = _IMPORT.sub("", text)
    return _EXPORT.sub(lambda found: hide(found[0].strip()), text), files
