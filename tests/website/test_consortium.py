"""The page of a programme as that of its consortium; sectors, countries and taxonomies of a site's own."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from clusterpress.config.settings import NewsletterSettings, TaxonomySettings
from clusterpress.theme.countries import find_code

FILES = {
    "programmes/cord.md": "---\ntitle: Cord\n---\nText.\n",
    "programmes/other.md": "---\ntitle: Other\n---\nText.\n",
    "partners/ten.md": "---\ntitle: Ten\nnumber: PP10\nprogramme: cord\ncountry: Slovak Republic\nrole: WP2 leader\n---\n",
    "partners/two.md": "---\ntitle: Two\nnumber: PP2\nprogramme: cord\ncontact: {email: a@b.eu, country: IT}\n---\n",
    "partners/away.md": "---\ntitle: Away\nnumber: PP3\nprogramme: other\ncountry: Spain\n---\n",
    "clusters/qoot.md": "---\ntitle: Qoot\ncountry: Lebanon\nsectors: [food]\n---\n",
    "clusters/far.md": "---\ntitle: Far\ncountry: Egypt\n---\n",
    "authors/ann.md": "---\ntitle: Ann\nrole: Editor\n---\nText.\n",
    "authors/org.md": "---\ntitle: Org\ntype: organisation\n---\nText.\n",
    "events/forum.md": "---\ntitle: Forum\nstart: 2019-03-01\nplace: Linz\ncountry: Austria\nprogramme: cord\nsectors: [food]\n---\nT.\n",
    "news/one.md": "---\ntitle: One\ndate: 2019-04-12\nprogramme: cord\ncluster: qoot\nauthor: [ann, org]\ncountries: [Lebanon]\n---\nT.\n",
    "news/two.md": "---\ntitle: Two of them\ndate: 2019-02-12\nprogramme: other\ncluster: far\ntheme: [Skills, Trade]\n---\nT.\n",
    "newsletters/01.md": "---\ntitle: Issue\nnewsletter: letter\nnumber: 1\ndate: 2019-03-20\n---\nT.\n",
}  # fmt: skip
LETTER = {"letter": NewsletterSettings(name="Letter", address="X", programme="cord")}
THEMES = {"themes": TaxonomySettings(label="Themes", key="theme")}


@pytest.fixture(scope="module")
def site(make_site):
    return make_site(FILES, newsletters=LETTER, taxonomies=THEMES, contact="a@x.eu")


def tree(site, path):
    return LexborHTMLParser(site.page(path))


def words(node):
    return " ".join(node.text(separator=" ").split())


def test_a_programme_shows_its_partners_by_number_with_flag_and_role(site):
    members = tree(site, "programmes/cord/index.html").css("#cp-partners")[0].parent.parent.css(".member")
    assert [words(one) for one in members] == ["PP2 Two IT", "PP10 Ten WP2 leader Slovak Republic"]
    assert [one.css_first("use").attributes["href"].partition("#")[2] for one in members] == ["IT", "SK"]


def test_a_programme_shows_clusters_people_and_countries_of_its_own(site):
    page = tree(site, "programmes/cord/index.html")
    shown = words(page.css_first(".consortium"))
    assert "Qoot" in shown
    assert "Ann Editor" in shown
    assert not {"Far", "Away", "Org"} & {*shown.split()}
    drawn = {one.attributes["href"].partition("#")[2] for one in page.css(".map use")}
    assert drawn == {"land", "IT", "SK", "LB"}
    assert "Lebanon" in page.css_first(".map").attributes["aria-label"]


def test_every_country_of_the_map_and_every_flag_exists(site):
    page = tree(site, "programmes/cord/index.html")
    for use in page.css("use"):
        path, _, name = use.attributes["href"].partition("#")
        assert LexborHTMLParser(site.page(path.lstrip("/"))).css_matches(f'[id="{name}"]'), name


def test_the_timeline_mixes_news_events_and_issues_by_their_days(site):
    entries = tree(site, "programmes/cord/index.html").css(".timeline__entry")
    assert [words(one.css_first("a")) for one in entries] == ["One", "Issue", "Forum"]
    assert tree(site, "programmes/other/index.html").css(".timeline__entry") == []


def test_sectors_and_countries_have_pages_that_also_list_clusters_and_partners(site):
    assert "Qoot" in words(tree(site, "sectors/food/index.html").css_first("main"))
    assert "Forum" in words(tree(site, "sectors/food/index.html").css_first("main"))
    assert "Qoot" in words(tree(site, "countries/lebanon/index.html").css_first("main"))
    assert "Forum" in words(tree(site, "countries/austria/index.html").css_first("main"))
    assert "Lebanon 2 items" in words(tree(site, "countries/index.html").css_first("main"))
    item = tree(site, "news/2019/one/index.html")
    assert {one.attributes["href"] for one in item.css(".facts--topics a")} >= {"/countries/lebanon/"}


def test_a_taxonomy_of_ones_own_has_an_index_pages_and_links(site):
    assert "Skills" in words(tree(site, "themes/index.html").css_first("main"))
    assert tree(site, "themes/index.html").css_first("h1").text() == "Themes"
    assert "Two of them" in words(tree(site, "themes/trade/index.html").css_first("main"))
    links = tree(site, "news/2019/two/index.html").css(".facts--topics a")
    assert {"/themes/skills/", "/themes/trade/"} <= {one.attributes["href"] for one in links}


def test_a_closed_taxonomy_names_the_term(make_site):
    closed = {"themes": TaxonomySettings(label="Themes", key="theme", terms=("Skills", "Traded"))}
    with pytest.raises(AssertionError, match=r'"Trade" is no term of themes.*did you mean "Traded"'):
        make_site(FILES, newsletters=LETTER, taxonomies=closed, contact="a@x.eu")


def test_the_list_of_news_has_filters_without_scripts(site):
    page = tree(site, "news/index.html")
    filters = {
        words(one.css_first("summary")): [words(li) for li in one.css("li")] for one in page.css(".narrow")
    }
    assert filters == {
        "Programmes": ["Cord (1)", "Other (1)"],
        "Clusters": ["Far (1)", "Qoot (1)"],
        "Themes": ["Skills (1)", "Trade (1)"],
    }
    assert page.css("script[src]") == []


@pytest.mark.parametrize(
    ("written", "languages", "code"),
    [
        ("Italy", ["en"], "IT"), ("Italie", ["fr"], "IT"), ("إيطاليا", ["ar"], "IT"), ("Ελλάδα", ["el"], "GR"),
        ("the Netherlands", ["en"], "NL"), ("Czech Republic", ["de"], "CZ"), ("EL", ["en"], "GR"), ("UK", ["en"], "GB"),
        ("SK", ["en"], "SK"), ("GREECE", ["fr"], "GR"), ("Europe", ["en"], ""), ("Nowhere", ["en"], ""), ("", ["en"], ""),
    ],
)  # fmt: skip
def test_a_country_is_found_by_name_or_code(written, languages, code):
    assert find_code(written, languages) == code
