"""Seeded sentences, bodies and expectations for the trees."""

import random
import re

from msgspec import Struct, field

from tests.importing.project import picture

PICTURE = picture()
SUBJECTS = [
    "school",
    "library",
    "bakery",
    "harbour",
    "museum",
    "orchestra",
    "garden",
    "railway",
    "bridge",
    "laboratory",
    "market",
    "theatre",
]
VERBS = [
    "opened",
    "moved",
    "joined",
    "welcomed",
    "repaired",
    "measured",
    "presented",
    "invited",
    "trained",
    "visited",
    "tested",
    "shared",
]
OBJECTS = [
    "volunteers",
    "engineers",
    "students",
    "farmers",
    "musicians",
    "readers",
    "sailors",
    "nurses",
    "teachers",
    "builders",
]
PLACES = ["Linz", "Porto", "Gdynia", "Tartu", "Bari", "Lyon", "Košice", "Graz", "Ghent", "Malmö"]
FRENCH = [
    "La",
    "région",
    "accueille",
    "des",
    "entreprises",
    "et",
    "prépare",
    "une",
    "rencontre",
    "avec",
    "les",
    "écoles",
    "de",
    "la",
    "ville.",
]


class Expected(Struct, dict=True):
    """What must be found of one file."""

    place: str
    words: set[str]
    addresses: list[str] = field(default_factory=list)
    kind: str = "news"
    lang: str = "en"
    is_public: bool = True


class Tree(Struct, dict=True):
    """A whole foreign site."""

    files: dict[str, bytes]
    items: list[Expected]
    languages: str = "[en]"
    extra: str = ""
    """Further settings of the receiving site."""

    def add(self, path, text, words=(), addresses=(), **facts):
        """Add a file; with words, it is an item."""
        self.files[path] = text.encode() if isinstance(text, str) else text
        if words:
            self.items.append(Expected(path, set(words), list(addresses), **facts))


class Writer:
    """Writes bodies, and remembers their visible words."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.count = 0
        self.words = set()
        self.parts = []

    def fresh(self):
        """Begin a new text, with a word that no other text has."""
        self.count += 1
        self.words, self.parts = set(), []
        self.mark = f"item{self.count}word"
        self.say(f"This text carries {self.mark}.")
        return self

    def see(self, words):
        """Remember visible words, and return them."""
        self.words |= set(re.findall(r"\w+", words))
        return words

    def sentence(self):
        r = self.random
        return self.see(
            f"The {r.choice(SUBJECTS)} {r.choice(VERBS)} {r.randint(3, 90)} {r.choice(OBJECTS)} in {r.choice(PLACES)}."
        )

    def say(self, text=""):
        self.parts.append(self.see(text) if text else " ".join(self.sentence() for _ in range(2)))
        return self

    def put(self, markup, visible=""):
        """Add markup as it is, and the words that readers see of it."""
        self.see(visible)
        self.parts.append(markup)
        return self

    def common(self):
        """Add one of the blocks that every generator has."""
        n = self.count
        blocks = [
            (
                f"## Section {n}\n\nIt has *emphasis{n}* and **weight{n}** and `code{n}`.",
                f"Section {n} It has emphasis{n} weight{n} code{n}",
            ),
            (f"- apple{n}\n- pear{n}\n    - plum{n}\n", f"apple{n} pear{n} plum{n}"),
            (f"| Name | Number |\n|---|---|\n| row{n} | {n} |", f"Name Number row{n} {n}"),
            (f"```python\nprint('{{{{ shown{n} }}}}')\n```", f"print shown{n}"),
            (f"> Quoted{n} words.", f"Quoted{n} words"),
            (f"A note[^1] at the end{n}.\n\n[^1]: The footnote{n}.", f"A note at the end{n} The footnote{n}"),
            (
                f"[Outside{n}](https://other.example/page-{n}) and <https://plain.example/{n}>",
                f"Outside{n} and",
            ),
            (f'<div class="box"><p>Raw html{n}</p></div>', f"Raw html{n}"),
        ]
        return self.put(*blocks[n % len(blocks)])

    @property
    def text(self):
        return "\n\n".join(self.parts) + "\n"
