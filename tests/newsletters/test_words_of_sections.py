"""No word of an issue is lost or printed twice, whatever its layout and edition."""

import re
import shutil
import subprocess

import pytest
from selectolax.lexbor import LexborHTMLParser

from clusterpress.newsletters.document import summarise
from clusterpress.newsletters.issues import preheader_of, subject_of
from clusterpress.newsletters.pdf.plan import pdf_outputs
from clusterpress.newsletters.resolve import resolve_issues
from clusterpress.values.problems import Severity
from tests.newsletters.editions import Editions, make
from tests.newsletters.make import SETTINGS, THEME, issue, news, newsroom, record, resolve

LAYOUTS = ("feature", "briefs", "text", "profiles", "events")
MEDIA = ("web", "whole", "pdf", "mail", "text")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")


def read(files):
    """Return medium → the words of the first issue, as its readers see them."""
    library, stored, _ = newsroom(files)
    issues, _ = resolve_issues(library)
    editions = Editions(library, stored)
    start = issues[0].path

    def page(path):
        body = LexborHTMLParser(editions.text(f"{start}{path}")).body
        for hidden in body.css("nav"):
            hidden.decompose()
        return " ".join(body.text(separator=" ").split())

    found = {
        "web": page("2/index.html"),
        "whole": page("all/index.html"),
        "mail": page("email.html"),
        "text": " ".join(editions.text(f"{start}email.txt").split()),
    }
    if shutil.which("pdftotext"):
        (pdf,) = (make(one, stored) for one in pdf_outputs(issues[:1], SETTINGS, THEME))
        text = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
        found["pdf"] = " ".join(text.stdout.decode().split())
    return found


def item(layout, slug, title, summary, body, partner=""):
    """Return path and text of an item that a layout can show."""
    if layout == "profiles":
        text = (
            record(title)
            .replace("A record.", body)
            .replace(f"summary: About {title}.", f"summary: {summary}")
        )
        return f"clusters/{slug}.md", text
    if layout == "events":
        more = f"partners: {partner}\n" if partner else ""
        head = f"---\ntitle: {title}\nsummary: {summary}\nstart: 2012-02-21\nplace: Linz\n{more}---\n"
        return f"events/{slug}.md", f"{head}{body}\n"
    return f"news/{slug}.md", news(
        title, summary=summary, body=body, **({"partners": partner} if partner else {})
    )


@needs_poppler
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "body", ["A summary in words.\n\nThe rest.", "A **summary** in words.", "Another text.", ""],
    ids=["begins with it", "is it", "is another", "empty"],
)  # fmt: skip
def test_a_summary_is_printed_once(layout, body):
    path, text = item(layout, "a", "Story", "A summary in words", body)
    found = read({path: text, "newsletters/other/1.md": issue(
        f"  - {{title: Section, layout: {layout}, items: [a]}}", newsletter="other"
    )})  # fmt: skip
    needed = 0 if body == "Another text." and layout in ("briefs", "profiles") else 1
    for medium in ("web", "whole", "pdf"):
        count = len(re.findall("A summary in words", found[medium]))
        assert count == needed, (medium, found[medium])
        assert found[medium].count("The rest.") == (layout != "events" and "The rest." in body)
    for medium in ("mail", "text"):
        assert found[medium].count("A summary in words") == 1, (medium, found[medium])


@needs_poppler
@pytest.mark.parametrize("layout", ["feature", "briefs", "text", "events"])
def test_items_without_a_partner_stand_in_a_group_of_their_own(layout):
    files = dict(
        item(layout, slug, f"Story {slug}", f"On {slug}", f"Words {slug}.", partner)
        for slug, partner in (("one", "PP2"), ("two", ""), ("three", "PP1"))
    )
    files |= {
        "partners/a.md": record("Alpha Agency", number="PP1"),
        "partners/b.md": record("Beta Bureau", number="PP2"),
        "newsletters/other/1.md": issue(
            f"  - {{title: Section, layout: {layout}, items: [one, two, three], group_by: partner}}",
            newsletter="other",
        ),
    }
    expected = ["Alpha Agency", "Story three", "Beta Bureau", "Story one", "Other", "Story two"]
    for medium, words in read(files).items():
        text = words[words.index("Section") :]
        places = [text.find(word, text.index("Alpha Agency")) for word in expected]
        assert -1 not in places, (medium, text)
        assert places == sorted(places), (medium, text)


def event(title, *, start="2027-06-15", **keys):
    head = "".join(f"{key}: {value}\n" for key, value in {"title": title, "start": start, **keys}.items())
    return f"---\n{head}---\nCome.\n"


@needs_poppler
@pytest.mark.parametrize(
    ("lang", "keys", "expected"),
    [
        ("en", {"start": "15 June 2027, 14:00-17:00"}, "15 June 2027, 14:00–17:00 CEST"),
        ("en", {"start": "2027-06-15 14:00"}, "15 June 2027, 14:00 CEST"),
        ("en", {"start": "2027-12-15 09:30", "end": "2027-12-16 12:00"}, "15–16 December 2027, 09:30–12:00 CET"),
        ("en", {"start": "2027-06-15 14:00", "time_zone": "Europe/Helsinki"}, "15 June 2027, 14:00 EEST"),
        ("fr", {"start": "2027-06-15 14:00", "end": "2027-06-15 17:00"}, "15 juin 2027, 14:00–17:00 CEST"),
        ("sk", {"start": "2027-06-15 9:00", "end": "2027-06-15 17:00"}, "15. júna 2027, 9:00 – 17:00 SELČ"),
        ("pl", {"start": "2027-06-15 9:00", "time_zone": "Europe/Athens"}, "15 czerwca 2027, 09:00 EEST"),
        ("en", {"start": "2027-06-15"}, "15 June 2027"),
    ],
)  # fmt: skip
def test_every_edition_tells_when_an_event_begins_and_ends_as_its_page_does(lang, keys, expected):
    files = {
        "events/a.md": event("Forum", lang=lang, **keys),
        "newsletters/other/1.md": issue(
            "  - {title: Section, layout: events, items: [a]}", newsletter="other", lang=lang
        ),
    }
    for medium, words in read(files).items():
        assert expected in words, (medium, words)


@needs_poppler
@pytest.mark.parametrize("layout", ["feature", "briefs", "text", "events"])
def test_every_layout_tells_when_and_where_an_event_takes_place(layout):
    files = {
        "events/a.md": event("Forum", start="2027-06-15 14:00", place="Linz", cancelled="true"),
        "newsletters/other/1.md": issue(
            f"  - {{title: Section, layout: {layout}, items: [events/a]}}", newsletter="other"
        ),
    }
    for medium, words in read(files).items():
        assert words.count("15 June 2027, 14:00 CEST") == 1, (medium, words)
        assert "Linz" in words, (medium, words)
        assert "cancelled" in words.casefold(), (medium, words)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([("Steel days", "Linz"), ("Open labs", "Milan")], "Steel days · Open labs"),
        ([("Forum: food", "Linz"), ("Forum: health", "Milan")], "Linz · Milan"),
        ([("Forum", "Linz"), ("Forum", "Milan"), ("Forum", "Stuttgart")], "Linz · Milan · Stuttgart"),
        ([("Forum: food", "Linz"), ("Forum: health", "Linz")], "Forum: food · Forum: health"),
        ([("Forum: food", "Linz"), ("Forum: health", "")], "Forum: food · Forum: health"),
        ([("Steel days", "Linz")], "Steel days"),
    ],
)
def test_the_contents_tell_of_events_by_their_titles_and_of_a_series_by_its_places(events, expected):
    files = {
        f"events/{index}.md": event(f'"{title}"', slug=f"event-{index}", place=place or '""')
        for index, (title, place) in enumerate(events)
    }
    listed = ", ".join(f"events/{index}" for index in range(len(events)))
    files["newsletters/other/1.md"] = issue(
        f"  - {{title: Section, layout: events, items: [{listed}]}}", newsletter="other"
    )
    (shown,), problems = resolve(files)
    assert not problems
    assert summarise(shown.sections[0]) == expected


def test_groups_have_no_heading_if_no_item_has_a_partner():
    files = {
        "news/a.md": news("A"),
        "newsletters/other/1.md": issue("  - {title: S, items: [a], group_by: partner}", newsletter="other"),
    }
    assert "Other" not in read(files)["mail"].replace("Other Newsletter", "").split("About A")[0]


PROSE = """
  - title: Section
    layout: LAYOUT
    items: [ITEMS]
    text: |
      Before **them** all, [a link](https://y.eu/).

      - one point
      - another point
    close: "Write to us[^1] *soon*.\\n\\n[^1]: Any day."
""".strip("\n")


@needs_poppler
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("items", ["a", ""], ids=["around items", "alone"])
def test_texts_stand_before_and_after_the_items_of_a_section(layout, items):
    path, text = item(layout, "a", "Story", "On the story", "Words of it.")
    sections = PROSE.replace("LAYOUT", layout).replace("ITEMS", items)
    found = read({path: text, "newsletters/other/1.md": issue(sections, newsletter="other")})
    assert set(found) == set(MEDIA)
    order = ["Section", "Before them all", "one point", "another point", "Write to us"]
    if items:
        order.insert(4, "Story" if layout != "text" else "On the story")
    for medium, words in found.items():
        start = words.rindex("Before them all")
        places = [words.find(word, 0 if word == "Section" else start) for word in order]
        assert -1 not in places, (medium, words)
        assert places == sorted(places), (medium, words)
        assert "Any day" in words, (medium, words)
        assert "**" not in words


def problems_of(sections, **more):
    return newsroom(
        {"news/a.md": news("A"), "newsletters/other/1.md": issue(sections, newsletter="other", **more)}
    )


def test_links_and_pictures_of_such_a_text_lead_to_items_and_files():
    text = '  - {title: S, items: [a], text: "See [it](../../news/a.md) ![Dots](/dots.png)"}'
    library, stored, problems = problems_of(text)
    assert not problems
    mail = Editions(library, stored).text("newsletters/other/3/email.html")
    assert 'href="https://news.example.eu/newsletters/other/3/2/#news-a"' in mail
    assert 'src="https://news.example.eu/dots.png"' in mail


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[it](gone.md)", "there is no"),
        ("![Dots](gone.png)", "is not there"),
        ("[here](https://y.eu/)", "here"),
    ],
)
def test_such_a_text_is_checked(text, message):
    _, _, problems = problems_of(
        f'  - {{title: S, items: [a]}}\n  - {{title: T, items: [], close: "{text}"}}'
    )
    found = [problem for problem in problems if message in problem.message]
    assert [(problem.path, problem.line) for problem in found] == [("content/newsletters/other/1.md", 8)]


def heads(**more):
    issues, _ = resolve(
        {
            "news/a.md": news("Milan report"),
            "news/b.md": news("Exchange Forums"),
            "newsletters/other/1.md": issue(
                "  - {title: S, items: [a, b]}", newsletter="other",
                **{"title": "Newsletter no. 3", "body": "Dear readers,\n\nhere is more.", **more},
            ),
        }
    )  # fmt: skip
    return subject_of(issues[0]), preheader_of(issues[0])


@pytest.mark.parametrize(
    ("fields", "subject", "preheader"),
    [
        ({}, "Newsletter no. 3: Milan report", "Exchange Forums"),
        ({"subject": "Own"}, "Own", "Milan report · Exchange Forums"),
        ({"preheader": "Own"}, "Newsletter no. 3: Milan report", "Own"),
        ({"summary": "In short."}, "Newsletter no. 3: Milan report", "In short."),
        ({"title": "N" * 50}, "N" * 50, "Milan report · Exchange Forums"),
    ],
)
def test_subject_and_preheader_have_sensible_defaults(fields, subject, preheader):
    assert heads(**fields) == (subject, preheader)


def test_an_issue_without_stories_is_announced_by_its_editorial():
    issues, _ = resolve({"newsletters/other/1.md": issue("", body="Dear readers,\n\nthis is the last one.")})
    assert preheader_of(issues[0]) == "This is the last one."


@pytest.mark.parametrize(
    ("fields", "line", "message"),
    [
        ({"preheader": "x" * 101}, 6, "the preheader has 101 characters, and mail programs show 100"),
        ({"subject": "x" * 61}, 6, "the subject has 61 characters, and mail programs show 60"),
        ({"title": "x" * 61}, 2, "the subject has 61 characters, and mail programs show 60"),
    ],
)
def test_what_mail_programs_cut_is_told(fields, line, message):
    _, problems = resolve({
        "news/a.md": news("A"),
        "newsletters/other/1.md": issue("  - {title: S, items: [a]}", **{"title": "I", "newsletter": "other", **fields}),
    })  # fmt: skip
    (problem,) = problems
    assert (problem.line, problem.message, problem.severity) == (line, message, Severity.WARNING)
