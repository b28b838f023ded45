"""Growth curves: hostile texts of several sizes, up to a million characters, and the time that each pass takes.

Run ``python -m tests.torture.curves`` from the root of the repository for the table. Each curve runs in a
process of its own that ends at a limit, so nothing can hang. Arguments choose curves by parts of their names;
``--megabyte`` takes texts of a million characters.
"""

import math
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

SIZES = {"tiny": (5_000, 20_000), "small": (20_000, 40_000, 80_000), "full": (50_000, 200_000)}
"""Characters of the texts of a curve."""
MEGABYTE = (250_000, 1_000_000)
"""For chosen curves; for all of them, this takes hours."""
LIMIT = 30
"""Seconds that one curve may take."""
MAX_EXPONENT = 1.45
"""Time may grow with this power of the size: above linear, because memory is slower for large texts."""
TRIES = 3
"""Measurements of a curve that seems to grow too fast."""
NOTICED = 0.25
"""Seconds below which growth says nothing."""


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda size: piece * max(1, size // len(piece))


def _numbered(write: Callable[[int], str], size_of_piece: int) -> Callable[[int], str]:
    return lambda size: "".join(map(write, range(max(1, size // size_of_piece))))


def _nested(begin: str, middle: str, end: str) -> Callable[[int], str]:
    def write(size: int) -> str:
        depth = max(1, size // len(begin + end))
        return begin * depth + middle + end * depth

    return write


def _stairs(mark: str) -> Callable[[int], str]:
    """Return lists nested in lists: the text grows with the square of the depth."""

    def write(size: int) -> str:
        return "".join(f"{'    ' * depth}{mark} a\n" for depth in range(int(math.sqrt(size / 2))))

    return write


PIECES = (
    "[", "]", "![", "[a](", '[a]("x ', "[^", "[[", "(", "*", "* ", "* a", "**a ", "_", "_a", "*a_", "~~", "~~a ",
    "`", "`a", "`` a ` ", "<", "<a ", "<a>", "<b>a", "<a href='", "<!--", "<!-- a", "<?", "<![CDATA[", "</a>", "&", "&amp",
    "&#x41;", "!", "www.", "www.a) ", "https://a.b/c&d;e ", "x@", "a@b.c ", "\\", "\\*", "{", "}", "{: .x}\n", "{: .x}\n\n",
    "{{<", "{%", "# a\n", "# a\nb\n", "a\n===\n", "> ", "> a\n", "> a\n\n", ">", "- ", "- a\n", "- a\n\n", "- a\n1. b\n", "1. a\n",
    "|", "| a\n", "|a|b|\n", "[a]: b\n", "[^1]: a\n", "[^1]", "*[a]: b\n", "a\n: b\n", "!!! a\n", "??? a\n", "=== a\n", "::: a\n",
    "[a](b) ", "[a](b)\n\n", "![a](b.png)\n\n", "==a", "++a", "a\tb\n", "\n", " ", " \n", "a  \n", "\u00a0", "😀", "é", "a", "a ", "0", "1.",
    "Abc Абв ", "```\n", "```a\n", "~~~", "```\na\n```\n", "    a\n", "\t", "---\n", "***\n", "<div>\n", "<div>\n\n", "<div markdown>\n",
    "<table>", "<td>", "<p>", "<svg>", "<math>", "<style>", "<script>", "<textarea>", "<!-- a -->", "<details>\n", "<span>a</span>",
    "<b title='a' ", "a=b ", "https://youtu.be/a\n", "https://www.youtube.com/watch?v=aaaaaaaaaaa\n\n", "\u2022 a\n", "\u05d0", "-", "--", "—", "a-",
    "'", '"', '"a ', "ﬁ", "\u200b", "a.b", "a/", "$", "^", "%", "${", "H~2~O ", "x^2^ ", ":a:", "- [ ] a\n", "> [!NOTE]\n", "{#a}\n", "# a {#a}\n",
)  # fmt: skip
"""Pieces of text that are repeated."""

BODIES: dict[str, Callable[[int], str]] = {
    **{repr(piece): _repeated(piece) for piece in PIECES},
    "quotations in quotations": lambda size: ">" * (size - 1) + "a",
    "quotations in quotations, with spaces": lambda size: "> " * (size // 2) + "a",
    "lists in lists": _stairs("-"),
    "numbered lists in lists": _stairs("1."),
    "lists in lists on one line": lambda size: "- " * (size // 2) + "a",
    "lists and quotations in turn": lambda size: "- > " * (size // 4) + "a",
    "elements in elements": _nested("<div>", "a", "</div>"),
    "elements in elements, on lines": _nested("<div>\n", "a\n", "</div>\n"),
    "Markdown in elements in elements": _nested("<div markdown>\n", "a\n", "</div>\n"),
    "inline elements in elements": _nested("<b>", "a", "</b>"),
    "emphasis in emphasis": _nested("*a ", "b", " c*"),
    "strong in emphasis": _nested("**a *b ", "c", " d* e**"),
    "links in links": _nested("[", "a", "](b)"),
    "pictures in pictures": _nested("![", "a", "](b)"),
    "table with many rows": lambda size: "|a|b|\n|-|-|\n" + "|c|d|\n" * (size // 6),
    "table with many columns": lambda size: (
        f"{'|a' * (size // 6)}|\n{'|-' * (size // 6)}|\n{'|b' * (size // 6)}|\n"
    ),
    "table without pipes at the edges": lambda size: "a|b\n-|-\n" + "c|d\n" * (size // 4),
    "table with many short rows": lambda size: f"{'|a' * 300}|\n{'|-' * 300}|\n" + "|b\n" * (size // 3),
    "headings": _numbered(lambda n: f"## a{n}\n\n", 10),
    "equal headings": _repeated("## a\n\n"),
    "all levels of headings": _numbered(lambda n: f"{'#' * (n % 6 + 1)} A b{n}\n\nText.\n\n", 18),
    "footnotes": _numbered(lambda n: f"a[^{n}]\n\n[^{n}]: b\n\n", 20),
    "footnotes without marks": _numbered(lambda n: f"[^{n}]: b\n\n", 13),
    "marks without footnotes": _numbered(lambda n: f"a[^{n}] ", 9),
    "marks of one footnote": lambda size: "a[^1] " * (size // 6) + "\n\n[^1]: b\n",
    "link definitions": _numbered(lambda n: f"[a{n}]: b\n", 10),
    "links with definitions": _numbered(lambda n: f"[a{n}] [a{n}]: b\n\n[a{n}]: b\n\n", 30),
    "abbreviations": _numbered(lambda n: f"*[A{n}]: b\n", 11),
    "abbreviations in use": _numbered(lambda n: f"*[A{n}]: b\n\nA{n}\n\n", 20),
    "links": _numbered(lambda n: f"[a{n}](b{n}.md) ", 18),
    "links to places": _numbered(lambda n: f"[a{n}](#b{n}) ", 18),
    "links without addresses": _repeated("[a]() "),
    "links to one place": _repeated("[here](a.md) "),
    "addresses": _numbered(lambda n: f"https://example.eu/{n} ", 24),
    "players": _numbered(lambda n: f"https://youtu.be/a{n:010}\n\n", 31),
    "pictures": _numbered(lambda n: f"![a{n}](b{n}.png)\n\n", 20),
    "ids": _numbered(lambda n: f'<span id="a{n}">b</span>\n\n', 25),
    "languages": _numbered(lambda n: f'<span lang="fr">b{n}</span> Абв где ёжз {n} ', 45),
    "foreign passages": _numbered(lambda n: f"Some words here. Это другой текст {n}.\n\n", 40),
    "tables": _repeated("|a|b|\n|-|-|\n|c|d|\n\n"),
    "tables without heads": _repeated("<table><tr><td>a</td></tr></table>\n\n"),
    "fences": _repeated("```python\na = 1\n```\n\n"),
    "fence without end": lambda size: "```\n" + "a\n" * (size // 2),
    "fences in lists": _repeated("- a\n\n    ```\n    b\n    ```\n\n"),
    "comment without end": lambda size: "<!-- " + "a\n" * (size // 2),
    "tag without end": lambda size: "<a " + "b='c' " * (size // 6),
    "attributes": lambda size: "# a {" + " .b" * (size // 3) + "}\n",
    "one line of letters": lambda size: "a" * size,
    "one line of words": lambda size: "word " * (size // 5),
    "one paragraph": lambda size: "some words\n" * (size // 11),
    "paragraphs": lambda size: "some *words* here\n\n" * (size // 19),
    "empty lines": lambda size: "a" + "\n" * size + "b",
    "lines of spaces": lambda size: "a\n" + "    \n" * (size // 5) + "b",
    "spaces in a line": lambda size: "a" + " " * size + "b",
    "spaces before a line": lambda size: " " * size + "b",
    "tabs in a line": lambda size: "a" + "\t" * size + "b",
    "long run of backticks": lambda size: "`" * size + "a",
    "runs of backticks": lambda size: "".join("`" * n + " " for n in range(int(math.sqrt(size * 2)))),
    "runs of asterisks": lambda size: "".join("*" * n + "a" for n in range(int(math.sqrt(size * 2)))),
    "capitals": lambda size: "ABCD " * (size // 5),
    "combining marks": lambda size: "a" + "\u0301" * size,
    "admonitions in admonitions": lambda size: "".join(
        f"{'    ' * depth}!!! note\n" for depth in range(int(math.sqrt(size / 2)))
    ),
    "definitions": _repeated("a\n:   b\n\n"),
    "list of paragraphs": _repeated("- a\n\n    b\n\n"),
    "list with lazy lines": lambda size: "- a\n" + "b\n" * (size // 2),
    "quotation with lazy lines": lambda size: "> a\n" + "b\n" * (size // 2),
    "items two spaces deep": _repeated("- a\n  - b\n"),
    "list of tasks": _repeated("- [ ] a\n"),
    "scripts": _repeated("<script>a</script>"),
    "opaque without end": _repeated("<xmp>"),
}
"""Name → a function from the size to a Markdown text."""

FRONT_MATTER: dict[str, Callable[[int], str]] = {
    "tags": _numbered(lambda n: f"  - tag {n}\n", 11),
    "tags that are nearly equal": _numbered(lambda n: f"  - tagged{n:06}\n", 16),
    "tags in brackets": lambda size: " [" + "a, " * (size // 3) + "a]",
    "tags in one text": lambda size: " " + "a, " * (size // 3),
    "lists in lists": lambda size: " " + "[" * size,
    "mappings in mappings": lambda size: " " + "{a: " * (size // 4),
    "block lists in lists": lambda size: "\n" + "- " * (size // 2) + "a",
    "aliases": lambda size: "\n  - &a [b]\n" + "  - *a\n" * (size // 7),
    "aliases of aliases": lambda size: (
        "\n  - &a0 [b,b,b,b,b,b,b,b,b,b]\n"
        + "".join(f"  - &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]\n" for n in range(size // 70))
    ),
    "keys": lambda size: " a\n" + "".join(f"key{n}: a\n" for n in range(size // 11)),
    "one key": lambda size: " a\n" + "author: a\n" * (size // 10),
    "broken entries": lambda size: " a\n" + "".join(f"a{n}: [\n" for n in range(size // 8)),
    "quote without end": lambda size: ' "' + "a " * (size // 2),
    "comments": lambda size: " a\n" + "# a\n" * (size // 4),
    "hashes": lambda size: " a" + " #a" * (size // 3),
    "colons": lambda size: " a" + ": a" * (size // 3),
    "spaces": lambda size: " a" + " " * size + "b",
    "line ends": lambda size: " a" + "\n" * size,
    "escapes": lambda size: ' "' + "\\n" * (size // 2) + '"',
    "block of text": lambda size: " |\n" + "  a\n" * (size // 4),
}
"""Name → a function from the size to what stands behind a key of front matter."""
KEYS = (
    "tags",
    "title",
    "summary",
    "authors",
    "date",
    "start",
    "end",
    "time",
    "place",
    "image",
    "links",
    "expires",
    "zzz",
)
"""Keys that read their values in different ways."""
VALUES = (
    "a", "a ", " ", "0", "0 ", "1/", "- ", "-", "–", " – ", "to ", "a to ", "1 June ", "June ", ", ", ":", "10:30 ", "(", "[", "<", "&", "@", "/", "\\", ".",
    "é", "é ", "Monday ", "2020-01-01 ", "31 ", "12-", "1. ", "http://", "www.", "*", "_", "`", "'", "and ", "\u00a0", "T", "+", "%", "{", "a:b ", "//", "//a:",
)  # fmt: skip
"""Pieces of which a value consists."""

HTML: dict[str, Callable[[int], str]] = {
    **{
        repr(piece): _repeated(piece)
        for piece in (
            "<",
            "<a ",
            "<a>",
            "<p>",
            "<b>",
            "<div>",
            "<table>",
            "<td>",
            "<tr><td>",
            "<ul><li>",
            "<li>",
            "<blockquote>",
            "<pre>",
            "<code>",
            "<!--",
            "<br>",
            "&",
            "&amp;",
            "[",
            "[a",
            "[a]",
            "[gallery ids=",
            "[caption]",
            "[/caption]",
            "[embed]",
            "*",
            "_",
            "`",
            "|",
            "# ",
            "- ",
            "1. ",
            "\n",
            " ",
            "\t",
            "\u00a0",
            "<img src=a>",
            "<a href=b>c</a> ",
            "<iframe src=//youtu.be/a></iframe>",
            "<p>a</p>\n",
            "<h2>a</h2>",
            "<span>",
            "<em>",
            "<strong> a </strong>",
            "<figure>",
            "<font>",
            "<script>",
            "<style>",
            "<svg>",
            "{",
            "{{<",
            "{%",
            "<!-- wp:paragraph -->",
            "<!-- wp:a {",
            "<!--more-->",
            "https://youtu.be/a\n",
            "é",
            "a",
            "a ",
            "<sup>1</sup>",
            "<q>",
            "<footnote>a</footnote>",
            "<p> </p>",
            "<div><p>a</p></div>",
            "a<br><br>",
            "\\",
            "<td",
            "</p>",
            "x@y.z ",
            "((",
            "'",
            '"',
        )
    },
    "table with many rows": lambda size: (
        "<table>" + "<tr><td>a</td><td>b</td></tr>" * (size // 30) + "</table>"
    ),
    "table with many columns": lambda size: "<table><tr>" + "<td>a</td>" * (size // 10) + "</tr></table>",
    "list": lambda size: "<ul>" + "<li>a</li>" * (size // 10) + "</ul>",
    "lists in lists": _nested("<ul><li>a", "b", "</li></ul>"),
    "elements in elements": _nested("<div>", "a", "</div>"),
    "emphasis in emphasis": _nested("<em>", "a", "</em>"),
}
"""Name → a function from the size to the HTML of another site."""


MARKS: dict[str, Callable[[int], str]] = {
    "marks that nothing closes": lambda size: "{% a %}" * (size // 14) + "{% endb %}" * (size // 20),
    "marks in marks": _nested("{% a %}", "b", "{% enda %}"),
    "elements that others close": lambda size: "<div>" * (size // 10) + "</ul>" * (size // 10),
    "pictures on one line": _repeated('<img src="a.png"> '),
    "players that nothing closes": _repeated('<video src="a.mp4">\n'),
}
"""Name → a function from the size to Markdown of another generator."""
EXPORTS: dict[str, Callable[[int], str]] = {
    "items": _repeated("<item><title>a</title></item>\n"),
    "items that nothing closes": _repeated("<item><title>a\n"),
    "sections that nothing closes": _repeated("<item><title><![CDATA[a</title></item>\n"),
    "sections with one end": lambda size: "<item><title><![CDATA[a</title></item>\n" * (size // 38) + "]]>",
    "sections": _repeated("<item><title><![CDATA[a]]></title></item>\n"),
    "entities": _repeated("<item><title>&nbsp;</title></item>\n"),
}
"""Name → a function from the size to the items of a broken export."""


class Curve(NamedTuple):
    """Something that takes time."""

    name: str
    work: Callable[[str], object]
    """What is done with a text."""
    text_of: Callable[[int], str]
    """A text of about a size."""


class Row(NamedTuple):
    """A measured curve."""

    name: str
    seconds: tuple[float, ...]
    """Processor time for each size; `LIMIT` for what was stopped."""
    growth: float = 2
    """How many times as long as the text before it the last text is."""

    @property
    def exponent(self) -> float:
        """The power of the size with which the time grew at last."""
        before, last = (max(one, 1e-6) for one in self.seconds[-2:])
        return math.log(last / before, self.growth)

    @property
    def is_bad(self) -> bool:
        """Return whether the curve was stopped, or grows faster than allowed."""
        return self.seconds[-1] >= LIMIT or (self.seconds[-1] > NOTICED and self.exponent > MAX_EXPONENT)


def curves() -> Iterator[Curve]:
    """Yield all curves."""
    for name, text_of in BODIES.items():
        yield Curve(f"body: {name}", _render, text_of)
    for name, text_of in FRONT_MATTER.items():
        yield Curve(
            f"front matter: {name}",
            _read_item,
            lambda size, t=text_of: f"---\ntitle: a\ndate: 2020-01-01\ntags:{t(size)}\n---\na\n",
        )
    for key in KEYS:
        for piece in VALUES:
            yield Curve(f"{key}: {piece!r}", _read_item, lambda size, k=key, p=piece: _one_value(k, p, size))
    for name, text_of in FRONT_MATTER.items():
        yield Curve(
            f"settings: {name}",
            _read_settings,
            lambda size, t=text_of: f"name: a\nurl: https://a.eu\nfooter:{t(size)}\n",
        )
    for name, text_of in HTML.items():
        yield Curve(f"import HTML: {name}", _import_html, text_of)
        yield Curve(f"import WordPress: {name}", _import_wordpress, text_of)
        yield Curve(f"import feed: {name}", _import_feed, text_of)
    for name, text_of in EXPORTS.items():
        yield Curve(f"import broken export: {name}", _import_broken, text_of)
    for name, text_of in {**BODIES, **MARKS}.items():
        yield Curve(f"import Markdown: {name}", _import_markdown, text_of)
    for piece in (
        "a",
        ",",
        ";",
        ":",
        "\\",
        "\n",
        "\n ",
        "BEGIN:VEVENT\n",
        "RDATE:",
        "X:a\n",
        "20200101,",
        '"',
        "a=",
        "é",
        "<a ",
    ):
        yield Curve(f"import calendar: {piece!r}", _import_calendar, _repeated(piece))


def _one_value(key: str, piece: str, size: int) -> str:
    value = (piece * (size // len(piece))).replace("\\", "\\\\").replace('"', '\\"')
    return f'---\ntitle: a\ndate: 2020-01-01\n{key}: "{value}"\n---\na\n'


def _settings(html: str = "trusted"):
    from clusterpress.config.settings import Settings

    return Settings(name="Demo", url="https://example.eu/", html=html)


def _render(text: str) -> object:
    from clusterpress.markup.render import render

    return render(text, _settings())


def _read_item(text: str) -> object:
    from clusterpress.content.reader import read_item

    return read_item(text.encode(), "content/events/2020-01-01-a.md", _settings())


def _read_settings(text: str) -> object:
    from clusterpress.config.reader import read_settings

    return read_settings(text)


def _import_html(text: str) -> object:
    from clusterpress.importing.texts.html import to_markdown

    return to_markdown(text, _Kept())


def _import_wordpress(text: str) -> object:
    from clusterpress.importing.sources.wordpress import read_wordpress

    return _converted(
        read_wordpress(_rss(text, "<wp:post_type>post</wp:post_type><wp:status>publish</wp:status>"), "a.xml")
    )


def _import_feed(text: str) -> object:
    from clusterpress.importing.sources.feeds import read_feed

    return _converted(read_feed(_rss(text, ""), "a.xml", "UTC"))


def _import_broken(items: str) -> object:
    from clusterpress.importing.sources.wordpress import read_wordpress

    return _converted(
        read_wordpress(_rss("a", "").replace(b"<item>", f"<b>{items}<item>".encode(), 1), "a.xml")
    )


def _rss(text: str, more: str) -> bytes:
    safe = text.replace("]]>", "]] >")
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>a</title><link>https://a.eu</link>'
        f"<item><title>a</title><link>https://a.eu/b</link><guid>a</guid>{more}"
        f"<content:encoded><![CDATA[{safe}]]></content:encoded></item></channel></rss>"
    ).encode()


def _import_calendar(text: str) -> object:
    from clusterpress.importing.sources.calendar_files import read_calendar

    return read_calendar(
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:a\nDTSTART:20200101\nDESCRIPTION:{text}\nEND:VEVENT\nEND:VCALENDAR\n".encode(),
        "a.ics",
        "UTC",
    )


def _import_markdown(text: str) -> object:
    from clusterpress.importing.texts.foreign_markdown import convert_foreign
    from clusterpress.importing.texts.markdown import rewrite_links

    for generator in ("plain", "hugo", "jekyll", "pelican"):
        text = convert_foreign(text, generator, {}, lambda _: "").text
    text = convert_foreign(text, "hugo", {}, lambda _: "", is_mdx=True).text
    return rewrite_links(text, _Kept())


class _Kept:
    """References that stay as they are."""

    def link(self, address: str) -> str:
        return address

    def picture(self, address: str) -> str:
        return address

    def outside(self, address: str) -> str:
        return address

    def remark(self, message: str, hint: str = "", near: str = "") -> None:
        pass


def _converted(export) -> object:
    from clusterpress.importing.texts.html import to_markdown

    return [to_markdown(record.text, _Kept()) for record in export.records]


def measure(curve: Curve, sizes: Sequence[int] = SIZES["small"], limit: int = LIMIT) -> Row:
    """Measure a curve in a process of its own.

    One that seems to grow too fast is measured again: what else the machine does slows long texts most.
    """
    row = _measure_once(curve, sizes, limit)
    for _ in range(TRIES - 1):
        if not row.is_bad:
            break
        again = _measure_once(curve, sizes, limit)
        row = row._replace(seconds=tuple(map(min, row.seconds, again.seconds)))
    return row


def _measure_once(curve: Curve, sizes: Sequence[int], limit: int) -> Row:
    seconds: list[float] = []
    for text_size in sizes:
        seconds.append(_seconds(curve, text_size, limit))
        if seconds[-1] >= limit:
            break
    return Row(curve.name, tuple(seconds) if len(seconds) > 1 else (0.0, seconds[0]), sizes[-1] / sizes[-2])


def _seconds(curve: Curve, size: int, limit: int) -> float:
    """Return the processor time for a size; the limit if the process had to be stopped, or failed."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            text = curve.text_of(size)
            started = time.process_time()
            curve.work(text)
            os.write(writer, f"{time.process_time() - started}".encode())
            status = 0
        except BaseException as error:
            os.write(writer, f"{type(error).__name__}: {error}"[:200].encode())
        finally:
            os._exit(status)
    os.close(writer)
    stop = time.monotonic() + 4 * limit
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() > stop or _processor_time(child) > limit:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(reader)
            return float(limit)
        time.sleep(0.002)
    with os.fdopen(reader, "rb") as file:
        told = file.read().decode()
    try:
        return float(told)
    except ValueError:
        print(f"{curve.name}: {told}", file=sys.stderr)
        return float(limit)


def _processor_time(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError):
        return 0.0


def main(size: str, chosen: Sequence[str] = (), sizes: Sequence[int] = ()) -> list[Row]:
    """Measure the curves whose names hold one of some words, all by default; return the table."""
    for curve in [*curves()][:1]:
        curve.work("warm `up` *this* <b>way</b>")
    rows = []
    for curve in curves():
        if not chosen or any(word in curve.name for word in chosen):
            rows.append(measure(curve, sizes or SIZES[size]))
            if rows[-1].is_bad or "-v" in sys.argv:
                print(_line(rows[-1]), flush=True)
    return rows


def _line(row: Row) -> str:
    times = " ".join(f"{one:8.3f}" for one in row.seconds)
    return f"{'BAD' if row.is_bad else 'ok ':3} {times}  ^{row.exponent:4.2f}  {row.name}"


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    table = main("small", words, MEGABYTE if "--megabyte" in sys.argv else ())
    bad = [row for row in table if row.is_bad]
    print(f"{len(table)} curves, {len(bad)} grow too fast")
    sys.exit(bool(bad))
