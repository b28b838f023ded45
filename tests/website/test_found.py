"""What search engines and other programs find: pictures, descriptions of things, tags, robots.txt, llms.txt."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from clusterpress.config.settings import NewsletterSettings
from clusterpress.website.sitemap import AI_CRAWLERS

FILES = {
    "programmes/cord.md": "---\ntitle: Cord\nsummary: A programme.\nlogo: {src: mark.svg, alt: Mark}\nfunding: {rules: cpr-2021}\n---\nText.\n",
    "partners/two.md": "---\ntitle: Two\nnumber: PP2\nprogramme: cord\n---\n",
    "authors/ann.md": "---\ntitle: Ann\nrole: Editor\norganisation: Office\n---\nText.\n",
    "news/one.md": "---\ntitle: One\ndate: 2019-04-12\nprogramme: cord\nauthor: ann\ntags: [food, trade]\n---\nT.\n",
    "newsletters/01.md": "---\ntitle: Issue\nnewsletter: letter\nnumber: 1\ndate: 2019-03-20\neditions: [email]\n---\nT.\n",
}  # fmt: skip
LETTER = {"letter": NewsletterSettings(name="The Letter", address="X", programme="cord")}


@pytest.fixture(scope="module")
def site(make_site):
    return make_site(
        FILES,
        ("programmes/mark.svg",),
        newsletters=LETTER,
        contact="a@x.eu",
        social_cards=True,
        description="All news.",
    )


def things(site, path):
    graph = json.loads(
        LexborHTMLParser(site.page(path)).css_first("script[type='application/ld+json']").text()
    )
    return {one["@type"]: one for one in (graph if isinstance(graph, list) else [graph])}


def metas(site, path, name):
    found = LexborHTMLParser(site.page(path)).css(f"meta[property='{name}']")
    return [one.attributes["content"] for one in found]


@pytest.mark.parametrize(
    "path",
    ["index.html", "news/index.html", "news/2019/one/index.html", "programmes/index.html", "programmes/cord/index.html", "feeds/index.html"],
)  # fmt: skip
def test_every_page_has_a_picture_that_platforms_show_and_that_exists(site, path):
    (address,) = metas(site, path, "og:image")
    assert address.endswith(".png")
    assert address.removeprefix("https://x.eu/") in site.outputs


def test_the_picture_of_the_site_is_one(site):
    assert site.made("assets/images/social-en.png").startswith(b"\x89PNG")


def test_a_programme_is_a_project_with_its_members(site):
    project = things(site, "programmes/cord/index.html")["Project"]
    assert project["name"] == "Cord"
    assert [one["name"] for one in project["member"]] == ["Two"]
    assert project["funder"]["name"] == "European Union"


def test_an_issue_is_one_of_its_newsletter(site):
    issue = things(site, "newsletters/letter/1/index.html")["PublicationIssue"]
    assert (issue["issueNumber"], issue["datePublished"], issue["isPartOf"]["name"]) == (
        "1",
        "2019-03-20",
        "The Letter",
    )


def test_a_person_has_a_role_and_an_employer(site):
    person = things(site, "authors/ann/index.html")["Person"]
    assert (person["jobTitle"], person["worksFor"]["name"]) == ("Editor", "Office")


def test_an_article_names_its_tags_and_its_section(site):
    assert metas(site, "news/2019/one/index.html", "article:tag") == ["food", "trade"]
    assert metas(site, "news/2019/one/index.html", "article:section") == ["Cord"]


def test_the_sitemap_says_when_each_news_item_changed(site):
    assert "<loc>https://x.eu/news/2019/one/</loc><lastmod>2019-04-12</lastmod>" in site.page("sitemap.xml")


def test_crawlers_for_training_are_a_choice(site, make_site):
    assert "Disallow" not in site.page("robots.txt")
    assert site.page("llms.txt").startswith(
        "# Clusters\n\n> All news.\n\n## Contents\n\n- [News](https://x.eu/news/)\n"
    )
    closed = make_site(
        FILES, ("programmes/mark.svg",), newsletters=LETTER, contact="a@x.eu", ai_crawlers="deny"
    )
    robots = closed.page("robots.txt")
    assert all(f"User-agent: {name}\n" in robots for name in AI_CRAWLERS)
    assert "Disallow: /\n\nUser-agent: *\nAllow: /\n" in robots
    assert "llms.txt" not in closed.outputs
