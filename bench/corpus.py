"""The corpus: posts of about 500 words that are the same on every machine and for every tool.

Words are drawn by a seeded generator, so nobody is quoted and nothing is claimed. Each post names a
programme, a cluster, an author and two to four tags, shows a picture, and links to other posts.
"""

import random
import re
import struct
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property

from msgspec import Struct

from bench.real_texts import real_body
from bench.words import NOUNS, list_or_quote, paragraph, sentence, title, words

SEED = 20_260_101
PROGRAMMES, CLUSTERS, AUTHORS, TAGS, PICTURES = 8, 30, 40, 100, 12
FIRST = datetime(2016, 1, 1, 8)
DAYS = 3650
"""Posts lie within this many days after the first."""


class Post(Struct, frozen=True, kw_only=True):
    """One news item, in no tool's spelling."""

    number: int
    title: str
    date: datetime
    summary: str
    programme: str
    cluster: str
    author: str
    tags: tuple[str, ...]
    body: str

    @property
    def slug(self) -> str:
        """The last part of its address; the number keeps it apart from others."""
        return slugify(f"{_first_words(self.number)} {self.number}")

    @property
    def url(self) -> str:
        """Its path on the site."""
        return f"/news/{self.date:%Y}/{self.slug}/"


class Corpus:
    """A number of posts, and the names that they share."""

    def __init__(self, size: int, texts: str = "plain") -> None:
        names = NOUNS[:]
        random.Random(SEED).shuffle(names)
        self.size = size
        self.is_real = texts == "real"
        self.programmes = [f"{names[at].title()} Programme {at + 1}" for at in range(PROGRAMMES)]
        self.clusters = [f"{names[10 + at].title()} Cluster {at + 1}" for at in range(CLUSTERS)]
        self.authors = [f"{names[50 + at].title()} Press Office {at + 1}" for at in range(AUTHORS)]
        self.tags = [f"{names[at % 100]} {names[100 + at % 60]} {at + 1}" for at in range(TAGS)]

    @cached_property
    def _weights(self) -> list[float]:
        return [1 / rank for rank in range(1, TAGS + 1)]

    def posts(self) -> Iterator[Post]:
        """Yield all posts in the order of their numbers."""
        return (self.post(number) for number in range(self.size))

    def post(self, number: int) -> Post:
        """Return one post; numbers beyond the size give posts that are newer than all others."""
        rng = random.Random(SEED * 1_000_003 + number)
        tags: dict[str, None] = {}
        wanted = rng.choice([2, 3, 3, 4])
        while len(tags) < wanted:
            tags[rng.choices(self.tags, self._weights)[0]] = None
        return Post(
            number=number,
            title=f"{_first_words(number)}: {words(rng, rng.randint(2, 5))} {number}",
            date=_date(number)
            if number < self.size
            else FIRST + timedelta(days=DAYS, minutes=number - self.size),
            summary=sentence(rng, 18, 30),
            programme=rng.choice(self.programmes),
            cluster=rng.choice(self.clusters),
            author=rng.choice(self.authors),
            tags=tuple(tags),
            body=real_body(rng, number, PICTURES) if self.is_real else self._body(rng, number),
        )

    def newest(self, place: int) -> Post:
        """Return a post by its place in a list that is newest first, from 0."""
        return self.post(sorted(range(self.size), key=_date, reverse=True)[place % self.size])

    def _body(self, rng: random.Random, number: int) -> str:
        blocks = [paragraph(rng, 45), f"![{title(rng)}](/img/photo-{number % PICTURES:02d}.png)"]
        sections = rng.randint(2, 4)
        for section in range(sections):
            blocks.append(f"## {title(rng)}")
            left = rng.randint(200, 370) // sections
            while left > 0:
                length = min(left, rng.randint(35, 75))
                blocks.append(paragraph(rng, length))
                left -= length
            blocks += list_or_quote(rng, section)
        linked = [_url(rng.randrange(self.size)) for _ in range(2)]
        blocks.append(
            f"Read also [{title(rng)}]({linked[0]}) and [{title(rng)}]({linked[1]}), or see the "
            f"[programme's own pages](https://www.example.org/{slugify(title(rng))}/)."
        )
        return "\n\n".join(blocks) + "\n"


def slugify(text: str) -> str:
    """Return a name as part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def pictures() -> Iterator[tuple[str, bytes]]:
    """Yield (name, PNG file) of the pictures that posts show."""
    return ((f"photo-{at:02d}.png", _png(at)) for at in range(PICTURES))


def _url(number: int) -> str:
    return f"/news/{_date(number):%Y}/{slugify(f'{_first_words(number)} {number}')}/"


def _date(number: int) -> datetime:
    rng = random.Random(SEED * 7 + number)
    return FIRST + timedelta(days=rng.randrange(DAYS), minutes=rng.randrange(600))


def _first_words(number: int) -> str:
    rng = random.Random(SEED * 13 + number)
    return words(rng, rng.randint(2, 4)).capitalize()


def _png(number: int, side: int = 64) -> bytes:
    rng = random.Random(SEED + number)
    rows = b"".join(
        b"\0"
        + b"".join(bytes((x * 4 + number * 20 & 255, y * 4 & 255, rng.randrange(256))) for x in range(side))
        for y in range(side)
    )
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
