"""Marks of other dialects: warns of a text that would show its own markup, such as ``{{< figure >}}``."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import unescape
from itertools import islice

from clusterpress.markup.blocks import ATTRIBUTES
from clusterpress.markup.clean_html import CleanHtml, Edit, Element
from clusterpress.markup.fences import unclosed_fence
from clusterpress.markup.plain_text import texts_of
from clusterpress.markup.source_lines import LineFinder

LintWarning = tuple[int, str, str]
"""Line, message, hint."""


class _Mark:
    """A mark that another program reads, but clusterpress does not."""

    __slots__ = ("hint", "pattern", "signs")

    def __init__(self, signs: str, pattern: str, hint: str) -> None:
        self.signs = [sign.replace("_", " ").replace("⇥", "\t") for sign in signs.split()]
        """A text without any of these does not hold it."""
        self.pattern = re.compile(pattern, re.MULTILINE)
        """Matches it in the source."""
        self.hint = hint


_SHORTCODE = "write its content as Markdown, or delete it"
_CONTAINER = 'write "!!! note", and its text below, indented by four spaces'
_BULLETS = "\u00b7\u25aa\u25e6\u2023\u00a7\uf0b7\uf0a7\uf0d8\uf0fc\u25ba\u25cf\u25a0\u27a2\u2713\u2714"
_WITH_VALUES = r"[a-z][\w-]*(?:[ ]+[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'\]]+))+"
_SQUARE_NAMES = (
    r"gallery|playlist|caption|embed|contact-form[\w-]*|vc_\w+|et_pb_\w+|fusion_\w+|su_\w+|wpforms"
    r"|mc4wp_form|ninja_form|sitemap|recent_posts"
)
"""Names of shortcodes of WordPress that nobody writes between brackets as words."""
_EMOJI_END = r"(?:[a-z][a-z0-9_+-]{1,40}|[+-]1|100|1234):(?![\w:])"
_EMOJI = rf"(?<![\w:/]):{_EMOJI_END}"
_MARKS = {
    "shortcode": _Mark("{{< {{%", r"\{\{[<%][^\n]{0,200}?[>%]\}\}", _SHORTCODE),
    "variable": _Mark("{{", r"\{\{(?![<%])[^{}\n]{1,200}\}\}", "write its value, or delete it"),
    "liquid": _Mark("{%", r"(?<!\{)\{%[^\n]{0,200}?%\}", _SHORTCODE),
    "erb": _Mark("<%", r"<%[^\n]{0,200}?%>", _SHORTCODE),
    "jsx": _Mark("{/*", r"\{/\*[^\n]{0,200}?\*/\}", "write <!-- and --> around a comment"),
    "mdx": _Mark(
        "import_ export_",
        r"^(?:import|export)[ ][^\n]{1,200}?(?:[ ]from[ ]+['\"]|=|\{)[^\n]*$",
        "delete the line",
    ),
    "attributes": _Mark(
        "{: {. {#",
        r"(?<!\{)\{(?::[^{}\n]{0,200}|[.#][\w-][^{}\n]{0,200})\}",
        "write it right behind a heading, link or picture, or on the line below a block, or delete it",
    ),
    "footnote": _Mark(
        "[^", r"\[\^[^\[\]\n]{1,200}\](?!:)", "write its words on a line of their own: [^name]: words"
    ),
    "square": _Mark(
        "[",
        rf"(?<![\\!\]\w])\[(?:{_WITH_VALUES}|/[a-z][\w-]*|(?:{_SQUARE_NAMES})(?:[ ][^\[\]\n]*)?)"
        r"[ ]*/?\](?![(\[:])",
        _SHORTCODE,
    ),
    "emoji": _Mark(":", _EMOJI, "write the emoji itself, or delete it"),
    "open-link": _Mark(
        "](",
        r"(?<!\\)\[[^\[\]\n]{1,200}\]\((?:https?:|www\.|mailto:|/|\.\.?/)[^()<>\s]{0,400}"
        r"(?=[ ]+(?![\"'(\s])|[ ]*$)",
        'write ")" behind the address',
    ),
    "bracket": _Mark(
        "://",
        r"^[^\[\n]*?(?<![\"'=(])(?P<mark>https?://[^\s<>\[\]()\"]{1,400}\][^\s]{0,3})",
        "delete the bracket, or write [words](address)",
    ),
    "wiki": _Mark("[[", r"!?\[\[[^\[\]\n]{1,200}\]\]", "write [words](address)"),
    "tab": _Mark(
        "===", r"^[ ]{0,3}===[+!]*[ ]+[\"'][^\n]{0,200}$", "write a heading instead of the name of the tab"
    ),
    "key": _Mark(
        "++",
        r"(?<![\w+])\+\+(?=[^\s+])[^+\n]{1,40}(?:\+[^+\n]{1,40}){0,4}\+\+(?![\w+])",
        "write <kbd>key</kbd>",
    ),
    "highlight": _Mark("==", r"(?<![\w=])==(?=[^\s=])[^=\n]{1,200}==(?![\w=])", "write <mark>words</mark>"),
    "container": _Mark(":::", r"^[ ]{0,3}:::+[^\n]{0,200}$", _CONTAINER),
    "admonition": _Mark("!!! ???", r"^[ ]{0,3}(?:!!!|\?\?\?)\+?[ ]*\w[^\n]{0,200}$", _CONTAINER),
    "snippet": _Mark("8<", r"^[ \t]*;?-+8<-+[^\n]{0,200}$", "write the words of the other file here"),
    "placeholder": _Mark(
        "klzzwxh: wzxhzdk:", r"(?:klzzwxh|wzxhzdk):\d+", "write the words that are missing here"
    ),
    "bullet": _Mark(
        f"o⇥ \u2013⇥ \u2022 {' '.join(_BULLETS)}",
        rf"^[ \t]*(?:[o\u2013]\t|[{_BULLETS}][ \t]|\u2022(?=[^\s\u2022]))[^\n]{{0,200}}",
        'write "- " in place of the bullet',
    ),
    "letters": _Mark(
        ")⇥ .⇥",
        r"^[ \t]*(?:[A-Za-z]|[ivxIVX]{1,5}|\(\w{1,3}\))[.)]?\t[^\n]{1,200}",
        'write "1. " in place of the letter',
    ),
    "columns": _Mark(
        "⇥",
        rf"^(?!(?:[-+*\u2013\u2022{_BULLETS}o]|\d+[.)]|(?:[A-Za-z]|[ivxIVX]{{1,5}})[.)]|\(\w{{1,3}}\))\t)[^\s|][^\n\t]*\t[^\n]*(?:\n[^\s|][^\n\t]*\t[^\n]*)+",
        "write a table: | Town | Year |, and |---|---| on the line below",
    ),
}
_SIGNS = (
    ("{", "{"), ("^", "[^"), ("[", "[["), ("=", "=="), ("+", "++"), (":", ":::"), ("!", "!!!"),
    ("?", "???"), ("%", "<%"),
    ("\t", "\t"), ("\n", "\nimport "), ("\n", "\nexport "), ("z", "klzzwxh"), ("z", "wzxhzdk"),
    ("8", "-8<-"),
)  # fmt: skip
"""A text without any of the second holds no mark; the character in it is found many times as fast."""
_RARE = re.compile(
    rf"[\[\]:](?:(?<=\[)(?:/[a-z]|[a-z][\w-]*[ ]+[\w-]+=|(?:{_SQUARE_NAMES}))"
    rf"|(?<=\])\([^()<>\s]*(?![^\s])|(?<=:)(?://[^\s<>\[\]()]*\]|(?<![\w:/].){_EMOJI_END}))"
)
"""Beginnings of marks whose first character stands in most texts. A pattern that begins with a set of
characters skips the rest of a text three times as fast."""
_BULLET_SIGN = re.compile(f"[\u2022{_BULLETS}]")
_COMPONENT = re.compile(r"</?([A-Z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)*)(?:[ \n][^<>]{0,500})?/?>")
_HTML_NAMES = frozenset(  # all that browsers have ever known
    """a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote
    body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir
    div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head
    header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee math
    menu meta meter nav nobr noframes noscript object ol optgroup option output p param picture pre
    progress q rp rt ruby s samp script search section select slot small source span strike strong style
    sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var
    video wbr""".split()  # noqa: SIM905
)
_CODE = re.compile(r"(?<![`\\])(`{1,9})(?!`)[^`\n]+\1(?!`)")
_SHOWN = 60
"""Characters of a mark in a message."""
_MAX_LINES = 10
"""Warnings about marks of one kind in a text."""
_MAX_MARKS = 1000
"""Different marks of one kind that are looked for in the text that readers see."""
_MAX_NAMES = 100
"""Unknown tags and loose footnotes that are looked at: each is searched for in the whole text."""


def lint_foreign_marks(
    html: CleanHtml, elements: Iterable[Element], finder: LineFinder
) -> Iterator[LintWarning]:
    """Yield a warning for each kind of mark that a body shows, for lost tags and for loose footnotes.

    Args:
        html: the body.
        elements: its elements, as `CleanHtml.concerned` yields them.
        finder: its source, without fenced code.
    """
    source = finder.text
    if "`" in source:
        source = _CODE.sub(lambda code: "?" * len(code[0]), source)
    if _has_signs(source):  # few texts
        yield from _marks(html, source)
    if "<" in source:
        yield from _components(html, source)
    if "[^" in source:
        yield from _footnotes(html, elements, source)
    if finder.has_fences and (line := unclosed_fence(finder.written.split("\n"))):
        yield line, "the code that begins here does not end", "write the same fence below its last line"


def _has_signs(source: str) -> bool:
    """Return whether a text may hold any mark: most texts hold none, and the patterns take time."""
    for character, sign in _SIGNS:
        if character in source and sign in source:
            return True
    if ("[" in source or ":" in source) and _RARE.search(source):
        return True
    return source.startswith(("import ", "export ")) or not (
        source.isascii() or _BULLET_SIGN.search(source) is None
    )


def _marks(html: CleanHtml, source: str) -> Iterator[LintWarning]:
    prose = cache(lambda: _prose(html))
    for name, mark in _MARKS.items():
        if not any(sign in source for sign in mark.signs):
            continue
        is_shown = _finder_in(prose)
        shown: list[tuple[int, str]] = []
        loose: list[tuple[int, str]] = []
        line, done = 1, 0
        for found in mark.pattern.finditer(source):
            start, written = (
                (found.start("mark"), found["mark"])
                if "mark" in found.re.groupindex
                else (found.start(), found[0])
            )
            line += source.count("\n", done, start)
            done = start
            if name in {"bullet", "letters", "columns"} or is_shown(_fingerprint(written)):
                shown.append((line, written))
            elif name == "attributes" and _is_alone(source, found):
                loose.append((line, found[0]))
        yield from _warnings(name, shown)
        yield from _warnings("loose", loose)


def _warnings(name: str, found: list[tuple[int, str]]) -> Iterator[LintWarning]:
    """Yield a warning for each line with a mark; the last one counts those for which there is no room."""
    by_line = dict(reversed(found))
    left = len(by_line) - _MAX_LINES
    for number, (line, text) in enumerate(sorted(by_line.items()), start=1):
        if number > _MAX_LINES:
            return
        shown = " ".join(text.split())
        shown = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
        more = f" ({left} more below)" if number == _MAX_LINES and left > 0 else ""
        if name == "loose":
            yield (
                line,
                f"{shown} belongs to no block and is left out{more}",
                "write it on the line below the block",
            )
        elif name == "columns":
            yield line, f"columns are lost: a table of tabs is running text{more}", _MARKS[name].hint
        else:
            yield line, f"readers see {shown} as it stands{more}", _MARKS[name].hint


def _fingerprint(text: str) -> str:
    """Return the beginning of a mark, as far as no other mark can change it; short marks return whole."""
    text = " ".join(text.split())
    if text.startswith(("[", "![")):
        return text
    found = re.match(r"\W{1,4}[\w. -]{0,8}|\w+", text)
    return (found[0] if found else text[:3]).rstrip(" _*")


def _finder_in(prose: Callable[[], str]) -> Callable[[str], bool]:
    """Return a function that tells whether readers see a mark; it looks for the first `_MAX_MARKS` only."""
    known: dict[str, bool] = {}

    def is_shown(text: str) -> bool:
        if text not in known:
            known[text] = len(known) < _MAX_MARKS and text in prose()
        return known[text]

    return is_shown


def _prose(html: CleanHtml) -> str:
    """Return the text outside code."""
    cuts: list[Edit] = []
    for element in html.named("code", "pre"):
        if element.start >= (cuts[-1][1] if cuts else 0):
            cuts.append((element.start, element.ends[1], "<wbr>"))
    return " ".join("".join(texts_of(html.edited(cuts).text)).split())


def _is_alone(source: str, found: re.Match[str]) -> bool:
    """Return whether attributes stand between empty lines, or under what is no text."""
    start = source.rfind("\n", 0, found.start()) + 1
    end = source.find("\n", found.end())
    line = source[start : end if end >= 0 else len(source)]
    before = source[source.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)].strip()
    after = source[end + 1 :].split("\n", 1)[0].strip() if end >= 0 else ""
    return bool(ATTRIBUTES.fullmatch(line)) and (not before or before.startswith("</")) and not after


def _components(html: CleanHtml, source: str) -> Iterator[LintWarning]:
    """Warn of tags such as ``<Tabs>``, which no browser knows: what they would show is lost."""
    told: set[str] = set()
    line, done = 1, 0
    for found in _COMPONENT.finditer(source):
        if len(told) > _MAX_NAMES:
            return
        line += source.count("\n", done, found.start())
        done = found.start()
        name = found[1]
        if name.lower() in _HTML_NAMES or name in told:
            continue
        told.add(name)
        if f"&lt;{name}" in html.text or f"&lt;/{name}" in html.text:
            continue
        hint = "write its content as Markdown; to show the tag itself, write it between backticks"
        yield line, f"<{name}> is no element of HTML: readers do not see it", hint


def _footnotes(html: CleanHtml, elements: Iterable[Element], source: str) -> Iterator[LintWarning]:
    """Warn of footnotes without a mark in the text, and of those without words."""
    notes = (one for one in elements if one.tag == "li" and (one.get("id") or "").startswith("fn:"))
    loose = (note for note in notes if "footnote-backref" not in note.content)
    for note in islice(loose, _MAX_NAMES):
        anchor = note.get("id") or ""
        name = unescape(anchor.removeprefix("fn:"))
        line = source.count("\n", 0, max(0, source.find(f"[^{name}]:"))) + 1
        if f'href="#{note.written["id"]}"' in html.text:
            yield line, f"the footnote [^{name}] has no words", "write them behind the colon"
        else:
            hint = f"write [^{name}] where it belongs, or delete the footnote"
            yield line, f"nothing in the text refers to the footnote [^{name}]", hint
