"""The pages of the web edition, of small newsrooms and of the demo."""

import re
from itertools import pairwise

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from clusterpress.config.subscriptions import SubscribeSettings
from clusterpress.newsletters.web.plan import web_pages
from clusterpress.theme.content_security import read_policy
from clusterpress.website.outputs import outputs as website_outputs
from tests.newsletters.editions import ROOT, demo, editions, make
from tests.newsletters.make import PROGRAMME, THEME, issue, news, record
from tests.planned import expand_bundles

SECTIONS = """  - {title: Report, start: page, items: [milan]}
  - {title: Partners, layout: profiles, start: page, partners: [PP8]}
  - {title: Events, layout: events, start: page, items: [forum]}"""
FILES = {
    "programmes/cord.md": PROGRAMME,
    "pages/legal.md": "---\ntitle: Legal notice\n---\nText.\n",
    "partners/eight.md": record(
        "Milano",
        number="PP8",
        role="WP4 leader",
        country="Italy",
        contact="{email: info@x.eu, web: 'http://x.eu/'}",
    ),
    "news/2011/milan.md": news(
        "Milan",
        image="{src: /dots.png, alt: Dots}",
        body="About [the forum](../../events/forum.md).\n\n## Then\n\nMore.",
    ),
    "events/forum.md": "---\ntitle: Forum\nwhen: June 2012\nplace: Linz\nsectors: [food]\n---\nText.\n",
    "newsletters/cord/3.md": issue(SECTIONS, period="Winter 2011"),
}
BASE = "newsletters/cord/3/"


@pytest.fixture(scope="module")
def small():
    return editions(FILES)


def test_an_issue_has_a_cover_its_pages_and_all_on_one_page(small):
    pages = {path for path in small.outputs if path.endswith("index.html")}
    assert pages == {f"{BASE}{page}index.html" for page in ("", "2/", "3/", "4/", "all/")}


def test_an_issue_without_a_web_edition_has_no_pages():
    made = editions({**FILES, "newsletters/cord/3.md": issue(SECTIONS, editions="[pdf]")})
    assert not made.outputs


def test_the_cover_leads_to_every_section_and_edition(small):
    cover = LexborHTMLParser(small.text(f"{BASE}index.html"))
    assert [a.attributes["href"] for a in cover.css(".contents a")] == [f"/{BASE}{n}/" for n in (2, 3, 4)]
    links = [a.attributes["href"] for a in cover.css(".editions a")]
    wanted = [
        f"/{BASE}2/",
        f"/{BASE}cord-3.pdf",
        f"/{BASE}all/",
        f"/{BASE}email.html",
        "/newsletters/cord/feed.xml",
    ]
    assert links == wanted


def test_a_page_knows_its_place(small):
    page = LexborHTMLParser(small.text(f"{BASE}3/index.html"))
    assert [a.attributes["href"] for a in page.css("[aria-current=page]")] == [f"/{BASE}3/"]
    turned = {a.attributes["rel"]: (a.attributes["href"], a.text()) for a in page.css(".turn a")}
    assert turned == {"prev": (f"/{BASE}2/", "Report"), "next": (f"/{BASE}4/", "Events")}
    assert page.css_first("link[rel=canonical]").attributes["href"] == f"https://news.example.eu/{BASE}3/"
    assert page.css_first("title").text() == "Partners – Clusters Cord – Newsletter no. 3 – Cluster News"


def test_a_link_to_a_story_of_the_issue_stays_in_the_issue(small):
    assert f'<a href="/{BASE}4/#event-forum">the forum</a>' in small.text(f"{BASE}2/index.html")
    assert '<a href="#event-forum">the forum</a>' in small.text(f"{BASE}all/index.html")


def test_an_event_leads_to_its_own_page(small):
    page = small.text(f"{BASE}4/index.html")
    assert '<a href="/events/forum/">Forum</a>' in page
    assert "June 2012 <small>exact dates to follow</small>" in page


def test_a_profile_has_its_contact_strip_under_its_heading(small):
    profile = LexborHTMLParser(small.text(f"{BASE}3/index.html")).css_first(".profile")
    assert [node.tag for node in profile.iter()][:3] == ["h3", "p", "address"]
    assert profile.css_first("address a[href='mailto:info@x.eu']").text() == "info@x.eu"


def test_every_page_shows_the_funding_and_the_legal_links(small):
    for path in (path for path in small.outputs if path.endswith("index.html")):
        page = small.text(path)
        assert "Co-financed by the ERDF." in page
        assert '<a href="/legal/">Legal notice</a>' in page


def test_rules_that_ask_for_it_show_the_emblem_on_the_first_screen():
    programme = PROGRAMME.replace("erdf-2007", "cpr-2014")
    made = editions({**FILES, "programmes/cord.md": programme})
    for page in ("", "2/"):
        header = made.text(f"{BASE}{page}index.html").partition("</header>")[0]
        assert 'class="payer"' in header
    assert 'class="payer"' not in editions(FILES).text(f"{BASE}index.html")


def test_addresses_begin_at_the_sites_root():
    made = editions(FILES, url="https://x.eu/sub/path/")
    for path in (path for path in made.outputs if path.endswith("index.html")):
        addresses = re.findall(r'(?:href|src)="(/[^"]*)"', made.text(path))
        assert addresses
        assert all(address.startswith("/sub/path/") for address in addresses)


def test_text_of_sources_cannot_become_markup():
    files = {
        **FILES,
        "newsletters/cord/3.md": issue("  - {title: '<i>A & B</i>', items: [milan]}", period="<b>x</b>"),
    }
    for page in ("", "2/", "all/"):
        html = editions(files).text(f"{BASE}{page}index.html")
        assert "<i>A" not in html
        assert "<b>x" not in html


def test_colours_of_a_newsletter_leave_the_dark_scheme_alone():
    page = editions(FILES, masthead={"colours": {"navy": "#003344"}}).text(f"{BASE}index.html")
    assert "@media screen and (prefers-color-scheme:light),print{:root{--navy:#003344;}}" in page


def test_neighbours_stand_on_the_cover_alone():
    files = {
        **FILES,
        "newsletters/cord/2.md": issue(SECTIONS.replace("Report", "Old"), number="2", date="2011-06-01"),
    }
    made = editions(files)
    assert f'href="/{BASE}"' in made.text("newsletters/cord/2/index.html").partition("<main")[2]
    assert 'class="issues__previous"' in made.text(f"{BASE}index.html")
    assert "issues__previous" not in made.text(f"{BASE}2/index.html")


def test_a_changed_story_makes_only_its_own_page_and_the_whole_anew(small):
    changed = {**FILES, "events/forum.md": FILES["events/forum.md"].replace("Text.", "New text.")}
    before = {path: output.fingerprint() for path, output in small.outputs.items()}
    after = {path: output.fingerprint() for path, output in editions(changed).outputs.items()}
    anew = {path for path in after if path.endswith("index.html") and after[path] != before[path]}
    assert anew == {f"{BASE}4/index.html", f"{BASE}all/index.html"}


def test_a_new_issue_changes_of_the_one_before_only_what_names_it(small):
    later = {
        **FILES,
        "newsletters/cord/4.md": issue("  - {title: S, items: [milan]}", number="4", date="2012-06-01"),
    }
    before, after = small.outputs, editions(later).outputs
    anew = {path for path in before if before[path].fingerprint() != after[path].fingerprint()}
    assert anew == {f"{BASE}index.html", f"{BASE}all/index.html"}


def test_the_sitemap_gets_the_cover_and_the_pages(small):
    rows = list(web_pages(small.issues))
    assert [path for path, _, _ in rows] == [BASE, f"{BASE}2/", f"{BASE}3/", f"{BASE}4/"]
    assert rows[0][1] == "2012-01-16"
    assert 'name="robots" content="noindex"' in small.text(f"{BASE}all/index.html")


def test_the_website_leaves_the_page_of_an_issue_to_its_web_edition_but_lists_it(small):
    pages = tuple(web_pages(small.issues))
    planned = website_outputs(small.library, small.library.settings, THEME, (), pages)
    made = {o.path: o for o in expand_bundles(planned)}
    assert not set(made) & set(small.outputs)
    assert BASE in make(made["newsletters/cord/index.html"], small.stored).decode()
    assert f"https://news.example.eu/{BASE}2/" in make(made["sitemap.xml"], small.stored).decode()


DEMO = sorted(path for path in demo().outputs if path.endswith("index.html"))


@pytest.mark.parametrize("path", DEMO)
def test_a_page_of_the_demo_is_well_built(path):
    page = LexborHTMLParser(demo().text(path))
    levels = [int(node.tag[1]) for node in page.css("h1,h2,h3,h4,h5,h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    anchors = [a.attributes["href"][1:] for a in page.css("a[href^='#']")]
    assert set(anchors) <= set(ids)
    assert all("alt" in image.attributes and image.attributes["width"] for image in page.css("img"))
    assert page.css_first("html").attributes["lang"]
    assert len(page.css("main")) == 1
    names = [nav.attributes.get("aria-label") or nav.attributes["aria-labelledby"] for nav in page.css("nav")]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("issue", demo().issues, ids=lambda issue: f"{issue.newsletter}-{issue.number}")
def test_all_sections_stand_once_in_order(issue):
    numbers = range(2, 99)
    pages = [
        f"{issue.path}{n}/index.html" for n in numbers if f"{issue.path}{n}/index.html" in demo().outputs
    ]

    def sections(path):
        return [node.attributes["id"] for node in LexborHTMLParser(demo().text(path)).css("section.section")]

    wanted = [section.id for section in issue.sections]
    assert [section for path in pages for section in sections(path)] == wanted
    assert sections(f"{issue.path}all/index.html") == wanted


def test_arabic_pages_are_mirrored():
    cover = demo().text("ar/newsletters/clusters-in-common/2/index.html")
    assert '<html lang="ar" dir="rtl">' in cover
    assert "scale(-1 1)" in cover


def test_styles_name_no_side():
    styles = (ROOT / "themes/clusters-cord/newsletter/web/edition.css").read_text("utf-8")
    assert not re.findall(r"(?:margin|padding|border|inset)-(?:left|right)|[^-]\b(?:left|right)\s*:", styles)


def test_pages_do_not_depend_on_today():
    library = replace(demo().library, today=demo().library.today.replace(year=2030))
    later = type(demo())(library, demo().stored).outputs
    assert all(later[path].fingerprint() == output.fingerprint() for path, output in demo().outputs.items())


SUBSCRIBE = SubscribeSettings(
    service="buttondown",
    url="https://buttondown.com/cord",
    double_opt_in=True,
    tracking=False,
    retention="until you unsubscribe",
)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_cover_and_the_whole_issue_hold_the_form_and_may_post_to_its_service_alone(lang):
    files = {**FILES, "newsletters/cord/3.md": issue(SECTIONS, period="Winter 2011", lang=lang)}
    made = editions(files, {"subscribe": SUBSCRIBE})
    base = BASE if lang == "en" else f"{lang}/{BASE}"
    for path in ("index.html", "all/index.html"):
        page = made.text(base + path)
        form = LexborHTMLParser(page).css_first("section.subscribe form")
        assert form.attributes["action"] == "https://buttondown.com/api/emails/embed-subscribe/cord"
        field = form.css_first("input[type=email]")
        assert (field.attributes["autocomplete"], field.attributes["name"]) == ("email", "email")
        assert form.css_first(f"label[for={field.attributes['id']}]").text()
        assert read_policy(page.encode())["form-action"] == ("'self'", "https://buttondown.com")
    assert 'class="subscribe"' not in made.text(f"{base}2/index.html")
    assert 'class="subscribe"' not in editions(files).text(f"{base}index.html")
