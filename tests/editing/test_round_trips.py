"""The text view damages no text: what nobody edits stays byte for byte, and what it writes means the same."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest

from clusterpress.config.settings import Settings
from clusterpress.content.front_matter import read_front_matter
from clusterpress.editing.round_trip import same_page
from tests.markup.texts import SPANNING, STARTS
from tests.timing import PATIENCE

pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="Node.js is not installed")

SCRIPT = Path(__file__).with_name("round_trips.mjs")
ROOT = Path(__file__).parents[2]
SETTINGS = Settings(name="x", url="https://x.eu/")
SHOWN = {
    "Two words.": "Two words.",
    "One\nline": "One\nline",
    "A *word* and __another__": "A *word* and **another**",
    "* a\n* b\n\n    second\n": "- a\n\n- b\n\n    second",
    "- a\n    - b\n        - c": "- a\n    - b\n        - c",
    "2. a\n3. b": "2. a\n3. b",
    "| a | b |\n|--|:-:|\n| x \\| y | **z** |": "| a | b |\n| --- | :-: |\n| x \\| y | **z** |",
    "a  \nb": "a  \nb",
    "> a\n> b": "> a\n> b",
    "![Alt *text*](a.png)": "![Alt *text*](a.png)",
    "[a](<b c.md>)": "[a](b%20c.md)",
    "H<sub>2</sub>O, *m<sup>**2**</sup>* ~~and~~": "H<sub>2</sub>O, *m<sup>**2**</sup>* ~~and~~",
    "a \\~~b~~ c": "a \\~~b\\~~ c",
    "| a<sup>1</sup> |\n| --- |\n| <sub>x</sub> |": "| a<sup>1</sup> |\n| --- |\n| <sub>x</sub> |",
}
"""Text → what the text view writes for it, if somebody edits it."""


def read(texts):
    done = subprocess.run(
        ["node", "--no-warnings", str(SCRIPT)],
        input=json.dumps({"texts": texts}).encode(),
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    return json.loads(done.stdout)


def real_texts():
    """Return the texts of the demo, and of the handbook, which shows each mark that we know."""
    files = [
        *sorted((ROOT / "content").rglob("*.md")),
        *sorted(ROOT.glob("generator/clusterpress/handbook/pages/*.md")),
    ]
    files += [ROOT / "tests/markup/examples.md", *sorted((ROOT / "tests/examples").rglob("*.md"))]
    texts = [
        file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
        for file in files
    ]
    return [read_front_matter(text, "content/pages/x.md").body.strip("\n") for text in texts]


def odd_texts(number):
    choose = Random(15)
    for _ in range(number):
        lines = [
            choose.choice(STARTS) + "".join(choose.choices(SPANNING, k=choose.randrange(6)))
            for _ in range(choose.randrange(1, 7))
        ]
        yield "".join(line + choose.choice(["\n", "\n\n", "\n\n    "]) for line in lines).strip("\n")


@pytest.fixture(scope="module")
def found():
    """Return text → what the text view makes of it, for all texts of this module: Node.js starts once."""
    edges = ["", "a\n\n\n\nb", "[x]: y\n\n[x]", "<div>\n\n*a*\n\n</div>"]
    texts = [*dict.fromkeys([*real_texts(), *odd_texts(800), *edges, *SHOWN])]
    return dict(zip(texts, read(texts), strict=True))


def test_what_nobody_edits_stays_byte_for_byte(found):
    assert len(found) > 800
    for text, one in found.items():
        assert one["kept"].rstrip() == re.sub(r"\A(?:[^\S\n]*\n)+", "", text).rstrip()
        if text.strip():
            assert one["longer"] == f"{one['kept']}\n\nAn added line."


def test_what_is_written_anew_means_the_same_in_its_place_and_little_is_an_island(found):
    """Most of the real texts can be edited as text: an island is for marks that CommonMark does not know."""
    tried = islands = blocks = 0
    for text in real_texts():
        anew = text
        blocks += found[text]["blocks"]
        for before, after in found[text]["pairs"]:
            if not same_page(before, after, SETTINGS):
                islands += 1
            elif text.count(before) == 1:
                anew = anew.replace(before, after)
                tried += 1
        assert anew == text or same_page(text, anew, SETTINGS)
    assert tried > 10
    assert islands < blocks * 0.1


@pytest.mark.parametrize(("text", "written"), SHOWN.items())
def test_what_the_text_view_writes(found, text, written):
    assert found[text]["fresh"] == written


@pytest.mark.parametrize(
    ("text", "tags"),
    [("H<sub>2</sub>O", 0), ("<sup>1</sup> *m<sup>2</sup>*", 0), ("a<sub>b", 1), ("*a<sub>* b</sub>", 2), ("<u>a</u>", 2)],
)  # fmt: skip
def test_raised_and_lowered_words_are_shown_as_such_and_other_tags_as_tags(text, tags):
    (shown,) = read([text])
    assert (shown["fresh"], shown["raw"]) == (text, tags)
