"""The document of an issue, and its mail as HTML and as text, as they were when last looked at.

One issue has every kind of block, section and credit. ``make goldens`` writes the files anew.
"""

import json

import pytest

from clusterpress.newsletters.document import entries_of, make_document, metadata_of, pictures_of
from clusterpress.theme.wording import open_wording
from tests.newsletters.editions import editions
from tests.newsletters.make import PROGRAMME, THEME, issue, news

BLOCKS = """\
A first paragraph with *stress*, **weight**, `code`, the [page of the fair](https://example.eu/?a=1&b=2) and a note.[^1]

## A heading

- One
- Two
    1. Nested

| Left | Right |
|------|------:|
| a    |     1 |

> A quotation.

![Dots](/dots.png "A caption")

!!! note "Mind"
    An admonition.

Term
:   Its meaning.

[^1]: The note.
"""
FILES = {
    "programmes/cord.md": PROGRAMME,
    "news/2011/blocks.md": news("Blocks & <marks>", body=BLOCKS, image="{src: /dots.png, alt: Dots}"),
    "news/2011/short.md": news("Short", body="One paragraph."),
    "events/forum.md": "---\ntitle: Forum\nwhen: June 2012\nplace: Linz\n---\nText.\n",
    "newsletters/cord/3.md": issue(
        "  - {title: Report, colour: teal, items: [blocks, short]}\n"
        "  - {title: Events, layout: events, items: [forum]}",
        subject="Blocks & more",
        preheader="What is in it.",
        body="Dear [readers](../../news/2011/short.md),\n\nwelcome.",
    ),
}


@pytest.fixture(scope="module")
def edition():
    return editions(FILES, {"address": "Street 1, Town"}, contact="news@example.eu")


@pytest.mark.parametrize("name", ["email.html", "email.txt"])
def test_the_mail_reads_as_it_did(edition, golden, name):
    golden(f"newsletters/{name}", edition.bytes(f"newsletters/cord/3/{name}"))


def test_the_document_is_as_it_was(edition, golden):
    (one,) = edition.issues
    metadata = metadata_of(one, edition.library.settings)
    names = {picture.key: picture.url for picture in pictures_of(metadata, one.sections)}
    bodies = [edition.stored[entry.body] for entry in entries_of(metadata, one.sections)]
    wording = open_wording(THEME, "en", "newsletter")
    document = make_document(metadata, one.sections, wording, bodies=bodies, pictures=names)
    del document["labels"]  # the words of the theme
    golden("newsletters/document.json", json.dumps(document, indent=1, ensure_ascii=False).encode() + b"\n")
