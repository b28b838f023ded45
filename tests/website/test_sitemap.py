import pytest
from lxml import etree

from clusterpress.config.legal import AccessibilitySettings, LegalSettings, PrivacySettings
from clusterpress.config.settings import NewsletterSettings, Settings
from clusterpress.website.pages.static_pages import make_redirect
from clusterpress.website.sitemap import LIMIT, Pages, make_robots, make_sitemap, part_of, sitemap_outputs

SETTINGS = Settings(name="X", url="https://x.eu/sub/")
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def test_pages_are_listed_with_versions_and_only_told_changes() -> None:
    versions = (("en", "a/"), ("fr", "fr/a/"))
    tree = etree.fromstring(make_sitemap(SETTINGS.url, (("a/", "2020-01-02", versions), ("b/?c&d", "", ()))))
    assert tree.xpath("//s:loc/text()", namespaces=NAMES) == [
        "https://x.eu/sub/a/",
        "https://x.eu/sub/b/?c&d",
    ]
    assert tree.xpath("//s:lastmod/text()", namespaces=NAMES) == ["2020-01-02"]
    assert tree.xpath("//x:link/@href", namespaces=NAMES) == ["https://x.eu/sub/a/", "https://x.eu/sub/fr/a/"]


def test_pages_that_are_not_to_be_indexed_are_left_out(make_site) -> None:
    pages = make_site({"pages/a.md": "---\ntitle: A\n---\nText.\n"}).outputs
    listed = [row[0] for row in pages["sitemap.xml"].inputs["pages"]]
    assert "404.html" in pages
    assert "a/" in listed
    assert "404.html" not in listed


def test_the_order_of_pages_does_not_show() -> None:
    frames = [(f"{n}/", "", ()) for n in range(5)]
    one, other = (
        next(iter(sitemap_outputs(Pages([part_of(some)]), SETTINGS))) for some in (frames, frames[::-1])
    )
    assert one.fingerprint() == other.fingerprint()


def test_a_long_sitemap_becomes_several_files_with_an_index() -> None:
    frames = [(f"{n}/", "", ()) for n in range(LIMIT + 1)]
    outputs = {output.path: output for output in sitemap_outputs(Pages([part_of(frames)]), SETTINGS)}
    assert set(outputs) == {"sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"}
    index = outputs["sitemap.xml"]
    assert b"<loc>https://x.eu/sub/sitemap-2.xml</loc>" in index.make()
    assert len(outputs["sitemap-2.xml"].inputs["pages"]) == 1


def test_robots_txt_names_the_sitemap_in_full() -> None:
    assert make_robots(SETTINGS.url).endswith(b"\nSitemap: https://x.eu/sub/sitemap.xml\n")


def test_a_redirect_leads_on_names_the_new_address_and_asks_not_to_be_indexed() -> None:
    page = make_redirect("https://x.eu/a/", "/a/", "<A>", "ar", ("Moved", "Now here:")).decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert '<meta http-equiv="refresh" content="0; url=/a/">' in page
    assert '<link rel="canonical" href="https://x.eu/a/">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<a href="/a/">&lt;A&gt;</a>' in page


DATED = {
    "programmes/cord.md": "---\ntitle: Cord\nupdated: 2019-03-03\n---\nText.\n",
    "clusters/qoot.md": "---\ntitle: Qoot\ncountry: Italy\nupdated: 2018-01-01\n---\n",
    "partners/bare.md": "---\ntitle: Bare\nnumber: PP1\n---\n",
    "news/one.md": "---\ntitle: One\ndate: 2019-04-12\nupdated: 2019-05-01\nprogramme: cord\ntags: [food]\n---\nT.\n",
    "events/past.md": "---\ntitle: Past\nstart: 2019-06-01\nend: 2019-06-02\ncluster: qoot\n---\nT.\n",
    "events/said.md": "---\ntitle: Said\nstart: 2031-06-01\ndate: 2019-08-01\n---\nT.\n",
    "events/ahead.md": "---\ntitle: Ahead\nstart: 2031-07-01\n---\nT.\n",
    "newsletters/01.md": "---\ntitle: Issue\nnewsletter: letter\nnumber: 1\ndate: 2019-03-20\n---\nT.\n",
}


@pytest.fixture(scope="module")
def dated(make_site):
    accessibility = AccessibilitySettings(
        prepared="2018-01-01", reviewed="2019-02-02", enforcement={"en": "E"}
    )
    privacy = PrivacySettings(updated="2019-01-01", host={"en": "H"}, logs={"en": "L"}, authority={"en": "A"})
    legal = LegalSettings(controller="C", address="A", accessibility=accessibility, privacy=privacy)
    site = make_site(
        DATED, newsletters={"letter": NewsletterSettings(name="Letter")}, legal=legal, contact="a@x.eu"
    )
    return {row[0]: row[1] for row in site.outputs["sitemap.xml"].inputs["pages"]}


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("news/2019/one/", "2019-05-01"), ("news/", "2019-04-12"), ("programmes/cord/", "2019-04-12"),
        ("programmes/", "2019-04-12"), ("tags/food/", "2019-04-12"), ("tags/", "2019-04-12"),
        ("events/past/", "2019-06-03"), ("events/said/", "2019-08-01"), ("events/ahead/", ""),
        ("events/", "2019-08-01"), ("events/2019/06/", "2019-06-03"), ("events/2031/07/", ""),
        ("clusters/qoot/", "2019-06-03"), ("clusters/", "2018-01-01"), ("countries/italy/", "2018-01-01"),
        ("partners/bare/", ""), ("newsletters/", "2019-03-20"), ("newsletters/letter/", "2019-03-20"),
        ("accessibility/", "2019-02-02"), ("privacy/", "2019-01-01"),
    ],
)  # fmt: skip
def test_pages_say_when_what_stands_on_them_changed_and_never_when_they_were_built(dated, path, day) -> None:
    assert dated[path] == day
