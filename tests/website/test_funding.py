"""The funding of the site itself, at the foot of every page."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from clusterpress.funding.record import RULES
from tests.sites.funded_site import RECORDS, SHOWN, strip_of


@pytest.mark.parametrize("rules", RULES)
def test_what_pays_for_the_site_stands_at_the_foot_of_every_page(make_site, rules) -> None:
    record = f"---\ntitle: Cord\nboilerplate: Aims and results of {rules}.\nlogo: a.png\nfunding:\n  rules: {rules}\n{RECORDS[rules]}---\n"
    site = make_site(
        {"programmes/cord.md": record, "news/a.md": "---\ntitle: A\ndate: 2019-01-01\n---\nText.\n"},
        pictures=("programmes/a.png",),
        programme="cord",
        languages=("en", "ar"),
    )
    for path in ("index.html", "news/index.html", "news/2019/a/index.html", "404.html", "feeds/index.html"):
        page = site.page(path)
        foot = LexborHTMLParser(page).css_first("footer").html
        strip = strip_of(foot, rules)
        assert all(words in strip.text() for words in SHOWN[rules])
        assert page.count('class="payers ') == (rules == "cpr-2014")
    arabic = strip_of(LexborHTMLParser(site.page("ar/index.html")).css_first("footer").html, rules)
    assert "لاتحاد الأوروبي" in arabic.text()
