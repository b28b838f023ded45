"""Events: months, registration, what is over, series, calendars of countries."""

from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser

from clusterpress.library.topics import calendar_topics
from clusterpress.theme.languages import date_formatter

EVENT = "---\ntitle: {}\nstart: {}\nprogramme: cord\ncountry: Austria\nplace: Linz\n{}---\nText.\n"
FILES = {
    "programmes/cord.md": "---\ntitle: Cord\n---\n",
    "events/past.md": EVENT.format("Past", "2019-03-30", "end: 2019-04-02\nregistration: https://r.eu/\n"),
    "events/soon.md": EVENT.format("Soon", "2020-02-10", "registration: https://r.eu/\ndeadline: 2020-01-20\nplaces: 80\n"),
    "events/closed.md": EVENT.format("Closed", "2020-02-11", "registration: https://r.eu/\ndeadline: 2019-12-30\n"),
    "events/off.md": EVENT.format("Off", "2020-02-12", "registration: https://r.eu/\ncancelled: true\n"),
    "events/rough.md": "---\ntitle: Rough\nwhen: June 2020\n---\nText.\n",
    "events/four.md": EVENT.format("Four", "2020-03-01", ""),
    "events/five.md": EVENT.format("Five", "2020-03-02", "series: Forums\n"),
    "news/one.md": "---\ntitle: One\ndate: 2019-04-12\nseries: Ten questions\n---\nT.\n",
    "news/two.md": "---\ntitle: Two\ndate: 2019-05-12\nseries: ten questions\n---\nT.\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(make_site):
    return make_site(FILES)


def tree(site, path):
    return LexborHTMLParser(site.page(f"{path}index.html"))


def words(node):
    return " ".join(node.text(separator=" ").split())


def visible(page, selector):
    return [words(one) for one in page.css(selector) if "hidden" not in one.attributes]


@pytest.mark.parametrize(
    ("name", "buttons", "said"),
    [
        ("past", [], "This event is over."),
        ("soon", ["Register", "Add to calendar"], "Register by 20 January 2020"),
        ("closed", ["Add to calendar"], "Registration has closed."),
        ("off", ["Add to calendar"], "Cancelled"),
    ],
)
def test_an_event_offers_what_is_still_possible(site, name, buttons, said):
    page = tree(site, f"events/{name}/")
    assert [words(one) for one in page.css("main a.button")] == buttons
    assert said in words(page.css_first("article"))
    shown = visible(page, "[data-over], [data-closed]")
    assert [one for one in shown if one in ("This event is over.", "Registration has closed.")] == (
        [said] if said.endswith(".") else []
    )


def test_places_stand_among_the_facts(site):
    assert "Places 80" in words(tree(site, "events/soon/").css_first(".facts--event"))


def test_each_month_with_events_has_a_page_that_shows_every_day_of_an_event(site):
    paths = sorted(path for path in site.outputs if path.startswith(("events/2019/", "events/2020/")))
    assert paths == [
        f"events/{one}/index.html" for one in ("2019/03", "2019/04", "2020/02", "2020/03", "2020/06")
    ]
    days = {
        one.attributes["data-day"]: [words(link) for link in one.css("a")]
        for month in ("2019/03", "2019/04", "2020/06")
        for one in tree(site, f"events/{month}/").css(".agenda td[data-day]")
    }
    assert {day: found for day, found in days.items() if found} == {
        "2019-03-30": ["Past"], "2019-03-31": ["Past"], "2019-04-01": ["Past"], "2019-04-02": ["Past"],
    }  # fmt: skip
    assert len(days) == 31 + 30
    rough = tree(site, "events/2020/06/")
    assert "Rough" in words(rough.css_first(".events"))
    assert not rough.css(".agenda"), "a month without dated events has no empty days"


def test_months_lead_to_their_neighbours_and_the_list_to_the_next_month(site):
    page = tree(site, "events/2020/02/")
    assert [one.attributes["href"] for one in page.css(".pager a")] == [
        "/events/2019/04/",
        "/events/2020/03/",
    ]
    assert "/events/2020/02/" in [one.attributes["href"] for one in tree(site, "events/").css(".views a")]


def test_the_home_page_keeps_events_in_reserve_for_later_days(site):
    events = tree(site, "").css("[data-upcoming] > .event")
    assert [("hidden" in one.attributes, words(one.css_first("a"))) for one in events] == [
        (False, "Soon"), (False, "Closed"), (False, "Off"), (True, "Four"), (True, "Five"), (True, "Rough"),
    ]  # fmt: skip
    assert events[0].attributes["data-last"] == "2020-02-10"


def test_a_series_has_a_page_and_its_items_lead_there(site):
    assert [words(one) for one in tree(site, "series/ten-questions/").css(".card__title")] == ["Two", "One"]
    assert tree(site, "news/2019/two/").css_first(".series a").attributes["href"] == "/series/ten-questions/"
    assert tree(site, "events/five/").css_first(".series a").attributes["href"] == "/series/forums/"


def test_countries_have_calendars(site):
    paths = [one.path for one in calendar_topics(site.library, lambda _, key: key)]
    assert "countries/austria/events.ics" in paths


@pytest.mark.parametrize(
    ("lang", "first"),
    [("en", "Monday"), ("en-US", "Sunday"), ("fr", "lundi"), ("ar-EG", "السبت"), ("de", "Montag")],
)
def test_weeks_begin_as_they_do_in_the_language(lang, first):
    dates = date_formatter(lang)
    assert dates.weekdays()[0][1] == first
    weeks = dates.weeks(date(2020, 2, 1))
    assert {len(week) for week in weeks} == {7}
    assert sum(day.month == 2 for week in weeks for day in week) == 29


@pytest.mark.parametrize(
    ("when", "tile"),
    [
        ("June 2020", "Jun 2020"),
        ("autumn 2018", "autumn 2018"),
        ("2018", "2018"),
        ("first half of 2018", "2018"),
    ],
)
def test_a_tile_says_a_season_by_its_name(make_site, when, tile):
    event = f"---\ntitle: Rough\nwhen: {when}\n---\nText.\n"
    assert words(tree(make_site({"events/rough.md": event}), "events/").css_first(".event__block")) == tile


def test_past_events_stand_below_their_years(make_site):
    days = ("2017-05-05", "2018-03-03", "2018-04-04")
    files = {f"events/{day}.md": EVENT.format(f"Of {day}", day, "") for day in days}
    page = tree(make_site(files | {"programmes/cord.md": FILES["programmes/cord.md"]}), "events/")
    assert [(words(one.css_first("h3")), [words(title) for title in one.css("h4")]) for one in page.css(".year")] == [
        ("2018", ["Of 2018-04-04", "Of 2018-03-03"]), ("2017", ["Of 2017-05-05"]),
    ]  # fmt: skip
    assert words(page.css_first("h2")) == "Past events", "no heading over nothing"
    assert "No events are announced" in words(page.css_first("main"))
