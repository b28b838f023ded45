"""Every page of a site without social cards has a description of its own and a picture; lists have a last change."""

import re
from collections import Counter

import pytest
from selectolax.lexbor import LexborHTMLParser

NEWS = "---\ntitle: News {0}\ndate: 2019-0{1}-12\ntags: [food, 't{2}']\nsectors: [food]\nauthor: Ann\nprogramme: cord\n---\nText {0}.\n"
FILES = {
    **{f"news/n{n}.md": NEWS.format(n, 1 + n % 6, n % 3) for n in range(12)},
    "news/pic.md": "---\ntitle: With picture\ndate: 2019-08-12\nimage: {src: a.jpg, alt: A}\ntags: [seen]\n---\nText.\n",
    "news/vector.md": "---\ntitle: Vector\ndate: 2019-07-12\nimage: {src: b.svg, alt: B}\n---\nVector text.\n",
    "programmes/cord.md": "---\ntitle: Cord\n---\n",
    "pages/about.md": "---\ntitle: About\n---\nAbout us.\n",
    **{f"events/e{n}.md": f"---\ntitle: Event {n}\nstart: 2019-0{n}-03\n---\nText of {n}.\n" for n in range(1, 6)},
}  # fmt: skip


@pytest.fixture(scope="module", params=["", "Tagline."])
def site(request, make_site):
    settings = {"page_size": 2, "url": "https://x.eu/sub/", "tagline": request.param, "name": "Site"}
    return make_site(FILES, ("news/a.jpg", "news/b.svg"), **settings)


def pages(site):
    return {
        path: LexborHTMLParser(site.page(path))
        for path in site.outputs
        if path.endswith("index.html") and 'http-equiv="refresh"' not in site.page(path)
    }


def content(page, selector):
    return [one.attributes["content"] for one in page.css(selector)]


def test_descriptions_and_titles_are_unique(site):
    found = pages(site)
    assert len(found) > 40
    for selector in ("meta[name=description]",):
        counts = Counter(content(page, selector)[0] for page in found.values())
        assert not [text for text, number in counts.items() if number > 1]
    titles = Counter((page.css_first("title").text()) for path, page in found.items() if "/page/" in path)
    in_tags = [path for path in found if "/page/" in path]
    assert all(f"({path.split('/')[-2]})" in found[path].css_first("title").text() for path in in_tags)
    assert titles


def test_every_page_has_one_picture_that_exists_and_is_no_drawing(site):
    for path, page in pages(site).items():
        (address,) = content(page, "meta[property='og:image']")
        assert not address.endswith(".svg"), path
        assert address.removeprefix("https://x.eu/sub/") in {*site.outputs, "media/a.jpg"}, path


def test_lists_show_the_first_picture_of_their_items(site):
    (own,) = content(LexborHTMLParser(site.page("news/2019/pic/index.html")), "meta[property='og:image']")
    for path in ("news/index.html", "tags/seen/index.html", "news/2019/index.html"):
        assert content(LexborHTMLParser(site.page(path)), "meta[property='og:image']") == [own]


def test_lists_say_when_they_changed(site):
    rows = dict(
        re.findall(
            r"<loc>https://x.eu/sub/([^<]*)</loc>(?:<lastmod>([^<]*)</lastmod>)?", site.page("sitemap.xml")
        )
    )
    for path in ("", "news/", "tags/seen/", "news/2019/", "news/archive/"):
        assert rows[path] == "2019-08-12", path
    numbered = {path: day for path, day in rows.items() if "news/page/" in path}
    assert numbered
    assert all(numbered.values())
    assert all(rows[path] for path in rows if path.startswith("tags/") and path != "tags/")
