"""Indexes of programmes, clusters and partners: groups, marks, counts, and what is the latest."""

import pytest
from selectolax.lexbor import LexborHTMLParser

PLACES = ("Austria", "Italy", "Austria", "", "Slovenia", "Italy", "Italy")


def tree(site, path):
    return LexborHTMLParser(site.page(f"{path}index.html"))


def words(node):
    return " ".join(node.text(separator=" ").split())


def clusters(count, countries=PLACES):
    return {
        f"clusters/c{n:02}.md": f"---\ntitle: Cluster {n:02}\n"
        + (f"country: {country}\n" if (country := countries[n % len(countries)]) else "")
        + "---\nText.\n"
        for n in range(count)
    }


def test_a_long_directory_is_grouped_by_country_with_flags_and_the_others_last(make_site):
    page = tree(make_site(clusters(14)), "clusters/")
    groups = page.css(".group")
    assert [words(one.css_first("h2")) for one in groups] == ["Austria", "Italy", "Slovenia", "Others"]
    assert [bool(one.css("h2 .flag")) for one in groups] == [True, True, True, False]
    assert [len(one.css(".record h3")) for one in groups] == [4, 6, 2, 2]
    assert len(page.css(".record")) == 14
    assert not page.css(".group .record .flag")


@pytest.mark.parametrize(
    ("count", "countries"), [(11, PLACES), (14, ("Italy",)), (14, ("", "", "Italy", "Austria", ""))]
)
def test_a_short_directory_or_one_with_few_countries_is_one_list(make_site, count, countries):
    page = tree(make_site(clusters(count, countries)), "clusters/")
    assert not page.css(".group")
    assert len(page.css(".records > .record h2")) == count


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("Agrinova", "A"),
        ("Food Net Metacluster", "FN"),
        ("C2TM", "C"),
        ("été utile", "ÉU"),
        ("التجمع الأول", "ا"),
        ("3D Print", "3P"),
    ],
)
def test_a_record_without_a_logo_has_a_mark_of_its_letters(make_site, name, mark):
    page = tree(make_site({"clusters/one.md": f"---\ntitle: {name}\n---\nText.\n"}), "clusters/")
    assert [one.text() for one in page.css(".record__mark")] == [mark]
    assert page.css_first(".record__mark").attributes["aria-hidden"] == "true"


def test_a_programme_shows_a_picture_how_much_there_is_and_its_latest_news(make_site):
    files = {
        "programmes/cord.md": "---\ntitle: Cord\nperiod: 2017-2020\n---\n",
        "programmes/empty.md": "---\ntitle: Empty\n---\n",
        "news/old.md": "---\ntitle: Old\ndate: 2019-01-01\nprogramme: cord\n---\nT.\n",
        "news/new.md": "---\ntitle: New\ndate: 2019-02-01\nprogramme: cord\n---\nT.\n",
    }
    cord, empty = tree(make_site(files), "programmes/").css(".programme")
    assert cord.css_first(".programme__latest a").attributes["href"] == "/news/2019/new/"
    assert words(cord.css_first(".card__date")) == "2017-2020 · 2 items"
    assert len(cord.css(".card__picture svg")) == len(empty.css(".card__picture svg")) == 1
    assert not empty.css(".programme__latest")
    assert words(empty.css_first(".card__date")) == ""
