"""What a form gives back goes into the source, and nothing else in it changes."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.checking.autofix import customs_of
from clusterpress.checking.canonical_form import Customs
from clusterpress.config.reader import read_settings
from clusterpress.config.settings import Settings
from clusterpress.content.reader import read_item
from clusterpress.editing.form_document import face_of
from clusterpress.editing.merging import merge, write_new
from clusterpress.parsing.values import Unreadable

EXAMPLES = Path(__file__).parents[1] / "examples"
SETTINGS = Settings(name="x", url="https://x.eu/", front_matter={"authors": "author"})
PATH = "content/news/2019-04-12-x.md"
RECORDS = {
    "content/clusters/qoot.md": "---\ntitle: QOOT\n---\n",
    "content/partners/milano.md": "---\ntitle: Milano\nnumber: PP8\n---\n",
}
CUSTOMS = customs_of([read_item(t.encode(), p, SETTINGS)[0] for p, t in RECORDS.items()], SETTINGS)

SOURCE = (
    "---\n# by the press office\ntitle: 'T'  # short\ndate: 12 April 2019\n\ncluster: QOOT\n# who pays\n"
    "partners:\n-   PP8  # Milan\nImage: a.png\nodd: {a: [1, 2]}\n# the end\n---\n\n\nFirst.  \n\nSecond.\n"
)


def saved(face, **changes):
    """Return what Sveltia writes for a face with some values changed, in its own YAML."""
    values = {**face.values, **changes}
    head = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10**6)
    return f"---\n{head}---\n\n{face.body}\n"


def change(source=SOURCE, path=PATH, customs=CUSTOMS, **changes):
    face = face_of(source, path, customs)
    return merge(source.encode(), saved(face, **changes), path, customs).decode()


def test_a_face_has_one_shape_for_each_field():
    face = face_of(SOURCE, PATH, CUSTOMS)
    assert face.values == {
        "title": "T",
        "date": "2019-04-12",
        "lang": "en",
        "cluster": ["qoot"],
        "partners": ["milano"],
        "image": {"src": "a.png"},
        "odd": {"a": ["1", "2"]},
    }
    assert face.body == "First.  \n\nSecond."
    assert json.loads(face.as_text().split("\n")[1]) == face.values


def test_nothing_changed_is_nothing_written():
    assert change() == SOURCE


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({"title": "New: title"}, "title: 'T'  # short\n", "title: 'New: title'  # short\n"),
        ({"date": "2019-05-01"}, "date: 12 April 2019\n", "date: 2019-05-01\n"),
        ({"cluster": ["qoot", "mdc"]}, "cluster: QOOT\n", "cluster: [qoot, mdc]\n"),
        ({"partners": []}, "partners:\n-   PP8  # Milan\n", ""),
        (
            {"image": {"src": "a.png", "alt": "A: b"}},
            "Image: a.png\n",
            'Image:\n  src: a.png\n  alt: "A: b"\n',
        ),
        ({"tags": ["a", "b"]}, "Image: a.png\n", "Image: a.png\ntags: [a, b]\n"),
        ({"draft": True}, "odd: {a: [1, 2]}\n", "odd: {a: [1, 2]}\ndraft: true\n"),
        ({"draft": False, "summary": "", "more": []}, "", ""),
    ],
)
def test_only_what_changed_is_written(changes, old, new):
    made = change(**changes)
    expected = SOURCE.replace(old, new) if old else SOURCE
    if changes.get("draft"):
        assert "draft: true\n" in made
        assert made.replace("draft: true\n", "") == SOURCE
    else:
        assert made == expected


def test_a_body_that_changed_is_written_and_the_lines_above_it_stay():
    face = face_of(SOURCE, PATH, CUSTOMS)
    made = merge(SOURCE.encode(), saved(face).replace("Second.", "Third."), PATH, CUSTOMS).decode()
    assert made == SOURCE.replace("Second.", "Third.")


def test_line_ends_and_the_byte_order_mark_stay():
    source = SOURCE.replace("\n", "\r\n")
    face = face_of(source, PATH, CUSTOMS)
    form = saved(face, title="N").replace("Second.", "Second.\n\nThird.")
    made = merge(b"\xef\xbb\xbf" + source.encode(), form, PATH, CUSTOMS)
    expected = source.replace("title: 'T'  # short", "title: 'N'  # short").replace(
        "Second.", "Second.\r\n\r\nThird."
    )
    assert made == b"\xef\xbb\xbf" + expected.encode()


def test_both_ends_of_a_range_are_written_when_one_changes():
    source = "---\ntitle: Forum\nstart: 21-22 February 2012\n---\n"
    made = change(source, "content/events/forum.md", end="2012-02-23")
    assert made == "---\ntitle: Forum\nstart: 2012-02-21\nend: 2012-02-23\n---\n"


def test_a_title_from_a_heading_is_not_written_again():
    source = "---\ndate: 2019-04-12\n---\n# The title\n\nText.\n"
    assert change(source) == source


def test_a_new_item_has_what_was_filled_in_and_no_more():
    form = "---\ntitle: T\nlang: en\ndate: 2019-04-12\ntags: []\ndraft: false\nimage: {}\n---\n\nText.\n"
    assert write_new(form, PATH, CUSTOMS) == b"---\ntitle: T\ndate: 2019-04-12\n---\nText.\n"


@pytest.mark.parametrize("source", ["+++\ntitle = 'T'\n+++\nText.\n", "---\n{title: T}\n---\nText.\n"])
def test_what_cannot_be_changed_in_place_is_refused(source):
    with pytest.raises(Unreadable):
        change(source, title="N")


def every_example():
    settings, _ = read_settings((EXAMPLES / "site_config.yml").read_text(encoding="utf-8"))
    for folder in (EXAMPLES / "valid", EXAMPLES / "invalid"):
        for file in sorted(folder.rglob("*.md")):
            yield pytest.param(
                file,
                f"content/{file.relative_to(folder).as_posix()}",
                settings,
                id=f"{folder.name}-{file.name}",
            )


@pytest.mark.parametrize(("file", "path", "settings"), list(every_example()))
def test_an_untouched_example_stays_as_it_is(file, path, settings):
    customs = Customs(settings=settings)
    try:
        face = face_of(file.read_bytes().decode("utf-8-sig"), path, customs)
    except (Unreadable, UnicodeDecodeError):
        return
    assert merge(file.read_bytes(), saved(face), path, customs) == file.read_bytes()


TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)
TAGS = st.lists(TITLES, max_size=3, unique=True)


@given(title=TITLES, tags=TAGS, body=st.text("ab *#-\n", max_size=30))
def test_what_was_filled_in_is_what_the_next_form_shows(title, tags, body):
    face = face_of(SOURCE, PATH, CUSTOMS)
    form = saved(face, title=title, tags=tags).replace(face.body, body.strip("\n"))
    again = face_of(merge(SOURCE.encode(), form, PATH, CUSTOMS).decode(), PATH, CUSTOMS)
    assert again.values["title"] == title
    assert again.values.get("tags", []) == tags
    assert again.body.strip() == body.strip()
    assert {key: again.values[key] for key in ("odd", "partners", "image", "date")} == {
        key: face.values[key] for key in ("odd", "partners", "image", "date")
    }
