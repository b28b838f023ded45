"""Where pages name their cards."""

import json
import re

FILES = {
    "news/a.md": "---\ntitle: A\ndate: 2012-01-16\nimage: {src: a.png, alt: Dots}\n---\nText.\n",
    "events/b.md": "---\ntitle: B\nstart: 2012-02-21\nplace: Linz\n---\nText.\n",
    "pages/about.md": "---\ntitle: About\n---\nText.\n",
}
NEWS, EVENT = "news/2012/a/", "events/b/"


def test_pages_of_items_name_their_card_for_platforms_and_search_engines(make_site):
    site = make_site(FILES, ("news/a.png",), social_cards=True)
    for url in (NEWS, EVENT):
        page, card = site.page(f"{url}index.html"), f"https://x.eu/{url}card.png"
        assert f'<meta property="og:image" content="{card}">' in page
        assert f'<meta name="twitter:image" content="{card}">' in page
        assert 'content="summary_large_image"' in page
        graphs = json.loads(re.search(r'ld\+json">(.+?)</script>', page)[1])
        assert graphs[0]["image"][-1] == card
        assert f"{url}card.png" in site.outputs
    assert len(re.findall("og:image:width", site.page(f"{NEWS}index.html"))) == 1


def test_other_pages_have_no_card(make_site):
    site = make_site(FILES, ("news/a.png",), social_cards=True)
    for path in ("index.html", "about/index.html", "news/index.html"):
        assert "card.png" not in site.page(path), path


def test_without_cards_an_items_own_picture_is_named(make_site):
    site = make_site(FILES, ("news/a.png",))
    page = site.page(f"{NEWS}index.html")
    assert "card.png" not in page
    assert re.search(r'og:image" content="https://x\.eu/[^"]+\.png"', page)
    assert not [path for path in site.outputs if path.endswith("card.png")]
