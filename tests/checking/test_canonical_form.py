"""The canonical form of front matter, and that nothing else changes."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.checking.canonical_form import LintContext, lint_context_of, normalise
from clusterpress.checking.mend_yaml import mend_yaml
from clusterpress.config.reader import read_settings
from clusterpress.config.settings import Settings
from clusterpress.content.reader import read_item

EXAMPLES = Path(__file__).parents[1] / "examples"
SETTINGS = Settings(name="x", url="https://x.eu/", languages=("en", "fr"), front_matter={"authors": "author"})
RECORDS = {
    "content/programmes/the-next-society.md": "---\ntitle: THE NEXT SOCIETY\nnames: [Next Society]\n---\n",
    "content/clusters/qoot.md": "---\ntitle: QOOT\nnames: ['QOOT Cluster, Lebanon']\n---\n",
    "content/partners/milano.md": "---\ntitle: Milano Metropoli\nnumber: PP8\n---\n",
    "content/authors/serena.md": "---\ntitle: Serena Mingolla\n---\n",
    "content/events/forum.md": "---\ntitle: Exchange forum\nstart: 2012-02-21\n---\n",
    "content/news/a.md": "---\ntitle: A\ndate: 2019-01-01\ntags: [Agri-Food, ICT]\n---\n",
    "content/news/b.md": "---\ntitle: B\ndate: 2019-01-01\ntags: [agri-food]\n---\n",
    "content/news/c.md": "---\ntitle: C\ndate: 2019-01-01\ntags: [agri-food]\n---\n",
}


def context() -> LintContext:
    items = [read_item(text.encode(), path, SETTINGS)[0] for path, text in RECORDS.items()]
    return lint_context_of([item for item in items if item], SETTINGS)


CONTEXT = context()


def canonical(front: str, path: str = "content/news/x.md") -> str:
    text, _ = normalise(f"---\n{front}---\nBody.\n", path, CONTEXT)
    assert text.endswith("---\nBody.\n")
    return text.removeprefix("---\n").removesuffix("---\nBody.\n")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("date: 12 April 2019\n", "date: 2019-04-12\n"),
        ("date: 'June 15, 2019'  # a Saturday\n", "date: '2019-06-15'  # a Saturday\n"),
        ("date: Monday, 14 November 2011\n", "date: 2011-11-14\n"),
        ("date: 1er juin 2012\n", "date: 2012-06-01\n"),
        ("date: 2019-04-12\n", "date: 2019-04-12\n"),
        ("date: 05/06/2019\n", "date: 05/06/2019\n"),
        ("date: Sunday, 14 November 2011\n", "date: Sunday, 14 November 2011\n"),
        ("publish: 12 April 2019 at 9h00\n", "publish: 2019-04-12 09:00\n"),
        ("publish: 12 April 2019, 09:00 +01:00\n", "publish: 2019-04-12T09:00+01:00\n"),
        ("publish: 2019-04-12T09:00:00Z\n", "publish: 2019-04-12T09:00:00Z\n"),
        ("Expires: &d 13 MAY 2014\n", "Expires: &d 13 MAY 2014\n"),
    ],
)
def test_dates_are_written_as_iso_where_they_have_one_reading(written, expected):
    assert canonical(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("programme: THE NEXT SOCIETY\n", "programme: the-next-society\n"),
        ("cluster: [ QOOT,mdc , 'QOOT Cluster, Lebanon']\n", "cluster: [ qoot,mdc , 'qoot']\n"),
        ("partners:\n- PP8   # Milan\n-   pp8\n", "partners:\n- milano   # Milan\n-   milano\n"),
        ("author: Serena Mingolla\n", "author: serena\n"),
        ("authors: QOOT\n", "authors: qoot\n"),
        ("author: Jane Doe\n", "author: Jane Doe\n"),
        ("event: Exchange Forum\n", "event: forum\n"),
        ("cluster: qott\n", "cluster: qott\n"),
    ],
)
def test_names_become_the_slugs_of_the_records_that_they_mean(written, expected):
    assert canonical(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("tags: [AGRI-FOOD, ict, new]\n", "tags: [agri-food, ICT, new]\n"),
        ("tags: Agri-food ,  ICT\n", "tags: agri-food ,  ICT\n"),
        ('tags: ["Agri Food"]\n', 'tags: ["agri-food"]\n'),
    ],
)
def test_tags_are_written_as_most_items_do(written, expected):
    assert canonical(written) == expected


def test_a_range_becomes_two_keys():
    before = "title: Forum\nstart: 21-22 February 2012  # Linz\nplace: Linz\n"
    after = "title: Forum\nstart: 2012-02-21  # Linz\nend: 2012-02-22\nplace: Linz\n"
    assert canonical(before, "content/events/x.md") == after
    assert canonical("start: June 2012\n", "content/events/x.md") == "start: June 2012\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("start: 15 June 2027, 14:00-17:00\n", "start: 2027-06-15 14:00\nend: 2027-06-15 17:00\n"),
        ("start: 2027-06-15 09:30-12:00\n", "start: 2027-06-15 09:30\nend: 2027-06-15 12:00\n"),
        ("start: 15 June 2027, 20:00-24:00\n", "start: 2027-06-15 20:00\nend: 2027-06-15 24:00\n"),
        ("start: 21 & 22 February 2027\n", "start: 2027-02-21\nend: 2027-02-22\n"),
        ("start: 15 June 2027, 2 pm EDT\n", "start: 2027-06-15T14:00-04:00\n"),
        ("start: 15 June 2027, 14:00 CEST\n", "start: 2027-06-15 14:00\n"),
        # What has to be asked about stays as written.
        ("start: 15 June 2027, 14:00 CET\n", "start: 15 June 2027, 14:00 CET\n"),
        ("start: 15 June 2027, 14:00-17:00 CET\n", "start: 15 June 2027, 14:00-17:00 CET\n"),
        ("start: 21 and 23 June 2027\n", "start: 21 and 23 June 2027\n"),
        ("start: 03/04/2027\n", "start: 03/04/2027\n"),
        ("start: 03/04/2027 - 05/04/2027\n", "start: 03/04/2027 - 05/04/2027\n"),
        ("date: 15 June 2027, 14:00-17:00\n", "date: 15 June 2027, 14:00-17:00\n"),
    ],
)
def test_an_events_time_is_written_as_it_is_read_or_left_alone(written, expected):
    assert canonical(f"title: T\n{written}", "content/events/x.md") == f"title: T\n{expected}"


def test_a_partner_has_its_number_in_one_form():
    assert canonical("number: pp 08\n", "content/partners/x.md") == "number: PP8\n"


def test_keys_get_their_order_and_take_their_comments_with_them():
    before = (
        "# of the file\n\n# who\nauthor: serena\n\nx: 1\n# when\nDate: 2019-01-01\ntitle: “T”\n# the end\n"
    )
    after = (
        "# of the file\n\ntitle: “T”\n# when\nDate: 2019-01-01\n# who\nauthor: serena\n\nx: 1\n# the end\n"
    )
    assert canonical(before) == after


def test_keys_stay_where_an_order_would_change_what_they_say():
    kept = "tags: &t [a]\ntitle: *t\n"
    assert canonical(kept) == kept
    assert (
        canonical("summary: |+\n  Two lines.\n\n\ntitle: T\n") == "summary: |+\n  Two lines.\n\n\ntitle: T\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "+++\ndate = 2019-04-12\ntitle = 'T'\n+++\nB",
        "---\n{tags: [x], title: T, date: 12 April 2019}\n---\n",
        "---\ndate: 12 April 2019\ndate: 13 April 2019\n---\n",
        "---\ndate: 12 April 2019\n",
        "no front matter",
    ],
)
def test_what_is_no_block_of_sound_yaml_is_left_alone(text):
    assert normalise(text, "content/news/x.md", CONTEXT) == (text, ())


def test_what_is_written_once_for_several_keys_is_left_alone():
    kept = "cluster: &c [QOOT]\npartners: *c\nsectors: [*c]\n"
    assert canonical(kept) == kept
    assert canonical("cluster: [&q QOOT, *q]\n") == "cluster: [&q QOOT, *q]\n"


def test_each_change_is_told_with_its_line():
    _, changes = normalise(
        "\n---\ntags: [ict]\ntitle: T\ndate: 12 April 2019\n---\n", "content/news/x.md", CONTEXT
    )
    assert [(one.line, str(one)) for one in changes] == [
        (3, "the keys are not in the usual order"),
        (3, 'tags: "ict" becomes "ICT"'),
        (5, 'date: "12 April 2019" becomes "2019-04-12"'),
    ]


ENTRIES = (
    "title: “Smart” ‘quotes’ stay",
    "date: Friday 12 April 2019",
    "tags: [AGRI-FOOD,  ict]",
    "cluster:\n  - QOOT # cluster\n  - 'qoot'",
    "programme: Next Society",
    "summary: >\n  Folded\n  text # not a comment",
    "image: {src: a.jpg,alt: 'It''s'}",
    "unknown:   {a: [1,2]}",
    "more:\n- label: L\n  url: https://x.eu",
    "expires: 13.05.2034",
    '"author": "Serena Mingolla"',
    "publish: 1 April 2019, 9:30 am",
)
NOISE = st.lists(st.sampled_from(["# a comment", "", "#", "   "]), max_size=2)


@given(
    entries=st.lists(st.tuples(NOISE, st.sampled_from(ENTRIES)), unique_by=lambda pair: pair[1], min_size=1),
    tail=NOISE,
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    body=st.text(st.sampled_from("ab \n-#“"), max_size=20),
)
def test_the_canonical_form_is_final_and_nothing_but_values_and_order_changes(entries, tail, newline, body):
    lines = [line for noise, entry in entries for line in (*noise, *entry.split("\n"))]
    text = newline.join(("---", *lines, *tail, "---", *body.split("\n")))
    path = "content/news/2019-01-01-x.md"
    made, _ = normalise(text, path, CONTEXT)
    assert normalise(made, path, CONTEXT) == (made, ())
    assert made.endswith(newline.join(("---", *body.split("\n"))))
    assert made.count(newline) == text.count(newline)
    assert made.count("#") == text.count("#")
    before, after = (read_item(one.encode(), path, SETTINGS) for one in (text, made))
    assert sorted(one.message for one in before[1]) == sorted(one.message for one in after[1])
    if before[0] and after[0]:
        for name in ("title", "date", "publish", "expires", "summary", "image", "more", "unknown", "slug"):
            assert getattr(before[0], name) == getattr(after[0], name)
        assert before[0].source.body == after[0].source.body


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*valid/**/*.md")), ids=lambda path: path.name)
def test_the_canonical_form_of_an_example_has_the_faults_of_the_example(path):
    settings, _ = read_settings((EXAMPLES / "site_config.yml").read_text(encoding="utf-8"))
    name = f"content/{path.relative_to(EXAMPLES).as_posix().partition('/')[2]}"
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    made, _ = normalise(text, name, LintContext(settings=settings))
    assert normalise(made, name, LintContext(settings=settings)) == (made, ())
    before, after = (read_item(one.encode(), name, settings) for one in (text, made))
    faults, left = (Counter(one.message for one in problems) for _, problems in (before, after))
    assert left <= faults if mend_yaml(text)[1] else left == faults
