"""Markdown of another generator → Markdown of our dialect; what has no equivalent is hidden and reported."""

import re
from collections import Counter
from collections.abc import Callable, Mapping

from msgspec import Struct, field

from clusterpress.importing.texts.comments import take_comments
from clusterpress.importing.texts.enclosed import sub_enclosed
from clusterpress.importing.texts.markdown import CODE
from clusterpress.importing.texts.marks import (
    convert_kramdown,
    convert_mdx_marks,
    convert_modules,
    convert_notes,
    convert_pelican,
    convert_pymdown,
    convert_wiki_links,
)
from clusterpress.importing.texts.shortcodes import Converter

_HIGHLIGHT = re.compile(
    r"(?:\{\{[<%]\s*highlight\s+(?!\s)[\"']?([\w+#-]*)(?![\w+#-])[^{}>%]*[>%]\}\}"
    r"|\{%-?\s*highlight\s+(?!\s)([\w+#-]*)(?![\w+#-])[^{}%]*%\})"
    r"\n?(.*?)"
    r"(?:\{\{[<%]\s*/\s*highlight\s*[>%]\}\}|\{%-?\s*endhighlight\s*-?%\})",
    re.DOTALL,
)
_END_OF_HIGHLIGHT = re.compile(r"\{\{[<%]\s*/\s*highlight\s*[>%]\}\}|\{%-?\s*endhighlight\s*-?%\}")
_RAW = re.compile(r"\{%-?\s*(?:raw|verbatim)\s*-?%\}(.*?)\{%-?\s*end(?:raw|verbatim)\s*-?%\}", re.DOTALL)
_END_OF_RAW = re.compile(r"\{%-?\s*end(?:raw|verbatim)\s*-?%\}")
_RAW_MARK = re.compile(r"\{%-?\s*(?:end)?(?:raw|verbatim)\s*-?%\}")
_ESCAPED = re.compile(r"\{\{([<%])\s*/\*(.*?)\*/\s*([>%])\}\}", re.DOTALL)
_END_OF_ESCAPED = re.compile(r"\*/\s*[>%]\}\}")
_SITE = re.compile(r"\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}")
_TEMPLATE_VALUE = re.compile(
    r"(^[ \t]*(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n.*?(?:^[ \t]*\2[ \t]*$|\Z))|(<[A-Za-z][^<>]*?\s[\w:-]+=)"
    r"\{`([^`{}$\"]*)`\}",
    re.MULTILINE | re.DOTALL,
)
"""A fenced code, or an attribute of a tag with a plain text between backticks."""
_EMBED = r"[ \t]*\[[^\[\]\n]*\]\([^()\n]*\)\{\.embed\}[ \t]*"
_TEXT_ABOVE = re.compile(rf"(?<=[^\n])\n(?={_EMBED}$)", re.MULTILINE)
_TEXT_BELOW = re.compile(rf"(^{_EMBED})\n(?=[^\n])", re.MULTILINE)
_MAX_MARGIN = 200
"""Spaces before code that its lines get, too."""
_KEPT = re.compile("\ue000(\\d+)\ue001")
_LONG = 200
"""Characters of a hidden mark that a comment quotes."""


class ForeignText(Struct):
    """A text in our dialect, and what left it."""

    text: str
    hidden: Counter[str] = field(default_factory=Counter)
    """Mark as written → how often."""
    comments: Counter[str] = field(default_factory=Counter)
    """Comment as written, which is not in the text → how often."""


def convert_foreign(
    text: str,
    generator: str,
    variables: Mapping[str, str],
    read: Callable[[str], str],
    *,
    is_mdx: bool = False,
) -> ForeignText:
    """Return a text of another generator in our dialect.

    Args:
        text: the Markdown.
        generator: which additions it may have.
        variables: placeholder in lower case → text.
        read: returns the text of a snippet; "" if there is none.
        is_mdx: whether it has imports and components.
    """
    hidden: list[str] = []

    def hide(mark: str) -> str:
        hidden.append(mark)
        return ""

    if is_mdx:
        text = _TEMPLATE_VALUE.sub(lambda found: found[1] or f'{found[3]}"{found[4]}"', text)
    text = sub_enclosed(_HIGHLIGHT, _END_OF_HIGHLIGHT, _fenced, text)
    code: list[str] = []

    def protect(content: str) -> str:
        margin = content[: len(content) - len(content.lstrip(" \t"))]
        code.append(content.removeprefix(margin).replace(f"\n{margin}", "\n"))
        return f"{margin}\ue000{len(code) - 1}\ue001"

    text = CODE.sub(lambda found: protect(_RAW_MARK.sub("", found[0])), text)
    text = sub_enclosed(_RAW, _END_OF_RAW, lambda found: protect(_literal(found[1])), text)
    text = sub_enclosed(_ESCAPED, _END_OF_ESCAPED, lambda found: protect(_unescaped(found)), text)
    kinds, comments = _tokens_of(generator, is_mdx=is_mdx), list[str]()
    text = take_comments(convert_mdx_marks(text) if is_mdx else text, kinds, comments.append)
    known = dict(variables)
    if is_mdx:
        text, files = convert_modules(text, hide)
        known |= files
    for kind in kinds:
        converter = Converter(kind, known)
        text = converter.convert(_SITE.sub("", text) if kind == "liquid" else text)
        hidden += converter.hidden
    # A film is a paragraph of its own.
    text = _TEXT_BELOW.sub(r"\1\n\n", _TEXT_ABOVE.sub("\n\n", text))
    text = re.sub(r"\n{3,}", "\n\n", _convert_marks(text, generator, hide, read))
    return ForeignText(
        _with_code(text, code), Counter(hidden), Counter(_with_code(one, code) for one in comments)
    )


def _unescaped(found: re.Match[str]) -> str:
    return _literal(f"{{{{{found[1]}{found[2]}{found[3]}}}}}")


def _fenced(found: re.Match[str]) -> str:
    """Return the fenced code of a block to highlight."""
    code = found[3].rstrip(" \t").removesuffix("\n")
    return f"\n```{found[1] or found[2] or ''}\n{code}\n```\n"


def _with_code(text: str, code: list[str]) -> str:
    """Put the protected parts of a text back."""
    text = _KEPT.sub(lambda found: _restored(found, code), text)
    while _KEPT.search(text):  # code within literal text
        text = _KEPT.sub(lambda found: code[int(found[1])], text)
    return text


def _tokens_of(generator: str, *, is_mdx: bool) -> tuple[str, ...]:
    """Return the kinds of tokens in the texts of a generator; others are plain text to it."""
    if is_mdx:
        return ("jsx",)
    kinds = {"hugo": ("hugo",), "plain": ("hugo", "liquid"), "material": (), "astro": (), "docusaurus": ()}
    return kinds.get(generator, ("liquid",))


def _convert_marks(text: str, generator: str, hide: Callable[[str], str], read: Callable[[str], str]) -> str:
    text = convert_notes(text)
    if generator == "pelican":
        text = convert_pelican(text)
    if generator in {"material", "plain"}:
        text = convert_wiki_links(convert_pymdown(text, hide, read))
    return convert_kramdown(text, hide)


def _restored(found: re.Match[str], code: list[str]) -> str:
    """Return code with its lines moved as far to the right as the place where it stands."""
    nearest = max(0, found.start() - _MAX_MARGIN)
    line_start = found.string.rfind("\n", nearest, found.start()) + 1
    before = found.string[line_start : found.start()] if line_start or not nearest else ""
    content = code[int(found[1])]
    return re.sub(r"\n(?=[^\n])", lambda _: f"\n{before}", content) if before.isspace() else content


def _literal(text: str) -> str:
    """Return text that was shown as it is, so that nothing takes it for a placeholder."""
    return re.sub(r"\{(?=[{%<])", "&#123;", text)


def comment_of(hidden: Mapping[str, int]) -> str:
    """Return a comment with all hidden marks, for the end of a text."""
    if not hidden:
        return ""
    marks = (" ".join(mark.split())[:_LONG].replace("--", "- -").replace(">", "&gt;") for mark in hidden)
    return "<!-- Not shown here: " + " · ".join(marks) + " -->\n"
