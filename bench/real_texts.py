"""Bodies as people write them: the second corpus (``--texts real``).

The shares are those found in 5,097 bodies of public news sites: what stands in them beside paragraphs,
headings, lists and links, in which script they are, and how long they are. The words are drawn like
those of the plain corpus.
"""

import random
from collections.abc import Callable
from math import exp, log

from bench.words import NOUNS, list_or_quote, paragraph, sentence, title

SHARES = {"tags": 0.29, "html": 0.28, "marks": 0.09, "setext": 0.03, "plain": 0.19, "mixed": 0.12}
"""Share of the bodies with tags of other programs only, with raw HTML, with rarer inline marks …"""
EXTRAS = {"table": 0.02, "footnote": 0.03, "fence": 0.06, "tight list": 0.03}
"""Share of all bodies with one of these, beside."""
FOREIGN = 0.05
"""Share of the bodies in other scripts than the Latin one."""
MEDIAN_WORDS, P95_WORDS, MOST_WORDS = 350, 1600, 6000
HUGE_EVERY, HUGE_BYTES = 2000, 300_000
"""One body in so many has so many bytes."""

_ALPHABETS = {
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "el": "αβγδεζηθικλμνξοπρστυφχψω",
    "uk": "абвгдежзиіїклмнопрстуфхцчшщьюя",
}


def real_body(rng: random.Random, number: int, pictures: int) -> str:
    """Return the body of a post in the shares above.

    Args:
        rng: the generator of this post.
        number: the number of the post.
        pictures: how many pictures there are to show.
    """
    words = min(MOST_WORDS, round(exp(rng.gauss(log(MEDIAN_WORDS), log(P95_WORDS / MEDIAN_WORDS) / 1.645))))
    kind = rng.choices([*SHARES], [*SHARES.values()])[0]
    blocks = [paragraph(rng, 45), f"![{title(rng)}](/img/photo-{number % pictures:02d}.png)"]
    while words > 0:
        length = min(max(words, 20), rng.randint(35, 110))
        blocks.append(paragraph(rng, length))
        words -= length
        if rng.random() < 0.18:
            heading = title(rng)
            blocks.append(f"{heading}\n{'-' * len(heading)}" if kind == "setext" else f"## {heading}")
        if rng.random() < 0.12:
            blocks += list_or_quote(rng, rng.randrange(2))
        if kind in _ADDITIONS and rng.random() < 0.35:
            blocks.append(_ADDITIONS[kind](rng))
    if kind in _ADDITIONS:
        blocks.append(_ADDITIONS[kind](rng))
    for extra, share in EXTRAS.items():
        if rng.random() < share:
            blocks.append(_EXTRAS[extra](rng))
    text = "\n\n".join(blocks) + "\n"
    if rng.random() < FOREIGN:
        text = _transcribe(text, rng.choice([*_ALPHABETS.values()]))
    if number % HUGE_EVERY == HUGE_EVERY // 2:
        text = "\n".join([text] * (HUGE_BYTES // len(text.encode()) + 1))
    return text


def _tag(rng: random.Random) -> str:
    """Return a tag that some site generator replaces."""
    return rng.choice(
        (
            f'{{% include figure.html src="/img/photo-01.png" caption="{title(rng)}" %}}',
            f'{{% include youtube.html id="abcdefghijk" %}}\n\n{sentence(rng)}',
            f'[gallery ids="12,15,18"]\n\n{sentence(rng)}',
            f"{{: .{rng.choice(NOUNS)}}}\n{sentence(rng)}",
        )
    )


def _html(rng: random.Random) -> str:
    return rng.choice(
        (
            f'<div class="row">\n<p>{sentence(rng)}</p>\n<p>{sentence(rng)}<br>{sentence(rng)}</p>\n</div>',
            f'{sentence(rng)} <span style="color: #333">{sentence(rng)}</span> <br/>\n{sentence(rng)}',
            f'<p align="center"><img src="/img/photo-02.png" alt="{title(rng)}" width="400"></p>',
            f'<ul>\n<li>{sentence(rng)}</li>\n<li><a href="https://www.example.org/">{title(rng)}</a></li>\n</ul>',
            f"<h3>{title(rng)}</h3>\n\n{sentence(rng)} <strong>{title(rng)}</strong> &amp; <em>more</em>.",
        )
    )


def _marks(rng: random.Random) -> str:
    noun = rng.choice(NOUNS)
    return rng.choice(
        (
            f"{sentence(rng)} `{noun}` {sentence(rng)} &copy; 2019, R&amp;D &ndash; {sentence(rng)}",
            f"{sentence(rng)} 5\\*3 {sentence(rng)} \\[{noun}\\]",
            f"[{title(rng)}](https://www.example.org/{noun}/){{: .button}} {sentence(rng)}",
            f"***{title(rng)}*** and __{noun}__, see <https://www.example.org/{noun}>.",
        )
    )


def _mixed(rng: random.Random) -> str:
    return rng.choice((_tag, _html, _marks))(rng)


def _table(rng: random.Random) -> str:
    rows = "\n".join(
        f"| {title(rng)} | {rng.randrange(900)} | {sentence(rng, 4, 8)} |" for _ in range(rng.randint(3, 9))
    )
    return f"| Name | Number | Note |\n|---|--:|---|\n{rows}"


def _footnote(rng: random.Random) -> str:
    return f"{sentence(rng)}[^1] {sentence(rng)}\n\n[^1]: {sentence(rng)}"


def _fence(rng: random.Random) -> str:
    lines = "\n".join(f"{rng.choice(NOUNS)} = {rng.randrange(99)}" for _ in range(rng.randint(2, 9)))
    return f"```{rng.choice(('python', 'yaml', '', 'text'))}\n{lines}\n```"


def _tight_list(rng: random.Random) -> str:
    return f"{sentence(rng)}:\n" + "\n".join(f"- {sentence(rng, 3, 8)}" for _ in range(rng.randint(2, 6)))


_ADDITIONS: dict[str, Callable[[random.Random], str]] = {
    "tags": _tag, "html": _html, "marks": _marks, "mixed": _mixed,
}  # fmt: skip
_EXTRAS: dict[str, Callable[[random.Random], str]] = {
    "table": _table, "footnote": _footnote, "fence": _fence, "tight list": _tight_list,
}  # fmt: skip


def _transcribe(text: str, alphabet: str) -> str:
    """Write the words of a text, but not its addresses and tags, in other letters."""
    pieces = []
    for piece in text.split(" "):
        is_written = piece.isalpha() and piece.isascii()
        pieces.append(
            "".join(alphabet[ord(c.lower()) % len(alphabet)] for c in piece) if is_written else piece
        )
    return " ".join(pieces)
