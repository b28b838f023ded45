"""The news sitemap holds what was published in the last two days, and is not there when nothing was."""

from lxml import etree

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}


def item(title: str, date: str) -> str:
    return f"---\ntitle: {title}\ndate: {date}\n---\nText.\n"


# The small site is built on 1 January 2020.
OLD = {
    "news/older.md": item("Three days ago", "2019-12-29"),
    "news/long.md": item("Embargo of long ago", "2019-06-01\npublish: 2019-12-29 23:59"),
}
FRESH = {
    "news/today.md": item("Food & drink", "2020-01-01"),
    "news/embargo.md": item("Embargo", "2019-06-01\npublish: 2019-12-31 09:30"),
    "news/before.md": item("Two days ago", "2019-12-30 14:00"),
    "news/before.fr.md": item("Il y a deux jours", "2019-12-30 14:00"),
}


def test_it_names_what_is_new_with_language_time_and_title(make_site):
    site = make_site(OLD | FRESH, languages=("en", "fr"), time_zone="Europe/Brussels")
    tree = etree.fromstring(site.made("news-sitemap.xml"))
    found = {
        row.findtext("s:loc", namespaces=NAMES): [
            row.findtext(f".//news:{name}", namespaces=NAMES)
            for name in ("name", "language", "publication_date", "title")
        ]
        for row in tree
    }
    assert found == {
        "https://x.eu/news/2020/today/": ["Clusters", "en", "2020-01-01T00:00:00+01:00", "Food & drink"],
        "https://x.eu/news/2019/embargo/": ["Clusters", "en", "2019-12-31T09:30:00+01:00", "Embargo"],
        "https://x.eu/news/2019/before/": ["Clusters", "en", "2019-12-30T14:00:00+01:00", "Two days ago"],
        "https://x.eu/fr/news/2019/before/": [
            "Clusters",
            "fr",
            "2019-12-30T14:00:00+01:00",
            "Il y a deux jours",
        ],
    }
    assert site.made("robots.txt").endswith(b"Sitemap: https://x.eu/news-sitemap.xml\n")


def test_without_news_there_is_none_and_nobody_is_sent_to_it(make_site):
    site = make_site(OLD)
    assert "news-sitemap.xml" not in site.outputs
    assert b"news-sitemap" not in site.made("robots.txt")
