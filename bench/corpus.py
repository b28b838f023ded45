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

SEED = 20_260_101
PROGRAMMES, CLUSTERS, AUTHORS, TAGS, PICTURES = 8, 30, 40, 100, 12
FIRST = datetime(2016, 1, 1, 8)
DAYS = 3650
"""Posts lie within this many days after the first."""

NOUNS = """
cluster manager partner region meeting training project network company business model innovation energy
tourism health food packaging olive export market session workshop roundtable speaker participant
representative university research agency development benchmarking programme strategy challenge opportunity
support funding scheme instrument pilot lesson practice story success exchange webinar collaboration
cooperation organisation policy expert sector industry supply chain textile agriculture climate water
platform service skill knowledge transfer technology laboratory prototype product producer farmer
cooperative association chamber commerce ministry commission council report survey result indicator target
group evaluation evidence analysis plan action method tool catalogue directory profile contact office
coordinator director engineer student teacher visitor delegation mission fair exhibition stand pavilion
agreement letter consortium proposal deadline call application candidate award jury prize ceremony
conference venue agenda registration invitation newsletter article interview photograph video summary
conclusion recommendation roadmap milestone deliverable budget grant investment investor startup incubator
accelerator mentor coach advisor committee board assembly member membership fee benefit value quality
standard certification label origin taste recipe chef restaurant hotel route heritage museum theatre music
film design fashion craft wood furniture metal machine sensor software robot material chemistry plastic
recycling waste economy mobility transport logistics port road rail aviation space marine fish aquaculture
forest biomass solar wind battery storage grid building construction renovation city village island coast
mountain valley border neighbour country
""".split()  # noqa: SIM905 (words read best)
VERBS = """
presented discussed organised hosted visited joined supported launched signed opened measured compared
explained highlighted proposed invited gathered exchanged developed tested published selected welcomed
introduced attended described shared identified promoted strengthened financed coordinated evaluated adapted
translated improved
""".split()  # noqa: SIM905 (words read best)
SMALL = """
the a of in with for and to from by on at between during after within across towards under each its
""".split()  # noqa: SIM905 (words read best)


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

    def __init__(self, size: int) -> None:
        names = NOUNS[:]
        random.Random(SEED).shuffle(names)
        self.size = size
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
            title=f"{_first_words(number)}: {_words(rng, rng.randint(2, 5))} {number}",
            date=_date(number)
            if number < self.size
            else FIRST + timedelta(days=DAYS, minutes=number - self.size),
            summary=_sentence(rng, 18, 30),
            programme=rng.choice(self.programmes),
            cluster=rng.choice(self.clusters),
            author=rng.choice(self.authors),
            tags=tuple(tags),
            body=self._body(rng, number),
        )

    def newest(self, place: int) -> Post:
        """Return a post by its place in a list that is newest first, from 0."""
        return self.post(sorted(range(self.size), key=_date, reverse=True)[place % self.size])

    def _body(self, rng: random.Random, number: int) -> str:
        blocks = [_paragraph(rng, 45), f"![{_title(rng)}](/img/photo-{number % PICTURES:02d}.png)"]
        sections = rng.randint(2, 4)
        for section in range(sections):
            blocks.append(f"## {_title(rng)}")
            left = rng.randint(200, 370) // sections
            while left > 0:
                length = min(left, rng.randint(35, 75))
                blocks.append(_paragraph(rng, length))
                left -= length
            blocks += _list_or_quote(rng, section)
        linked = [_url(rng.randrange(self.size)) for _ in range(2)]
        blocks.append(
            f"Read also [{_title(rng)}]({linked[0]}) and [{_title(rng)}]({linked[1]}), or see the "
            f"[programme's own pages](https://www.example.org/{slugify(_title(rng))}/)."
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
    return _words(rng, rng.randint(2, 4)).capitalize()


def _title(rng: random.Random) -> str:
    return _words(rng, rng.randint(4, 7)).capitalize()


def _words(rng: random.Random, count: int) -> str:
    return " ".join(rng.choice(NOUNS if at % 3 else NOUNS + SMALL) for at in range(count))


def _sentence(rng: random.Random, least: int = 8, most: int = 22) -> str:
    words = [
        rng.choice(SMALL if kind < 0.38 else VERBS if kind < 0.5 else NOUNS)
        for kind in (rng.random() for _ in range(rng.randint(least, most)))
    ]
    mark = rng.choices(["", "**", "*"], [80, 12, 8])[0]
    place = rng.randrange(1, len(words))
    words[place] = f"{mark}{words[place]}{mark}"
    return words[0].capitalize() + " " + " ".join(words[1:]) + rng.choice("....!?")


def _paragraph(rng: random.Random, words: int) -> str:
    sentences: list[str] = []
    while sum(sentence.count(" ") + 1 for sentence in sentences) < words - 6:
        sentences.append(_sentence(rng))
    return " ".join(sentences or [_sentence(rng)])


def _list_or_quote(rng: random.Random, section: int) -> list[str]:
    if section == 0:
        return ["\n".join(f"- {_sentence(rng, 4, 9)}" for _ in range(rng.randint(3, 6)))]
    if section == 1:
        steps = range(1, rng.randint(4, 6))
        return [
            "\n".join(f"> {_sentence(rng, 8, 16)}" for _ in range(2)),
            "\n".join(f"{step}. {_sentence(rng, 4, 9)}" for step in steps),
        ]
    return []


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
