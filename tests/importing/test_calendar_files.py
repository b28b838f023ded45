"""An .ics file comes over: times in their zones, every date of a recurring event, and nothing silently lost."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from clusterpress.importing.inventory import Use
from clusterpress.importing.records import ImportSourceError
from clusterpress.importing.sources.calendar_files import MAX_DATES, read_calendar
from tests.importing.project import Project
from tests.markup.make import html_of


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "site")


def calendar(*events):
    rows = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN"]
    for number, event in enumerate(events, 1):
        rows += [
            "BEGIN:VEVENT",
            *([] if "UID:" in event else [f"UID:event-{number}"]),
            "DTSTAMP:20260101T000000Z",
            *event.split("\n"),
            "END:VEVENT",
        ]
    return "\r\n".join([*rows, "END:VCALENDAR", ""]).encode()


def read(*events):
    return read_calendar(calendar(*events), "events.ics", "Europe/Brussels")


def values_of(*events):
    return [record.values for record in read(*events).records]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20260910T160000Z\nDTEND:20260910T183000Z", {"start": "2026-09-10 18:00", "end": "2026-09-10 20:30"}),
        ("DTSTART;VALUE=DATE:20260910\nDTEND;VALUE=DATE:20260912", {"start": "2026-09-10", "end": "2026-09-11"}),
        ("DTSTART;VALUE=DATE:20260910\nDTEND;VALUE=DATE:20260911", {"start": "2026-09-10"}),
        ("DTSTART;TZID=Europe/Lisbon:20260910T090000\nDURATION:PT2H", {"start": "2026-09-10 09:00", "end": "2026-09-10 11:00", "time_zone": "Europe/Lisbon"}),
        ("DTSTART:20260910T090000", {"start": "2026-09-10 09:00"}),
        ("DTSTART:20260910T090000\nLOCATION:Old town hall\\, Linz", {"start": "2026-09-10 09:00", "place": "Old town hall, Linz"}),
        ("DTSTART:20260910T090000\nLOCATION:https://meet.example.eu/x", {"start": "2026-09-10 09:00", "online": "true", "url": "https://meet.example.eu/x"}),
        ("DTSTART:20260910T090000\nSTATUS:CANCELLED", {"start": "2026-09-10 09:00", "cancelled": "true"}),
        ("DTSTART:20260910T090000\nCLASS:PRIVATE", {"start": "2026-09-10 09:00", "draft": "true"}),
        ('DTSTART:20260910T090000\nORGANIZER;CN="The Agency":mailto:a@x.eu', {"start": "2026-09-10 09:00", "organiser": ["The Agency"]}),
    ],
)  # fmt: skip
def test_an_event_has_its_facts(event, expected):
    assert values_of(f"SUMMARY:Forum\n{event}") == [{"title": "Forum"} | expected]


@pytest.mark.parametrize(
    ("event", "end"),
    [
        ("DTSTART:20260910T090000Z\nDTEND:20260910T110000", "2026-09-10 13:00"),
        ("DTSTART:20260910T090000\nDTEND:20260910T110000Z", "2026-09-10 11:00"),
        ("DTSTART;TZID=Europe/Lisbon:20260910T090000\nDTEND:20260910T110000", "2026-09-10 11:00"),
        ("DTSTART:20260910T090000\nDTEND;VALUE=DATE:20260911", None),
        ("DTSTART:20260910T090000\nDURATION:P9999999D", None),
        ("DTSTART:20260910T090000\nDURATION:-P9999999D", None),
        ("DTSTART;VALUE=DATE:20260910\nDURATION:P9999999D", None),
    ],
)  # fmt: skip
def test_an_end_that_is_written_in_another_way_than_the_start_is_read_if_it_can_be(event, end):
    (values,) = values_of(f"SUMMARY:Forum\n{event}")
    assert values.get("end") == end


@pytest.mark.parametrize(
    "broken", ["BEGIN:X\nEND:VTIMEZONE", "END:VEVENT", "BEGIN:VTIMEZONE\nEND:VTIMEZONE", "BEGIN:STANDARD\nEND:VTIMEZONE", "A", "BEGIN:VEVENT\nSUMMARY:Never ends"]
)  # fmt: skip
def test_of_a_broken_calendar_each_whole_event_comes_over(broken):
    rows = calendar("SUMMARY:One\nDTSTART:20260910T090000", "SUMMARY:Two\nDTSTART:20260911T090000").decode()
    for place in ("BEGIN:VEVENT", "END:VCALENDAR"):
        at = rows.index(place)
        raw = f"{rows[:at]}{broken}\n{rows[at:]}".replace("\r\n", "\n").encode()
        found = read_calendar(raw, "events.ics", "Europe/Brussels")
        assert [record.values["title"] for record in found.records] == ["One", "Two"]


def test_an_event_without_an_end_is_named_by_its_line():
    rows = calendar("SUMMARY:One\nDTSTART:20260910T090000", "SUMMARY:Two\nDTSTART:20260911T090000").decode()
    cut = rows[: rows.rindex("END:VEVENT")].replace("\r\n", "\n")
    for raw in (cut, f"{cut}END:VCALENDAR\n"):
        found = read_calendar(raw.encode(), "events.ics", "Europe/Brussels")
        assert [record.values["title"] for record in found.records] == ["One"]
        assert [(one.line, one.why) for one in found.skipped] == [(10, "it has no end")]


MOMENTS = [
    "", ":00010101T000000Z", ":99991231T235959Z", ";TZID=Asia/Tokyo:00010101T000000", ";TZID=America/Lima:99991231T235959",
    ";VALUE=DATE:00010101", ";VALUE=DATE:99991231", ":20260910T090000", ":20260910T090000Z", ";VALUE=DATE:20260910", ":x",
]  # fmt: skip


@pytest.mark.parametrize("start", MOMENTS)
@pytest.mark.parametrize("end", MOMENTS)
def test_no_pair_of_moments_ends_an_import(start, end):
    lines = ["SUMMARY:A", *(f"DTSTART{start}" for _ in start[:1]), *(f"DTEND{end}" for _ in end[:1])]
    for more in (
        "",
        "RRULE:FREQ=DAILY;COUNT=3",
        f"RDATE{end}",
        f"EXDATE{end}",
        f"RECURRENCE-ID{end}",
        "DURATION:P1D",
    ):
        read("\n".join([*lines, *filter(None, [more])]))


def test_each_date_of_a_recurring_event_is_an_event():
    rule = "SUMMARY:Call\nDTSTART;TZID=Europe/Brussels:20261005T090000\nRRULE:FREQ=WEEKLY;COUNT=5\nEXDATE;TZID=Europe/Brussels:20261012T090000\nRDATE;TZID=Europe/Brussels:20261231T090000"
    changed = "UID:event-1\nRECURRENCE-ID;TZID=Europe/Brussels:20261019T090000\nSUMMARY:Moved call\nDTSTART;TZID=Europe/Brussels:20261020T100000"
    found = [(one["title"], one["start"]) for one in values_of(rule, changed)]
    assert found == [
        ("Call", "2026-10-05 09:00"), ("Moved call", "2026-10-20 10:00"), ("Call", "2026-10-26 09:00"),
        ("Call", "2026-11-02 09:00"), ("Call", "2026-12-31 09:00"),
    ]  # fmt: skip


def test_an_endless_event_is_limited_and_named():
    export = read("SUMMARY:Forever\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY")
    assert len(export.records) == MAX_DATES
    assert [row.name for row in export.inventory if row.use is Use.LEFT_OUT] == ["Forever"]


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=XX", "nonsense"])
def test_a_rule_that_cannot_be_read_is_named(rule):
    export = read(f"SUMMARY:Odd\nDTSTART:20260101T090000\nRRULE:{rule}")
    assert len(export.records) == 1


def test_what_events_cannot_carry_is_named():
    raw = calendar("SUMMARY:A\nDTSTART:20260101T090000\nATTACH:https://x.eu/a.pdf\nX-APPLE:1").replace(
        b"END:VCALENDAR", b"BEGIN:VTODO\r\nUID:t\r\nSUMMARY:Task\r\nEND:VTODO\r\nEND:VCALENDAR"
    )
    rows = {row.name: row.use for row in read_calendar(raw, "e.ics", "UTC").inventory}
    assert (rows["attach"], rows["VTODO"], rows["x-apple"], rows["summary"]) == (
        Use.LEFT_OUT,
        Use.LEFT_OUT,
        Use.NOT_NEEDED,
        Use.CARRIED,
    )


@pytest.mark.parametrize("raw", [b"", b"hello", b"BEGIN:VCARD\r\nEND:VCARD"])
def test_what_is_no_calendar_is_refused(raw):
    with pytest.raises(ImportSourceError):
        read_calendar(raw, "x.ics", "UTC")


@pytest.mark.parametrize(
    "event",
    [
        "SUMMARY:No date",
        "SUMMARY:Odd\nDTSTART:tomorrow",
        "DTSTART:20260910T090000",
        "SUMMARY:X\nDTSTART:20260910T090000\nDTEND:20250910T090000",
    ],
)
def test_odd_events_never_end_an_import(project, event):
    report = project.bring(read(event, "SUMMARY:Good\nDTSTART:20260910T090000"))
    assert any(outcome.path == "content/events/good.md" for outcome in report.outcomes)
    project.built_with_everything()


def test_a_calendar_comes_over_builds_and_comes_over_only_once(project):
    events = [
        f"SUMMARY:Forum {n}\nDTSTART:202609{n:02}T160000Z\nDESCRIPTION:Words {n}\\nand https://x.eu/{n}"
        for n in range(1, 12)
    ]
    series = "SUMMARY:Monthly call\nDTSTART;TZID=Europe/Vienna:20260105T090000\nRRULE:FREQ=MONTHLY;COUNT=6\nCATEGORIES:Food,Calls"
    report = project.bring(read(*events, series))
    assert len(report.outcomes) == 17
    assert not report.warnings
    text = project.read("content/events/monthly-call-2026-02-05.md", ".")
    assert "start: 2026-02-05 09:00\n" in text
    assert "tags: [Food, Calls]\n" in text
    assert "Words 3  \nand [https://x.eu/3](https://x.eu/3)" in project.read("content/events/forum-3.md", ".")
    before = project.files()
    assert project.bring(read(*events, series)).is_idle
    assert project.files() == before


def test_events_of_a_calendar_build(project):
    project.bring(read(*(f"SUMMARY:Forum {n}\nDTSTART:202609{n:02}T160000Z" for n in range(1, 12))))
    project.built_with_everything()


@pytest.mark.parametrize("line", ["EXDATE:bogus", "RDATE:bogus", "EXDATE:20200301T100000Z,bogus"])
def test_a_list_of_dates_that_cannot_be_read_costs_only_itself_and_is_named(line):
    event = [
        "BEGIN:VEVENT",
        "UID:1",
        "DTSTART:20200301T100000Z",
        "RRULE:FREQ=WEEKLY;COUNT=2",
        "SUMMARY:Forum",
        line,
        "END:VEVENT",
    ]
    raw = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *event, "END:VCALENDAR", ""]).encode()
    export = read_calendar(raw, "c.ics", "Europe/Brussels")
    assert len(export.records) == 2
    assert any("cannot be read" in row.note for row in export.inventory)


@pytest.mark.parametrize(
    "key",
    [
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RECURRENCE-ID",
        "ORGANIZER",
        "CATEGORIES",
        "GEO",
        "STATUS",
        "URL",
        "UID",
        "SEQUENCE",
        "DTSTAMP",
        "CLASS",
        "ATTACH",
    ],
)
@pytest.mark.parametrize("value", ["", "bogus", "x" * 300, "-1", "99999999T999999Z", ";;", "P"])
def test_a_property_of_the_wrong_type_ends_no_import(key, value):
    event = [
        "BEGIN:VEVENT",
        "UID:1",
        "DTSTART:20200301T100000Z",
        "SUMMARY:Forum",
        f"{key}:{value}",
        "END:VEVENT",
    ]
    raw = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *event, "END:VCALENDAR", ""]).encode()
    assert read_calendar(raw, "c.ics", "Europe/Brussels").name == "c.ics"


TEAMS = "https://teams.example.eu/l/meetup?a=1&b=2"


@pytest.mark.parametrize(
    ("description", "links", "lines"),
    [
        (f"Click here<{TEAMS}>\\nQuestions to Ann <ann@example.eu>", {TEAMS, "mailto:ann@example.eu"}, ["Click here https", "Questions to Ann ann@"]),
        ("Register: <https://reg.example/x>\\nOr <mailto:ann@example.eu>.", {"https://reg.example/x", "mailto:ann@example.eu"}, ["Register: https", "Or ann@"]),
        ("a < b and c > d\\nSee https://reg.example/x.\\n\\nR&D & more", {"https://reg.example/x"}, ["a < b and c > d", "See https", "R&D & more"]),
        ("One <b>bold</b>\\nTwo <ann@example.eu>\\n\\nThree", {"mailto:ann@example.eu"}, ["One bold", "Two ann@", "Three"]),
        ("Tom &amp; Ann\\nTwo <your name>", set(), ["Tom & Ann", "Two <your name>"]),
        ('<p>One <a href="https://reg.example/x">form</a><br>Two<https://reg.example/y></p>', {"https://reg.example/x", "https://reg.example/y"}, ["One form", "Two https"]),
    ],
)  # fmt: skip
def test_a_plain_description_keeps_addresses_and_lines(project, description, links, lines):
    project.bring(read(f"SUMMARY:Forum\nDTSTART:20260910T160000Z\nDESCRIPTION:{description}"))
    body = LexborHTMLParser(html_of(project.read("content/events/forum.md", ".").split("---\n")[2]))
    assert {one.attributes["href"] for one in body.css("a")} == links
    for br in body.css("br"):
        br.replace_with("\n")
    shown = [line.strip() for block in body.css("p") for line in block.text().split("\n") if line.strip()]
    assert len(shown) == len(lines)
    assert all(line.startswith(start) for line, start in zip(shown, lines, strict=True)), shown


@pytest.mark.parametrize(
    ("plain", "formatted", "shown"),
    [
        (f"Click here<{TEAMS}>", f'<html><body><p><a href="{TEAMS}">Click here</a> to join</p></body></html>', "[Click here]"),
        ("All the words of the whole text", "<html><body></body></html>", "All the words"),
        ("", "<p>Formatted words</p>", "Formatted words"),
    ],
)  # fmt: skip
def test_the_formatted_description_counts_if_it_says_as_much(project, plain, formatted, shown):
    event = f"SUMMARY:Forum\nDTSTART:20260910T160000Z\nDESCRIPTION:{plain}\nX-ALT-DESC;FMTTYPE=text/html:{formatted}"
    project.bring(read(event))
    assert shown in project.read("content/events/forum.md", ".")
