import pickle
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from clusterpress.config.settings import Settings
from clusterpress.content.item_values import Image, Link, Moment, Period
from clusterpress.content.items import MODELS
from clusterpress.content.keys import RESERVED
from clusterpress.content.reader import read_item
from clusterpress.values.digests import digest, digest_bytes
from clusterpress.values.kinds import FRONT_MATTER_KEYS

SETTINGS = Settings(
    name="X",
    url="https://example.eu/",
    languages=("en", "fr"),
    front_matter={"authors": "author", "categories": "tags", "organizer": "organiser"},
    defaults={
        "news": {"programme": "clusters-cord", "tags": ("cord",)},
        "news/2019": {"programme": "the-next-society", "start": "9 June 2019"},
    },
)


def item_of(text, path="content/news/2019/x.md", settings=SETTINGS):
    item, problems = read_item(text.encode(), path, settings)
    assert item is not None, [str(problem) for problem in problems]
    return item


def news(*lines, body="Text.\n", path="content/news/2019/x.md"):
    return item_of("\n".join(["---", "title: T", "date: 2019-06-15", *lines, "---", body]), path)


def event(*lines):
    return item_of("\n".join(["---", "title: T", *lines, "---", ""]), "content/events/x.md")


def test_an_item_knows_its_file_its_body_and_the_place_of_every_key():
    text = "\n---\ntitle: T\ndate: 2019-06-15\nimage: {src: a.jpg, alt: A}\ncluster: [a, b]\n---\n\n\nText.\n"
    source = item_of(text).source
    assert source.path == "content/news/2019/x.md"
    assert source.digest == digest_bytes(text.encode())
    assert (source.body, source.body_line) == ("Text.", 10)
    assert source.lines == {
        "title": (3, 1),
        "date": (4, 1),
        "image": (5, 1),
        "image.src": (5, 9),
        "image.alt": (5, 21),
        "cluster": (6, 1),
        "cluster.0": (6, 11),
        "cluster.1": (6, 14),
    }


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_and_byte_order_mark_change_nothing_but_the_digest(line_end):
    text = "---\ntitle: Žilina\ndate: 2019-06-15\n---\n\nOne.\n\nTwo.\n"
    raw = b"\xef\xbb\xbf" + text.replace("\n", line_end).encode()
    item, problems = read_item(raw, "content/news/x.md", SETTINGS)
    assert problems == []
    assert (item.title, item.source.body, item.source.body_line) == ("Žilina", "One.\n\nTwo.", 6)


def test_values_that_yaml_would_turn_into_something_else_stay_as_written():
    item = news("cluster: [no, 007, 12:30, yes, 1e3]", "summary: 2019-06-15")
    assert item.cluster == ("no", "007", "12:30", "yes", "1e3")
    assert item.summary == "2019-06-15"


def test_keys_named_like_attributes_of_the_library_are_kept_as_unknown():
    assert news("content: a", "handler: [b, c]", "metadata: {d: e}").unknown == {
        "content": "a",
        "handler": "b, c",
        "metadata": '{"d": "e"}',
    }


def test_one_text_or_block_may_stand_for_a_list():
    item = news("cluster: qoot", "more: {label: More, url: /news/}", "image: a.jpg")
    assert item.cluster == ("qoot",)
    assert item.more == (Link(label="More", url="/news/"),)
    assert item.image == Image(src="a.jpg")


def test_commas_part_tags_but_not_names():
    item = news("tags: agri-food , training,", "author: Rossi, Anna")
    assert item.tags == ("agri-food", "training")
    assert item.author == ("Rossi, Anna",)


def test_an_item_with_thousands_of_tags_is_refused():
    tags = "".join(f"  - tag {number}\n" for number in range(501))
    text = f"---\ntitle: T\ndate: 2019-06-15\ntags:\n{tags}---\nText.\n"
    _, problems = read_item(text.encode(), "content/news/x.md", Settings(name="X", url="https://example.eu/"))
    assert [(one.line, one.field, one.message) for one in problems] == [
        (4, "tags", "501 tags are too many for one item: at most 500 are allowed")
    ]
    assert item_of(text.replace("  - tag 500\n", "")).tags


@pytest.mark.parametrize(("written", "meant"), [("yes", True), ("true", True), ("No", False), ("off", False)])
def test_yes_and_no_are_understood_where_they_are_wanted(written, meant):
    assert news(f"draft: {written}").draft is meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("report", "report"),
        ("Interview", "interview"),
        ("html", None),
        ("{html: {toc: true}}", None),
        ("aside", None),
    ],
)
def test_the_kind_of_text_is_told_from_formats_of_other_programs(written, meant):
    assert news(f"format: {written}").format == meant


def test_foreign_keys_are_mapped_and_lists_from_both_joined():
    item = news("authors: [A, B]", "tags: [x]", "categories: [y, z]")
    assert item.author == ("A", "B")
    assert item.tags == ("x", "y", "z")
    assert item.source.lines["author"] == (4, 1)
    assert item.source.lines["author.1"] == (4, 14)


def test_the_deepest_folders_defaults_hold_unless_the_file_says_otherwise():
    assert news().programme == ("the-next-society",)
    assert news("programme:").programme == ("the-next-society",)
    assert news("programme: other").programme == ("other",)
    assert news(path="content/news/2020/x.md").programme == ("clusters-cord",)
    assert news().tags == ("cord",)


def test_a_title_that_the_body_repeats_is_left_out_of_the_body():
    item = news(body="\n# t\n\nText.")
    assert (item.title, item.source.body, item.source.body_line) == ("T", "Text.", 8)


def test_another_first_heading_stays_in_the_body():
    assert news(body="# Other\n").source.body == "# Other"


def test_a_rule_in_the_body_does_not_end_the_front_matter_again():
    assert news(body="One.\n\n---\n\ntwo: 2\n\n---\n").source.body == "One.\n\n---\n\ntwo: 2\n\n---"


def test_an_indented_first_line_keeps_its_indentation():
    assert news(body="\n    code\n").source.body == "    code"


@pytest.mark.parametrize(
    ("path", "lines", "lang"),
    [
        ("content/news/x.md", [], "en"),
        ("content/news/x.fr.md", [], "fr"),
        ("content/news/x.fr.md", ["lang: EN"], "en"),
    ],
)
def test_the_language_is_that_of_the_key_or_the_file_or_the_site(path, lines, lang):
    assert news(*lines, path=path).lang == lang


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("content/news/2019/TechDays in Žilina.md", "techdays-in-zilina"),
        ("content/news/2019-06-15-techdays.fr.md", "techdays"),
        ("content/news/2019/techdays/index.md", "techdays"),
    ],
)
def test_the_slug_is_made_of_the_files_name(path, slug):
    assert news(path=path).slug == slug
    assert news("slug: own-slug", path=path).slug == "own-slug"


def test_a_date_in_the_files_name_is_taken_only_when_no_key_gives_one():
    path = "content/news/2019-04-12-x.md"
    assert item_of("# T\n", path).date == Moment(date(2019, 4, 12))
    assert news(path=path).date == Moment(date(2019, 6, 15))


def test_an_event_may_be_written_as_a_range_a_period_or_exactly():
    ranged = event("start: 21-22 February 2012")
    assert (ranged.start, ranged.end) == (Moment(date(2012, 2, 21)), Moment(date(2012, 2, 22)))
    assert event("start: June 2012").when == Period("June 2012", date(2012, 6, 1), date(2012, 6, 30))
    assert event("start: June 2012").start is None
    assert event("when: mid-June 2012").when.first == date(2012, 6, 11)


def test_times_of_an_event_are_in_its_own_zone_else_the_sites():
    assert event("start: 2012-07-02 09:00").start.iso == "2012-07-02T09:00:00+02:00"
    assert (
        event("start: 2012-07-02 09:00", "time_zone: Africa/Tunis").start.iso == "2012-07-02T09:00:00+01:00"
    )


@pytest.mark.parametrize("number", ["pp 8", "PP8", "8", "P.P. 8", "PP08"])
def test_partner_numbers_are_written_one_way(number):
    text = f"---\ntitle: T\nnumber: {number}\n---\n"
    assert item_of(text, "content/partners/x.md").number == ("P.P. 8" if "." in number else "PP8")


def test_items_survive_pickling_and_have_digests():
    item = news("image: {src: a.jpg, alt: A}", "publish: 2019-06-15 09:00", "strange: 1")
    assert pickle.loads(pickle.dumps(item)) == item
    assert digest(item) == digest(pickle.loads(pickle.dumps(item)))


def test_every_fault_is_told_at_once_sorted_by_line():
    text = "---\nlang: xx\ndraft: maybe\nmore: [{label: a, url: 'javascript:x'}]\nslug: A\n---\nText.\n"
    item, problems = read_item(text.encode(), "content/news/x.md", SETTINGS)
    assert item is None
    assert [(problem.line, problem.field) for problem in problems] == [
        (1, "date"),
        (1, "title"),
        (2, "lang"),
        (3, "draft"),
        (4, "more.0.url"),
        (5, "slug"),
    ]


def test_a_readme_is_no_item_and_named_without_a_warning():
    item, (problem,) = read_item(b"Notes", "content/news/README.md", SETTINGS)
    assert item is None
    assert problem.severity == "note"
    assert read_item(b"The handbook", "content/README.md", SETTINGS) == (None, [])


def test_the_keys_that_settings_may_name_are_those_of_the_items():
    assert {
        field.name for model in MODELS.values() for field in fields(model)
    } - RESERVED == FRONT_MATTER_KEYS


def test_unpickling_items_needs_neither_pydantic_nor_babel():
    code = "import sys, clusterpress.content.items; sys.exit(bool({'pydantic', 'babel'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


FRAGMENTS = st.sampled_from(
    [b"---\n", b"title: ", b"date: 5 May 2019\n", b"- ", b"[", b"{", b"}", b"]", b"\n", b": ", b"&a ", b"*a", b"<<: ",
     b"image: ", b"more:\n", b"  ", b"\t", b'"', b"'", b"|\n", b"#", b"# T\n", b"+++\n", b"a = 1\n", b"start: ", b"\x00",
     b"\xff", b"\xe2\x80\xa8", b"lang: no\n", b"1-2 May 2019", b"\r", b"...\n", b"? ", b"!!x ", b"%", b"@"]
)  # fmt: skip
PATHS = st.sampled_from(
    [f"content/{folder}/x.md" for folder in ("news", "events", "newsletters", "partners", "pages")]
)


@given(st.one_of(st.binary(), st.lists(FRAGMENTS).map(b"".join)), PATHS)
def test_any_bytes_give_an_item_or_an_error_and_never_an_exception(raw, path):
    item, problems = read_item(raw, path, SETTINGS)
    assert (item is None) == any(problem.severity == "error" for problem in problems)
    assert problems == sorted(problems)
    assert all(1 <= problem.line <= raw.count(b"\n") + raw.count(b"\r") + 1 for problem in problems)


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_as_a_value_gives_an_item_or_an_error(text):
    for key in ("title", "date", "when", "start", "lang", "slug", "image", "number", "aliases"):
        raw = f"---\n{key}: {text}\n---\n".encode()
        item, problems = read_item(raw, "content/events/x.md", SETTINGS)
        assert (item is None) == any(problem.severity == "error" for problem in problems)


def problems_of(*lines, path="content/events/x.md"):
    text = "\n".join(["---", "title: T", *lines, "---", "Text.\n"])
    return read_item(text.encode(), path, SETTINGS)


@pytest.mark.parametrize("start", ["whenever it suits", "15 Sometimes 2027", "15 June", "2027-06-15 soon"])
def test_an_event_that_cannot_be_dated_is_told_how_to_write_a_range(start):
    item, (problem,) = problems_of(f"start: {start}")
    assert item is None
    assert "15 June 2027, 14:00-17:00" in problem.hint
    assert "15-17 June 2027" in problem.hint


def test_an_end_may_be_a_time_of_the_first_day():
    one = event("start: 15 June 2027, 14:00", "end: 5 pm")
    assert one.end.at.isoformat() == "2027-06-15T17:00:00+02:00"
    assert one.end.day == one.start.day


def test_a_zone_of_the_other_season_is_a_warning():
    item, (problem,) = problems_of("time_zone: Europe/Brussels", "start: 15 June 2027, 14:00-16:00 CET")
    assert item.start.at.utcoffset().total_seconds() == 2 * 3600
    assert (problem.line, problem.severity) == (4, "warning")
    assert "CEST" in problem.hint


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("content/news/x.md", []),
        ("content/news/x.md", ["date: to be confirmed", "pinned: perhaps", "image: {alt: none yet}"]),
        ("content/news/x.md", ["date:", "more: [{label: Soon}]"]),
        ("content/events/x.md", []),
        ("content/events/x.md", ["start: June, probably", "end: 3 July 2027"]),
        ("content/programmes/x.md", ["colour: the blue one"]),
    ],
)
def test_a_draft_may_be_incomplete_and_is_told_what_is_missing(path, lines):
    item, problems = problems_of("draft: true", *lines, path=path)
    assert item is not None
    assert item.draft
    assert problems
    assert {problem.severity for problem in problems} == {"warning"}
    complete, problems = problems_of(*lines, path=path)
    assert complete is None
    assert any(problem.severity == "error" for problem in problems)


def test_a_draft_without_a_title_takes_its_first_words():
    item, _ = read_item(
        b"---\ndraft: true\n---\nThe forum opens. More soon.\n", "content/news/x.md", SETTINGS
    )
    assert item.title == "The forum opens"
    item, _ = read_item(b"---\ndraft: true\n---\n", "content/news/x.md", SETTINGS)
    assert item.title == "x"


def test_a_file_named_after_the_day_of_its_event_announces_nothing():
    path = "content/events/2027-02-05-call.md"
    one, problems = problems_of("start: 5 February 2027, 14:00-15:00", path=path)
    assert (one.date, problems) == (None, [])
    one, problems = problems_of("start: 5 February 2027", "date: 2026-12-01", path=path)
    assert (one.date.day, problems) == (date(2026, 12, 1), [])
    one, _ = problems_of("start: 9 March 2027", path=path)
    assert one.date.day == date(2027, 2, 5)


def test_an_event_with_a_date_only_is_told_that_it_may_be_the_start():
    _, (problem,) = problems_of("date: 2019-06-12")
    assert problem.message == "the event has no time"
    assert 'add "start: 2019-06-12"' in problem.hint
    _, (problem,) = problems_of("tags: [a]")
    assert problem.hint == 'add "start: 21 February 2012", or "when: June 2012"'


def settings_with(**values):
    return Settings(name="X", url="https://example.eu/", **values)


def test_words_of_a_line_of_tags_are_one_tag_with_a_note_or_several_by_a_setting():
    raw = b"---\ntitle: A\ndate: 2020-01-01\ntags: C C++ Erasmus+\n---\n"
    item, (note,) = read_item(raw, "content/news/a.md", settings_with())
    assert item.tags == ("C C++ Erasmus+",)
    assert (note.severity, note.rule, note.line) == ("note", "tag-words", 4)
    item, problems = read_item(raw, "content/news/a.md", settings_with(tag_separator="space"))
    assert (item.tags, problems) == (("C", "C++", "Erasmus+"), [])
    assert read_item(raw, "content/news/a.md", settings_with(strictness={"tag-words": "off"}))[1] == []


def test_an_event_without_a_time_takes_place_on_its_date_if_sites_wish_so():
    raw = b"---\ntitle: A\ndate: 12 June 2027\n---\n"
    assert read_item(raw, "content/events/a.md", settings_with())[0] is None
    item, (problem,) = read_item(
        raw, "content/events/a.md", settings_with(strictness={"event-time": "warning"})
    )
    assert item.start.day == date(2027, 6, 12)
    assert (problem.severity, problem.rule) == ("warning", "event-time")


@pytest.mark.parametrize(
    "raw",
    [b"---\ntitle: A: B\n---\n", b"", b"\xff", b"no keys", b"---\ntitle: A\ndate: soon\n---\n", b"---\ntitle: A\ndate: 1 May 2020\n---\n"],
)  # fmt: skip
def test_a_broken_file_is_left_out_and_named_if_sites_wish_so(raw):
    item, problems = read_item(
        raw, "content/events/a.md", settings_with(strictness={"broken-item": "warning"})
    )
    assert item is None
    assert problems
    assert {problem.severity for problem in problems} == {"warning"}
    assert any(
        problem.severity == "error" for problem in read_item(raw, "content/events/a.md", settings_with())[1]
    )


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("REPLACE THIS: the text.", 1),
        ("Then write REPLACE THIS.", 12),
        ("Put words in place of `REPLACE THIS`.", None),
        ("Put words in place of `REPLACE THIS`: REPLACE THIS.", 39),
    ],
)
def test_placeholders_are_found_where_a_text_does_not_merely_speak_of_them(line, column):
    text = f"---\ntitle: T\ndate: 2019-06-15\n---\n{line}\n"
    _, problems = read_item(text.encode(), "content/news/2019/x.md", SETTINGS)
    found = [(one.line, one.column) for one in problems if "placeholder text" in one.message]
    assert found == ([(5, column)] if column else [])
