import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from clusterpress.config.settings import NewsletterSettings

SUMMARY = "Five days in Italy."
PROGRAMME = """---
title: THE NEXT SOCIETY
names: [NEXT SOCIETY]
short: TNS
period: 2017-2020
launcher: ANIMA
budget: EUR 7.8 million
eu_share: up to 90 %
partner: Berytech
colour: teal
boilerplate: The programme works on four levels.
follow: [{label: Facebook, url: "https://facebook.example/tns"}]
funding: {rules: cpr-2021}
---
About the programme.
"""
QOOT = """---
title: QOOT
type: organisation
image: {src: qoot.png, alt: Logo}
---
QOOT is a cluster. [Its events](../events/techdays.md)

## Contact
"""
ITEM = """---
title: A visit
date: 15 June 2019
programme: next society
author: [qoot, Jane Doe]
summary: {summary}
tags: [agri-food]
partners: PP8
event: techdays
countries: [Italy]
hashtags: ["#TechDays"]
more: [{{label: Learn more, url: "https://more.example/"}}]
aliases: [/2019/06/visit/]
byline: {byline}
---
Five days in *Italy*.

## Contact

Second part.
"""
PARTNER = """---
title: Milano Metropoli
number: PP8
role: WP4 leader
programme: the-next-society
contact: {email: info@milanomet.it, street: Via Venezia 23, city: Sesto, phone: "+39 224126540"}
---
Profile.
"""
EVENT = """---
title: TechDays
start: 2019-04-09
end: 2019-04-12
place: Casablanca
programme: the-next-society
---
"""
FILES = {
    "programmes/the-next-society.md": PROGRAMME,
    "authors/qoot.md": QOOT,
    "partners/milano.md": PARTNER,
    "events/techdays.md": EVENT,
    "events/forum.md": "---\ntitle: Forum\nwhen: June 2012\nplace: Stuttgart\n---\n",
    "pages/about.md": "---\ntitle: About\n---\nText.\n",
}


@pytest.fixture(scope="module")
def render_item(make_site):
    def render(byline="standard", summary=SUMMARY, **settings):
        item = ITEM.format(byline=byline, summary=summary)
        site = make_site({**FILES, "news/2019/visit.md": item}, ("authors/qoot.png",), **settings)
        return site.page("news/2019/visit/index.html")

    return render


@pytest.fixture(scope="module")
def site(make_site):
    files = {**FILES, "news/2019/visit.md": ITEM.format(byline="by", summary=SUMMARY)}
    return make_site(files, ("authors/qoot.png",))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def head_of(page: str) -> str:
    return words(page.partition('<header class="item__head">')[2].partition("</header>")[0])


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("dateline", "THE NEXT SOCIETY 15 June 2019 A visit Five days in Italy. By QOOT and Jane Doe"),
        ("by", "THE NEXT SOCIETY A visit 15 June 2019 Five days in Italy. By QOOT and Jane Doe"),
        (
            "submitted",
            "THE NEXT SOCIETY A visit Five days in Italy. Submitted by QOOT and Jane Doe on 15 June 2019",
        ),
        ("standard", "THE NEXT SOCIETY A visit Five days in Italy. By QOOT and Jane Doe · 15 June 2019"),
    ],
)
def test_date_and_author_are_printed_in_one_order_but_for_two_house_styles(
    render_item, byline, expected
) -> None:
    assert head_of(render_item(byline)) == expected


def test_a_standfirst_that_opens_the_text_is_printed_once(render_item) -> None:
    assert words(render_item().partition("<main")[2]).count("Five days in Italy") == 1


def test_another_standfirst_leaves_the_text_whole(render_item) -> None:
    page = render_item(summary="Something else.")
    assert "Something else." in head_of(page)
    assert "<em>Italy</em>" in page


def test_the_author_box_shows_text_and_picture_and_keeps_its_anchors_apart(render_item) -> None:
    page = render_item()
    box = page.partition('class="box box--author"')[2].partition("</section>")[0]
    assert "QOOT is a cluster." in box
    assert 'src="/media/qoot.png"' in box
    assert 'sizes="100px" alt="Logo" width="800" height="450"' in box
    assert 'href="/events/techdays/"' in box
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "contact" in ids


def test_the_programme_stands_with_each_of_its_items_and_its_funding_once_at_the_foot(render_item) -> None:
    page = render_item()
    box = words(page.partition('class="box box--programme"')[2].partition("</section>")[0])
    for fact in (
        "ANIMA",
        "2017-2020",
        "EUR 7.8 million",
        "up to 90 %",
        "Berytech",
        "four levels",
        "Facebook",
    ):
        assert fact in box
    assert "Co-funded by the European Union" in words(page.partition("<footer")[2])
    assert page.count('class="emblem"') == 1


def test_terms_events_and_links_are_offered(render_item) -> None:
    page = render_item()
    for link in (
        'href="/tags/agri-food/"',
        'href="/partners/milano/"',
        'href="/authors/jane-doe/"',
        'href="/events/techdays/"',
        'href="https://more.example/"',
    ):
        assert link in page
    assert "linkedin.com/sharing" in page
    assert 'href="mailto:?subject=A%20visit' in page
    assert "<script src" not in page


def test_a_page_says_what_it_is_to_machines(render_item) -> None:
    page = render_item(url="https://x.eu/sub/")
    assert '<link rel="canonical" href="https://x.eu/sub/news/2019/visit/">' in page
    assert '<meta property="og:type" content="article">' in page
    assert f'<meta name="description" content="{SUMMARY}">' in page
    assert 'type="application/atom+xml" title="Clusters: News (Atom)" href="/sub/news/atom.xml"' in page


def test_under_a_sub_path_no_link_leads_out_of_the_site(make_site) -> None:
    files = {**FILES, "news/2019/visit.md": ITEM.format(byline="by", summary=SUMMARY)}
    site = make_site(files, ("authors/qoot.png",), url="https://x.eu/sub/", logo="static/l.svg")
    pages = [path for path in site.outputs if path.endswith(".html")]
    assert len(pages) > 20
    for path in pages:
        addresses = re.findall(r'(?:href|src)="([^"]*)"', site.page(path))
        assert all(address for address in addresses), path
        stray = [a for a in addresses if a.startswith("/") and not a.startswith("/sub/")]
        assert not stray, path
        relative = [a for a in addresses if not re.match(r"/|#|https?:|mailto:|tel:", a)]
        assert not relative, path


def test_every_page_has_one_main_heading_a_skip_link_and_landmarks(site) -> None:
    for path in site.outputs:
        if not path.endswith("index.html") or "2019/06" in path:
            continue
        page = site.page(path)
        assert page.count("<h1") == 1, path
        assert '<a class="skip" href="#main"' in page
        assert page.count("<main") == page.count('<header class="masthead') == 1


def test_links_of_the_theme_lead_to_outputs(site) -> None:
    made = {path.removesuffix("index.html") for path in site.outputs}
    foreign = re.compile(r"(feed\.xml|atom\.xml|feed\.json|feeds\.opml|\.ics|/media/)")
    for path in site.outputs:
        if path.endswith(".html"):
            for address in re.findall(r'(?:href|src)="(/[^"#?]*)', site.page(path)):
                assert address[1:] in made or foreign.search(address), (path, address)


def test_an_event_without_exact_date_says_that_it_is_in_no_calendar(site) -> None:
    page = site.page("events/forum/index.html")
    assert "June 2012" in page
    assert "not in the calendars" in page
    assert ".ics" not in page.partition("<main")[2]


def test_an_event_that_is_over_names_its_reports_and_offers_no_calendar_file(site) -> None:
    page = site.page("events/techdays/index.html")
    assert ".ics" not in page.partition("<main")[2]
    assert "9–12 April 2019" in page
    assert 'href="/news/2019/visit/"' in page


def test_only_what_has_a_dated_event_offers_a_calendar(site, make_site) -> None:
    assert "programmes/the-next-society/events.ics" in site.page("feeds/index.html")
    bare = make_site(
        {
            "programmes/p.md": "---\ntitle: P\n---\n",
            "events/e.md": "---\ntitle: E\nwhen: June 2012\nprogramme: p\n---\n",
        }
    )
    assert ".ics" not in bare.page("feeds/index.html")
    assert ".ics" not in bare.page("events/index.html")


def test_a_partner_shows_its_number_role_contact_and_card(site) -> None:
    page = site.page("partners/milano/index.html")
    for shown in ("PP8", "WP4 leader", "info@milanomet.it", "Via Venezia 23", "/partners/milano/milano.vcf"):
        assert shown in page
    assert b"FN:Milano Metropoli" in site.made("partners/milano/milano.vcf")


def test_a_partner_links_its_programmes_only_where_they_have_a_page(make_site) -> None:
    partner = "---\ntitle: M\nprogramme: p\n---\n"
    files = {"programmes/p.md": "---\ntitle: P\n---\n", "partners/m.md": partner, "partners/m.fr.md": partner}
    site = make_site(files, languages=("en", "fr"))
    assert '<a href="/programmes/p/">P</a>' in site.page("partners/m/index.html")
    french = site.page("fr/partners/m/index.html")
    assert "Participe à" in french
    assert "/programmes/p/" not in french


def test_the_feeds_page_lists_full_addresses_to_copy(site) -> None:
    page = site.page("feeds/index.html")
    for address in (
        "https://x.eu/feed.xml",
        "https://x.eu/news/atom.xml",
        "https://x.eu/tags/agri-food/feed.json",
    ):
        assert f">{address}</code>" in page


def test_an_alias_leads_to_the_item(site) -> None:
    assert 'href="/news/2019/visit/"' in site.page("2019/06/visit/index.html")


def test_the_page_for_nothing_is_not_indexed_and_stays_out_of_the_sitemap(site) -> None:
    assert '<meta name="robots" content="noindex">' in site.page("404.html")
    assert "404" not in site.page("sitemap.xml")
    assert "https://x.eu/news/2019/visit/" in site.page("sitemap.xml")


def test_long_lists_are_split_into_pages_that_never_change(make_site) -> None:
    files = {f"news/n{n:02}.md": f"---\ntitle: N{n}\ndate: 2019-01-{n:02}\n---\n" for n in range(1, 8)}
    site = make_site(files, page_size=2)
    assert {"news/index.html", "news/page/1/index.html", "news/page/2/index.html"} <= set(site.outputs)
    newest, oldest = site.page("news/index.html"), site.page("news/page/1/index.html")
    assert 'rel="next" href="/news/page/2/"' in newest
    assert 'rel="prev" href="/news/page/2/"' in oldest
    assert 'rel="next"' not in oldest


def test_an_arabic_page_runs_from_right_to_left_with_arabic_words(make_site) -> None:
    site = make_site(
        {
            "news/a.md": "---\ntitle: One\ndate: 2019-04-12\nprogramme: p\n---\n",
            "news/a.ar.md": "---\ntitle: واحد\ndate: 2019-04-12\nprogramme: p\n---\n",
            "programmes/p.md": "---\ntitle: P\nboilerplate: English words.\n---\n",
        },
        languages=("en", "ar"),
    )
    page = site.page("ar/news/2019/a/index.html")
    assert '<html lang="ar" dir="rtl"' in page
    assert "12 أبريل 2019" in page
    assert '<p lang="en" dir="ltr">English words.</p>' in page
    assert '<a href="/ar/programmes/p/" lang="en" dir="ltr">P</a>' in page
    assert 'hreflang="en" href="https://x.eu/news/2019/a/"' in page
    assert 'href="/news/2019/a/" hreflang="en" lang="en"' in page


def test_an_issue_lists_its_sections_and_links_only_what_is_there(make_site) -> None:
    issue = """---
newsletter: cc
editions: [pdf]
title: Third
number: 3
date: 2012-01-16
period: Winter 2011/2012
sections:
  - {title: Report, colour: blue, items: [2011/milan]}
  - {title: Nothing yet, items: [2011/unknown]}
---
Dear readers.
"""
    site = make_site(
        {"newsletters/cc/3.md": issue, "news/2011/milan.md": "---\ntitle: Milan\ndate: 2011-11-20\n---\n"},
        newsletters={"cc": NewsletterSettings(name="Cord")},
    )
    page = site.page("newsletters/cc/3/index.html")
    assert "Winter 2011/2012" in page
    assert "Dear readers." in page
    assert 'href="/news/2011/milan/"' in page
    assert "unknown" not in page


def test_words_of_editors_are_escaped(make_site) -> None:
    text = '---\ntitle: "<b>A</b> & \\"B\\""\ndate: 2019-04-12\nsummary: "<script>x</script>"\n---\n'
    site = make_site({"news/a.md": text})
    for path in ("index.html", "news/index.html", "news/2019/a/index.html"):
        page = site.page(path)
        assert "<b>A</b>" not in page
        assert "<script>x" not in page


def test_the_page_for_errors_has_a_search_the_latest_news_and_the_sections(make_site) -> None:
    files = {f"news/{n}.md": f"---\ntitle: News {n}\ndate: 2012-01-0{n}\n---\nText.\n" for n in range(1, 6)}
    page = (
        make_site({**FILES, **files}, ("authors/qoot.png",), shards={"en": ("search/en/",)})
        .page("404.html")
        .partition("<main")[2]
        .partition("</main>")[0]
    )
    assert re.findall(r'class="card__title[^>]*><a[^>]*>([^<]+)', page) == ["News 5", "News 4", "News 3"]
    assert re.search(r'<form class="search__form" action="/search/" method="get">', page)
    assert 'name="q"' in page
    assert ">Home</a>" in page
    assert ">Events</a>" in page


def test_only_programmes_have_colours(make_site) -> None:
    """Sections have none: a reader would take them for programmes."""
    site = make_site(FILES, ("authors/qoot.png",))
    for path in ("index.html", "events/index.html", "events/forum/index.html"):
        main = site.page(path).partition("<main")[2]
        tags = re.findall(r"<(\w+)[^>]* data-accent=", main)
        assert not {"section", "div"} & set(tags) - ({"article"} if "forum" in path else set()), path


PLAIN = "---\ntitle: {title}\ndate: 2019-0{n}-01\n{keys}---\nText.\n"


def _plain_site(make_site, **keys):
    files = {
        f"news/n{n}.md": PLAIN.format(title=f"News {n}", n=n, keys=keys.get(f"n{n}", "")) for n in range(1, 6)
    }
    return make_site(files | {f"programmes/{name}.md": f"---\ntitle: {name}\n---\n" for name in "pqr"})


def test_an_article_without_a_side_column_stands_in_the_middle_and_leads_on_to_three_others(
    make_site,
) -> None:
    site = _plain_site(make_site, n3="programme: p\n")
    plain = LexborHTMLParser(site.page("news/2019/n2/index.html"))
    assert "item--alone" in plain.css_first("article").attributes["class"]
    assert not plain.css(".item__side")
    assert [one.text() for one in plain.css(".onward__word")] == ["Next", "Previous", "Newer"]
    assert [one.text(strip=True) for one in plain.css(".onward .card__title")] == [
        "News 3",
        "News 1",
        "News 4",
    ]
    other = LexborHTMLParser(site.page("news/2019/n3/index.html"))
    assert "item--alone" not in other.css_first("article").attributes["class"]
    assert other.css(".item__side .box--programme")


def test_the_first_of_several_programmes_has_a_box_and_the_others_are_named(make_site) -> None:
    site = _plain_site(make_site, n2="programme: [p, q, r]\ntags: [food]\n")
    page = LexborHTMLParser(site.page("news/2019/n2/index.html"))
    kicker = page.css_first(".item__programme")
    assert " ".join(kicker.text().split()) == "p +2"
    assert [one.attributes["href"] for one in kicker.css("a")] == ["/programmes/p/", "#programmes"]
    assert len(page.css(".box--programme")) == 1
    assert [one.attributes["href"] for one in page.css("#programmes a")] == [
        "/programmes/q/",
        "/programmes/r/",
    ]
    assert [one.text(strip=True) for one in page.css(".facts--topics dd")] == ["food"]
