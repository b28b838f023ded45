"""Odd items and settings: what a generator of faults writes, the same for the same seed."""

import random
from pathlib import Path

from clusterpress.values.kinds import FOLDERS, FRONT_MATTER_KEYS
from tests.markup.texts import SPANNING, STARTS

TOP = Path(__file__).parents[2]
SCALARS = (
    "", "null", "~", "true", "no", "0", "-1", "1.5", ".inf", "-.inf", ".nan", "1e400", "0x1F", "0o17", "12345678901234567890",
    "2020-01-31", "2020-02-30", "0000-00-00", "9999-12-31", "2020-01-31T25:61:61Z", "31 January 2020", "14:00-17:00", "2020-01-31 09:30-12:00",
    "yesterday", "'", '"', '"\\x00"', '"\\ud800"', '"\\U0001F600"', '"a\\nb"', "|", ">-", "&a", "*a", "*b", "!!str x", "!!python/object/apply:os.system [x]",
    "!!binary aGk=", "!!set {a}", "!!omap [a: 1]", "!x y", "[", "]", "{", "}", "{a", "[a,", "a: b: c", "- a", "? a", "@a", "`a`", "%a", "# a", "a # b",
    "<b>x</b>", "<script>x</script>", "javascript:alert(1)", "https://[::1", "http://x:99999999/", "//x", "../../../etc/passwd", "/etc/passwd", "a/../../b", "C:\\x",
    "~root", ".", "..", "/", "\\", "a\tb", "\u202eabc", "\u200b", "\ufeff", "é", "e\u0301", "日本", "خبر", "\U0001f468\u200d\U0001f469", "ﬀ", "İ", "ß",
    "{{ x }}", "{% x %}", "${x}", "%s", "%(a)s", "{0}", "{a.b}", "$(id)", "a" * 300, "é" * 200, "x " * 3000, "9" * 5000, "me@example.eu", "me@", "Ann <a@b.c>", "Ann, Bob and Cid; Dan",
    "one", "qoot", "QOOT", "Next", "next", "PP8", "forum", "Erasmus+", "en", "fr", "xx", "picture.png", "/img/dot.png", "{src: picture.png, alt: A}",
)  # fmt: skip
"""Values as they stand behind a key, in YAML."""
HOSTILE = (
    "<script>window.executed=1</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", '<a href="javascript:alert(1)">x</a>', "<iframe srcdoc='<script>1</script>'>",
    "<style>@import 'x'</style>", "<!--", "-->", "<![CDATA[", "]]>", "<?php x ?>", "<!DOCTYPE x>", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<table><tr><td>", "</td></tr></table>", "<details><summary>a</summary>", "<p><div><p>", "<b><i></b></i>", "<a><a>", "&#0;", "&#xD800;", "&#x110000;", "&bogus;", "\x00", "\x0b", "\x1b[31m",
    "{{ config }}", "{% include 'x' %}", "[x](javascript:alert(1))", "[x](<a b>)", "[x](data:text/html,x)", "[x](//evil)", "[x](../../../../etc/passwd)", "![x](/etc/passwd)", "![x](missing.png){width=1e9}",
    "{.embed}", "[x](https://www.youtube.com/watch?v=abcdefghijk){.embed}", '--8<-- "/etc/passwd"', "--8<--\n/etc/passwd\n--8<--", "[TOC]", "[^1]: a\n[^1]: b", "[^a]", "# # #", "#" * 7, "<h1>x</h1>",
    "<video src=x autoplay>", "<input name=x>", "<form action=x>", "<base href=//x>", "<meta http-equiv=refresh content=0>", "<link rel=stylesheet href=//x>", "<object data=x>", "<embed src=x>",
    "[a]: b\n[a]: c", "*[A]: ", "*[*]: x", ":smile:", "H~2~O", "x^2^", "==x==", "{--x--}", "{++x++}", "$$x$$", "++ctrl+x++", "(c)", '=== "A"\n\n    x', "1. a\n1. b\n   > c\n   > - d",
    "    " * 40 + "x", ">" * 60 + " x", "- " * 40 + "x", "*" * 80 + "x", "_" * 81, "[" * 80, "](" * 60, "`" * 90, "<" * 90, "|" * 90, "|a|b\n|-|-\n" + "|x" * 80, "![" * 40, "~" * 50, "a\\" * 40, "&" * 60,
    "<div>" * 60, "<b>" * 60, "\r", "\r\n\r\n", "\u2028", "\u2029", "\x85", "\ufffe", "\U0010ffff",
)  # fmt: skip
"""Pieces of bodies that attack, are broken, or are deep."""
ODD_BYTES = (
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xff", b"\xc3", b"\xed\xa0\x80", b"---", b"---\n", b"---\n---", b"---\n---\n", b"---\n\n---\n",
    b"+++\n+++\n", b"+++\na = \n+++\n", b"{\n}\n", b";;;\n{}\n;;;\n", b"---\r\ntitle: x\r\n---\r\n", b"---\rtitle: x\r---\r", b"--- \ntitle: x\n...\n", b"---\ntitle: x\n", b"Title: x\n\nBody\n",
    b"---\n- a\n- b\n---\n", b"---\nnull\n---\n", b"---\n42\n---\n", b"---\ntext\n---\n", b"---\n? [a]\n: b\n---\n", b"---\n? {a: b}\n: c\n---\n", b"---\n1: a\nnull: b\ntrue: c\n---\n", b"---\na: &x [*x]\n---\n",
    b"---\n<<: {title: x}\n---\n", b"---\ntitle: a\ntitle: b\n---\n", b"\xff\xfe-\x00-\x00-\x00\n\x00", b"\x1f\x8b\x08\x00", b"%PDF-1.4", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n",
)  # fmt: skip
"""Whole files, or their beginnings."""
NAMES = (
    "{n}", "{n}", "{n}", "odd-{n}.fr", "{n}.ar", "{n}.xx", "2020-01-31-{n}", "2020-13-45-{n}", "é{n}", "e\u0301{n}", "خبر-{n}", "日本{n}", "a b {n}", "{n}'x", "{n}&x", "{n}%41", "{n}#x", "{n}?x", "{n}+", "con.{n}",
    "index{n}", "{n}/index", "{n}/_index", "_{n}", ".{n}", "{n}" + "x" * 180, "{n}/" + "d/" * 20 + "x", "{n}\u202e", "{n}\\x", '{n}"x', "{n}<b>", "{n}:x", "{n}*", "{n}.md", "{n}.html", "UPPER{n}",
)  # fmt: skip
"""Names of source files, without the suffix."""


class Odd:
    """Writes odd things."""

    def __init__(self, seed: int, pool: tuple[bytes, ...] = ()) -> None:
        self.random = random.Random(seed)
        self._pool = pool or sources_of(TOP / "content") + sources_of(TOP / "tests/examples")

    def file(self, number: int) -> tuple[str, bytes]:
        """Return the path below content/ and the bytes of an odd source file."""
        pick = self.random.choice
        folder = pick([*FOLDERS, "news", "news", "events", "static", "elsewhere", ""])
        name = pick(NAMES).format(n=f"n{number}")
        return f"{folder}/{name}.md".lstrip("/"), self.content()

    def content(self) -> bytes:
        """Return the bytes of an odd source file."""
        kind = self.random.random()
        if kind < 0.06:
            return self.random.choice(ODD_BYTES) + self.body().encode("utf-8", "surrogatepass")
        if kind < 0.4:
            return self.damaged(self.random.choice(self._pool))
        raw = f"---\n{self.front_matter()}---\n{self.body()}".encode("utf-8", "surrogatepass")
        return self.damaged(raw) if kind < 0.5 else raw

    def front_matter(self) -> str:
        """Return YAML: mostly a title and a date, and some odd keys."""
        chance, pick = self.random.random, self.random.choice
        lines = ["title: Odd"] * (chance() < 0.9) + ["date: 2020-01-31"] * (chance() < 0.9)
        lines += ["start: 2020-01-31"] * (chance() < 0.2)
        for key in self.random.sample(sorted(FRONT_MATTER_KEYS), self.random.choice([0, 1, 1, 2, 3, 6])):
            lines.append(f"{key}: {self.value()}")
        if chance() < 0.05:
            lines.append(f"{pick(SCALARS)}: {pick(SCALARS)}")
        self.random.shuffle(lines)
        return "\n".join(lines) + "\n"

    def value(self, depth: int = 0) -> str:
        """Return a YAML value in flow style."""
        kind = self.random.random()
        if kind < 0.6 or depth > 3:
            return self.random.choice(SCALARS)
        parts = [self.value(depth + 1) for _ in range(self.random.choice([0, 1, 2, 3]))]
        if kind < 0.8:
            return f"[{', '.join(parts)}]"
        keys = (
            "src",
            "alt",
            "url",
            "label",
            "name",
            "title",
            "items",
            "layout",
            "en",
            "from",
            "to",
            "day",
            "a",
            "1",
            "",
        )
        return "{" + ", ".join(f"{self.random.choice(keys)}: {part}" for part in parts) + "}"

    def body(self) -> str:
        """Return a Markdown text of odd pieces in odd places."""
        chance, pick = self.random.random, self.random.choice
        parts = []
        for _ in range(pick([0, 1, 3, 8, 20])):
            kind = chance()
            piece = (
                pick(HOSTILE)
                if kind < 0.4
                else pick(STARTS) + "".join(pick(SPANNING) for _ in range(pick([1, 3, 6])))
            )
            if chance() < 0.3:
                piece = (
                    pick(["> ", "- ", "    ", "1. ", "!!! note\n    ", "[^1]: ", "| ", "<div markdown>\n\n"])
                    + piece
                )
            parts.append(piece + pick(["", " ", "\n", "\n\n", "\n\n    "]))
        return "".join(parts) * (pick([20, 200]) if chance() < 0.03 else 1)

    def damaged(self, raw: bytes) -> bytes:
        """Return bytes with some of them flipped, cut, doubled, swapped or replaced."""
        data = bytearray(raw)
        for _ in range(self.random.choice([1, 1, 2, 5, 20])):
            at, end = sorted(self.random.choices(range(len(data) + 1), k=2))
            match self.random.randrange(6):
                case 0 if data:
                    data[at % len(data)] ^= 1 << self.random.randrange(8)
                case 1:
                    del data[at : min(end, at + 40)]
                case 2:
                    data[at:at] = data[at : min(end, at + 200)]
                case 3:
                    data[at:at] = self.random.choice(SCALARS).encode("utf-8", "surrogatepass")
                case 4:
                    data[at:at] = self.random.choice(HOSTILE).encode("utf-8", "surrogatepass")
                case _:
                    del data[max(at, len(data) // 2) :]
        return bytes(data)


def sources_of(folder: Path) -> tuple[bytes, ...]:
    """Return the bytes of all Markdown files below a folder."""
    return tuple(path.read_bytes() for path in sorted(folder.rglob("*.md")) if path.is_file())
