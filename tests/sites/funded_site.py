"""A site with a programme of every rule set, each with an item, an event and an issue of its own."""

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from clusterpress.funding.record import RULES
from tests.newsletters.make import png
from tests.sites.small_site import Site

RECORDS = {
    "cpr-2021": "",
    "cpr-2014": "  fund: ERDF\n",
    "erdf-2007": "",
    "mga-2021": "  authority: EISMEA\n",
    "h2020": "  grant: '123456'\n",
    "fp7": "  grant: '234567'\n",
    "external": "",
}
"""Rule set → what else its record says."""

SHOWN = {
    "cpr-2021": ("Co-funded by the European Union", "Aims and results of cpr-2021."),
    "cpr-2014": ("European Union – European Regional Development Fund",),
    "erdf-2007": ("European Union – European Regional Development Fund", "Investing in your future"),
    "mga-2021": ("Funded by the European Union", "those of the European Union or EISMEA. Neither"),
    "h2020": ("Horizon 2020 research and innovation programme under grant agreement No 123456",),
    "fp7": ("Seventh Framework Programme under grant agreement No 234567",),
    "external": ("Funded by the European Union",),
}
"""Rule set → what must be read wherever its funding is shown."""

SITE_DISCLAIMER = "This website was created and maintained with the financial support of the European Union."
ISSUE_DISCLAIMER = "This publication was produced with the financial support of the European Union."

CONFIG = """\
name: Funded site
url: https://example.eu/
publisher: The Press Office
contact: press@example.eu
languages: [en, ar]
programme: {programme}
newsletters:
"""


def funded_site(root: Path, programme: str = "", editions: str = "[web, pdf, email]") -> Site:
    """Return the site; ``programme`` is the rule set of the one that pays for the site itself."""
    files: dict[str, str | bytes] = {
        "content/pages/legal.md": "---\ntitle: Legal notice\nstatement: funding\n---\nText.\n"
    }
    config = CONFIG.format(programme=programme)
    for rules in RULES:
        config += f"  {rules}: {{name: Letter {rules}, address: Brussels, programme: {rules}}}\n"
        files |= {
            f"content/programmes/{rules}.png": png(900, 300) if rules < "f" else png(300, 900),
            f"content/programmes/{rules}.md": (
                f"---\ntitle: Programme {rules}\nsummary: About it.\nlogo: {{src: {rules}.png, alt: Logo of {rules}}}\n"
                f"boilerplate: Aims and results of {rules}.\nfunding:\n  rules: {rules}\n{RECORDS[rules]}---\nMore.\n"
            ),
            f"content/news/{rules}.md": (
                f"---\ntitle: News of {rules}\ndate: 2021-06-15\nprogramme: {rules}\nsummary: In short.\n---\nText.\n"
            ),
            f"content/events/{rules}.md": (
                f"---\ntitle: Event of {rules}\nstart: 2021-06-15\nprogramme: {rules}\n---\nText.\n"
            ),
            f"content/newsletters/{rules}/1.md": (
                f"---\ntitle: Issue\nnewsletter: {rules}\nnumber: 1\ndate: 2021-07-01\nsummary: An issue.\neditions: {editions}\n"
                f"sections:\n  - {{title: News, items: [{rules}]}}\n---\nDear readers.\n"
            ),
        }
    site = Site(root, files)
    site.write("site_config.yml", config)
    return site


def strip_of(html: str, rules: str) -> LexborNode:
    """Return the strip of a rule set, which must be seen: not hidden, with emblem and statement together."""
    strip = LexborHTMLParser(html).css_first(f'.funding[data-rules="{rules}"]')
    assert strip is not None
    assert strip.css_first('svg.emblem[role="img"]').attributes["aria-label"]
    node = strip
    while node is not None:
        assert "hidden" not in node.attributes
        assert node.attributes.get("aria-hidden") != "true"
        node = node.parent
    return strip
