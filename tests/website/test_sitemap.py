from lxml import etree

from clusterpress.config.settings import Settings
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
