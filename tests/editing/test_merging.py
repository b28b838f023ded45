"""What a form gives back goes into the source, and nothing else in it changes."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.checking.canonical_form import LintContext, lint_context_of
from clusterpress.config.reader import read_settings
from clusterpress.config.settings import Settings
from clusterpress.content.reader import read_item
from clusterpress.editing.form_document import form_document_of, merge, write_new
from clusterpress.parsing.values import ValueFault

EXAMPLES = Path(__file__).parents[1] / "examples"
SETTINGS = Settings(name="x", url="https://x.eu/", front_matter={"authors": "author"})
PATH = "content/news/2019-04-12-x.md"
RECORDS = {
    "content/clusters/qoot.md": "---\ntitle: QOOT\n---\n",
    "content/partners/milano.md": "---\ntitle: Milano\nnumber: PP8\n---\n",
}
CONTEXT = lint_context_of([read_item(t.encode(), p, SETTINGS)[0] for p, t in RECORDS.items()], SETTINGS)

SOURCE = (
    "---\n# by the press office\ntitle: 'T'  # short\ndate: 12 April 2019\n\ncluster: QOOT\n# who pays\n"
    "partners:\n-   PP8  # Milan\nImage: a.png\nodd: {a: [1, 2]}\n# the end\n---\n\n\nFirst.  \n\nSecond.\n"
)


def saved(document, **changes):
    """Return what a form returns for a document with some values changed, in its own YAML."""
    values = {**document.values, **changes}
    head = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10**6)
    return f"---\n{head}---\n\n{document.body}\n"


def change(source=SOURCE, path=PATH, context=CONTEXT, **changes):
    document = form_document_of(source, path, context)
    return merge(source.encode(), saved(document, **changes), path, context).decode()


def test_a_form_document_has_one_shape_for_each_field():
    document = form_document_of(SOURCE, PATH, CONTEXT)
    assert document.values == {
        "title": "T",
        "date": "2019-04-12",
        "lang": "en",
        "cluster": ["qoot"],
        "partners": ["milano"],
        "image": {"src": "a.png"},
        "odd": {"a": ["1", "2"]},
    }
    assert document.body == "First.  \n\nSecond."
    assert json.loads(document.as_text().split("\n")[1]) == document.values


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
    document = form_document_of(SOURCE, PATH, CONTEXT)
    made = merge(SOURCE.encode(), saved(document).replace("Second.", "Third."), PATH, CONTEXT).decode()
    assert made == SOURCE.replace("Second.", "Third.")


def test_line_ends_and_the_byte_order_mark_stay():
    source = SOURCE.replace("\n", "\r\n")
    document = form_document_of(source, PATH, CONTEXT)
    form = saved(document, title="N").replace("Second.", "Second.\n\nThird.")
    made = merge(b"\xef\xbb\xbf" + source.encode(), form, PATH, CONTEXT)
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
    assert write_new(form, PATH, CONTEXT) == b"---\ntitle: T\ndate: 2019-04-12\n---\nText.\n"


@pytest.mark.parametrize("source", ["+++\ntitle = 'T'\n+++\nText.\n", "---\n{title: T}\n---\nText.\n"])
def test_what_cannot_be_changed_in_place_is_refused(source):
    with pytest.raises(ValueFault):
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
    context = LintContext(settings=settings)
    try:
        document = form_document_of(file.read_bytes().decode("utf-8-sig"), path, context)
    except (ValueFault, UnicodeDecodeError):
        return
    assert merge(file.read_bytes(), saved(document), path, context) == file.read_bytes()


TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)
TAGS = st.lists(TITLES, max_size=3, unique=True)


@given(title=TITLES, tags=TAGS, body=st.text("ab *#-\n", max_size=30))
def test_what_was_filled_in_is_what_the_next_form_shows(title, tags, body):
    document = form_document_of(SOURCE, PATH, CONTEXT)
    form = saved(document, title=title, tags=tags).replace(document.body, body.strip("\n"))
    again = form_document_of(merge(SOURCE.encode(), form, PATH, CONTEXT).decode(), PATH, CONTEXT)
    assert again.values["title"] == title
    assert again.values.get("tags", []) == tags
    assert again.body.strip() == body.strip()
    assert {key: again.values[key] for key in ("odd", "partners", "image", "date")} == {
        key: document.values[key] for key in ("odd", "partners", "image", "date")
    }
