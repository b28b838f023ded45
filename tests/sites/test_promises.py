"""What was published stays: ids in feeds, and addresses, whatever is changed afterwards."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from clusterpress.cli.commands import main
from clusterpress.config.reader import read_settings
from tests.sites.small_site import Site

pytestmark = pytest.mark.slow
CONFIG = "name: S\nurl: {url}\nsearch: false\npublish: {{live: {{type: folder, path: public}}}}\n{more}"
NEWS = "---\ntitle: {title}\ndate: {date}\n{keys}---\nText of it.\n"
EVENT = "---\ntitle: Forum\nstart: 2021-05-04\ndate: 2021-04-01\n---\nCome.\n"


def run(site, *words):
    result = CliRunner().invoke(main, ["--project", str(site.root), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def configure(site, url="https://example.eu/", more=""):
    site.write("site_config.yml", CONFIG.format(url=url, more=more))


@pytest.fixture
def site(tmp_path):
    files = {
        "content/news/one.md": NEWS.format(title="One", date="2021-02-01", keys=""),
        "content/news/two.md": NEWS.format(title="Two", date="2021-02-02", keys="id: 'tag:x,2021:two'\n"),
        "content/events/forum.md": EVENT,
        "content/clusters/qoot.md": "---\ntitle: QOOT\n---\nText.\n",
        "content/news/draft.md": NEWS.format(title="Draft", date="2021-02-03", keys="draft: true\n"),
    }
    site = Site(tmp_path, files)
    configure(site)
    assert run(site, "publish").exit_code == 0
    return site


def ids(site):
    return {item["title"]: item["id"] for item in json.loads(site.read("feed.json"))["items"]}


def leads_to(site, old, new):
    return f'url={new}"' in site.read(f"{old.strip('/')}/index.html")


def told(result):
    return [(one.path, one.rule, str(one.severity)) for one in result.problems]


def test_the_record_is_plain_text_with_a_line_for_each_published_item(site):
    text = (site.root / "published.json").read_text("utf-8")
    record = json.loads(text)
    assert list(record["items"]) == [
        "content/clusters/qoot.md", "content/events/forum.md", "content/news/one.md", "content/news/two.md",
    ]  # fmt: skip
    assert record["items"]["content/news/one.md"] == {
        "kind": "news",
        "lang": "en",
        "title": "One",
        "id": "https://example.eu/news/2021/one/",
        "addresses": ["news/2021/one/"],
    }
    assert sum("content/" in line for line in text.splitlines()) == 4
    again = run(site, "publish")
    assert "recorded" not in again.output
    assert (site.root / "published.json").read_text("utf-8") == text


def test_without_changes_nothing_is_said(site):
    assert not site.build().problems
    assert "-note" not in run(site, "check").output


CHANGES = {
    "date": ("content/news/one.md", NEWS.format(title="One", date="2020-12-31", keys=""), "/news/2020/one/"),
    "slug": (
        "content/news/one.md",
        NEWS.format(title="One", date="2021-02-01", keys="slug: uno\n"),
        "/news/2021/uno/",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_item_with_another_address_keeps_its_id_and_the_old_one_leads_on(site, change):
    path, text, new = CHANGES[change]
    before = ids(site)
    site.write(path, text)
    result = site.build(strict=True)
    assert told(result) == [(path, "moved-address", "note")]
    assert ids(site) == before
    assert leads_to(site, "/news/2021/one/", new)
    assert run(site, "publish").exit_code == 0
    assert not site.build().problems, "it was published so"
    assert leads_to(site, "/news/2021/one/", new)
    assert ids(site) == before


def test_a_renamed_file_is_known_by_its_title(site):
    before = ids(site)
    site.write("content/news/uno.md", NEWS.format(title="One", date="2021-02-01", keys=""))
    site.remove("content/news/one.md")
    assert told(site.build()) == [("content/news/uno.md", "moved-address", "note")]
    assert ids(site) == before
    assert leads_to(site, "/news/2021/one/", "/news/2021/uno/")


def uids(site):
    return [line for line in site.read("events.ics").splitlines() if line.startswith("UID")]


def test_a_file_with_another_name_and_title_is_known_by_its_alias(site):
    before, uid = ids(site), uids(site)
    site.write("content/news/uno.md", NEWS.format(title="Uno", date="2021-02-01", keys=""))
    site.write("content/events/fair.md", EVENT.replace("Forum", "Fair"))
    site.remove("content/news/one.md")
    site.remove("content/events/forum.md")
    lost = [one for one in site.build().problems if one.rule == "lost-address"]
    assert {one.path for one in lost} == {"published.json"}
    assert all("keeps the id" in one.hint for one in lost)
    for path in ("content/news/uno.md", "content/events/fair.md"):
        old = next(one.hint for one in lost if path.split("/")[1] in one.message).split('"')[1]
        text = (site.root / path).read_text("utf-8")
        site.write(path, text.replace("---\n", f"---\n{old}\n", 1))
    assert not [one for one in told(site.build()) if one[1] in ("lost-address", "new-id")]
    assert ids(site) == {**{k: v for k, v in before.items() if k not in ("One", "Forum")},
                         "Uno": before["One"], "Fair": before["Forum"]}  # fmt: skip
    assert uids(site) == uid
    assert leads_to(site, "/news/2021/one/", "/news/2021/uno/")
    assert run(site, "publish").exit_code == 0
    assert not site.build().problems, "it was published so"
    assert uids(site) == uid


def test_an_alias_counts_more_than_a_title(site):
    before = ids(site)
    site.write(
        "content/news/b.md", NEWS.format(title="B", date="2021-02-01", keys="aliases: [news/2021/one]\n")
    )
    site.write("content/news/c.md", NEWS.format(title="One", date="2021-02-01", keys=""))
    site.remove("content/news/one.md")
    site.build()
    assert ids(site)["B"] == before["One"]
    assert ids(site)["One"] == "https://example.eu/news/2021/c/"


def test_an_item_that_was_published_keeps_its_own_id_whatever_its_aliases(site):
    before = ids(site)
    keys = "id: 'tag:x,2021:two'\naliases: [/news/2021/one/]\n"
    site.write("content/news/two.md", NEWS.format(title="Two", date="2021-02-02", keys=keys))
    site.write("content/clusters/qoot.md", "---\ntitle: QOOT\naliases: [/events/forum/]\n---\nText.\n")
    site.remove("content/news/one.md")
    site.remove("content/events/forum.md")
    assert not [one for one in told(site.build()) if one[1] == "lost-address"]
    assert ids(site) == {"Two": before["Two"]}


def stamps(site):
    """Return the sequence number and the time of the last change of the one event, as published."""
    (one,) = Calendar.from_ical((site.root / "public/events.ics").read_bytes()).events
    assert one.decoded("dtstamp") == one.decoded("last-modified") <= datetime.now(UTC)
    return one["sequence"], one.decoded("last-modified")


def publish(site, event, path="content/events/forum.md"):
    site.write(path, event)
    assert run(site, "publish").exit_code == 0
    return stamps(site)


COMING = EVENT.replace("2021-05-04", "2099-02-21 10:00")
UPDATED = COMING.replace("date:", "updated: 2021-04-02 16:00\ndate:")


@pytest.mark.parametrize(
    "changed",
    [COMING.replace("02-21", "02-23"), COMING.replace("10:00", "11:00"), COMING.replace("Forum", "Fair"),
     COMING.replace("date:", "place: Linz\ndate:"), COMING.replace("date:", "end: 2099-02-22 10:00\ndate:"),
     COMING.replace("date:", "cancelled: true\ndate:")],
    ids=["day", "time", "title", "place", "end", "cancelled"],
)  # fmt: skip
@pytest.mark.parametrize("first", [COMING, UPDATED], ids=["announced", "updated"])
def test_calendars_hear_of_every_change_of_an_event_once(site, first, changed):
    before = publish(site, first)
    assert publish(site, f"{first}\nMore.\n") == before, "calendars show the same"
    after = publish(site, changed)
    today = datetime.now(site_zone(site)).date()
    assert after[0] == before[0] + 1
    assert after[1].astimezone(site_zone(site)).date() == today
    assert publish(site, f"{changed}\nMore.\n") == after
    assert publish(site, first)[0] == after[0] + 1, "the change was taken back"


def test_calendars_hear_of_other_words_and_ask_nobody_to_come_anew(site):
    first = publish(site, COMING)
    second = publish(site, f"{COMING}More.\n")
    third = publish(site, COMING.replace("date:", "url: https://example.eu/forum\ndate:"))
    assert first[0] == second[0] == third[0]
    assert first[1] < second[1] < third[1]
    assert publish(site, COMING.replace("date:", "url: https://example.eu/forum\ndate:")) == third


def site_zone(site):
    return ZoneInfo(read_settings((site.root / "site_config.yml").read_text("utf-8"), "c")[0].time_zone)


def test_a_moved_file_and_a_rewritten_record_keep_what_calendars_know(site):
    publish(site, COMING)
    before = publish(site, COMING.replace("10:00", "11:00"))
    site.remove("content/events/forum.md")
    moved = publish(site, COMING.replace("10:00", "11:00"), "content/events/meeting.md")
    assert moved[0] == before[0]
    assert moved[1] > before[1], "its address is another one"
    assert run(site, "publish", "--record").exit_code == 0
    site.build()
    (one,) = Calendar.from_ical(site.read("events.ics")).events
    assert (one["sequence"], one.decoded("last-modified")) == moved


def test_a_record_of_an_earlier_version_says_nothing_of_calendars(site):
    publish(site, COMING)
    record = json.loads((site.root / "published.json").read_text("utf-8"))
    assert record["items"]["content/events/forum.md"].pop("calendar")["sequence"] == 1
    site.write("published.json", json.dumps(record))
    assert publish(site, COMING.replace("10:00", "11:00"))[0] == 0
    assert publish(site, COMING)[0] == 1


def test_another_permalink_setting_moves_all_and_loses_none(site):
    before = ids(site)
    configure(site, more="permalinks: {news: '/{year}/{month}/{slug}/', cluster: '/c/{slug}/'}\n")
    result = site.build()
    assert {rule for _, rule, _ in told(result)} == {"moved-address"}
    assert ids(site) == before
    assert leads_to(site, "/news/2021/one/", "/2021/02/one/")
    assert leads_to(site, "/clusters/qoot/", "/c/qoot/")


def test_a_site_with_another_address_keeps_the_ids_of_feeds_and_calendars(site):
    before, uid = ids(site), [line for line in site.read("events.ics").splitlines() if line.startswith("UID")]
    configure(site, url="https://new.example.org/sub/")
    result = site.build()
    assert told(result) == [("site_config.yml", "moved-address", "note")]
    assert "another address now" in result.problems[0].message
    assert ids(site) == before
    assert [line for line in site.read("events.ics").splitlines() if line.startswith("UID")] == uid


def test_a_page_that_is_gone_is_told_until_somebody_decides(site):
    site.remove("content/news/one.md")
    result = site.build()
    assert told(result) == [("published.json", "lost-address", "warning")]
    (problem,) = result.problems
    record = (site.root / "published.json").read_text("utf-8")
    assert "content/news/one.md" in record.splitlines()[problem.line - 1]
    assert "aliases: [/news/2021/one/]" in problem.hint
    site.write(
        "content/news/three.md",
        NEWS.format(title="3", date="2021-03-01", keys="aliases: [/news/2021/one/]\n"),
    )
    assert not [one for one in told(site.build()) if one[1] == "lost-address"]


def test_a_withdrawn_item_is_no_lost_address(site):
    site.write(
        "content/news/one.md", NEWS.format(title="One", date="2021-02-01", keys="expires: 2021-03-01\n")
    )
    assert not site.build().problems


def test_an_old_address_that_another_item_has_now_is_left_to_it(site):
    site.write("content/news/one.md", NEWS.format(title="One", date="2021-02-01", keys="slug: uno\n"))
    site.write("content/news/new.md", NEWS.format(title="New", date="2021-02-05", keys="slug: one\n"))
    assert {severity for _, _, severity in told(site.build())} == {"note"}
    assert "New" in site.read("news/2021/one/index.html")
    assert len(set(ids(site).values())) == 4


def test_a_preview_keeps_the_promises_after_an_edit_of_the_text(site):
    site.write("content/news/one.md", NEWS.format(title="One", date="2020-12-31", keys=""))
    before = ids(site)
    site.build()
    site.write("content/news/one.md", NEWS.format(title="One", date="2020-12-31", keys="") + "More.\n")
    site.build()
    assert ids(site) == before
    clean = site.build(folder="clean")
    assert clean.difference
    assert site.output() == site.output("clean")


def test_a_broken_record_is_an_error_with_its_line(site):
    site.write("published.json", '{\n "version": 1,\n "items": {\n<<<<<<< ours\n')
    (problem,) = site.build().problems
    assert (problem.path, problem.line, str(problem.severity)) == ("published.json", 4, "error")


def test_a_record_can_be_written_without_publishing(tmp_path):
    site = Site(tmp_path, {"content/news/one.md": NEWS.format(title="One", date="2021-02-01", keys="")})
    site.write("site_config.yml", "name: S\nurl: https://example.eu/\nsearch: false\n")
    assert run(site, "publish", "--record").exit_code == 0
    assert "content/news/one.md" in json.loads((tmp_path / "published.json").read_text())["items"]
    assert not (tmp_path / "public").exists()
