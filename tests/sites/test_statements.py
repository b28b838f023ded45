"""Legal notice, privacy notice and accessibility statement: made from the settings, or written by hand."""

from datetime import UTC, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.sites.small_site import Site

pytestmark = pytest.mark.slow

LEGAL = """\
contact: press@example.eu
newsletters:
  letter:
    name: Letter
    address: Linz
    subscribe:
      service: none
      double_opt_in: true
      tracking: false
      retention: {en: one year, fr: un an, ar: سنة}
legal:
  controller: The Agency
  address: Street 1, Linz
  representative: The Director
  accessibility:
    status: partial
    prepared: "2021-03-01"
    barriers:
      - {what: {en: Old PDF files, fr: Les anciens PDF}, why: burden, instead: Ask for a text.}
      - {what: Maps of others, why: scope}
    law: The Accessibility Act
    enforcement: The Ombudsman
    enforcement_url: https://ombudsman.example.eu/
  privacy:
    host: Host & Co
    logs: 14 days
    authority: The Data Protection Authority
"""
NAMES = ("legal", "privacy", "accessibility")


@pytest.fixture
def site(tmp_path):
    made = Site(tmp_path)
    made.write("site_config.yml", (tmp_path / "site_config.yml").read_text() + LEGAL)
    return made


def text_of(html):
    return " ".join(LexborHTMLParser(html).css_first("main").text().split())


def test_every_page_of_every_language_links_to_all_three(site) -> None:
    assert site.build().problems == ()
    for lang, start in (("en", "/"), ("fr", "/fr/"), ("ar", "/ar/")):
        html = site.read(f"{start}index.html".lstrip("/"))
        foot = LexborHTMLParser(html).css_first("footer")
        links = [link.attributes["href"] for link in foot.css("a[href]")]
        assert [f"{start}{name}/" for name in NAMES] == [
            link for link in links if link.rstrip("/").endswith(NAMES)
        ]
        page = LexborHTMLParser(site.read(f"{start}privacy/index.html".lstrip("/")))
        assert page.css_first("html").attributes["lang"] == lang
        assert {one.attributes["hreflang"] for one in page.css("link[rel=alternate][hreflang]")} >= {
            "en",
            "fr",
            "ar",
        }


def test_the_accessibility_statement_follows_the_european_model(site) -> None:
    site.build()
    text = text_of(site.read("accessibility/index.html"))
    for words in (
        "The Agency is committed to making its website accessible, in accordance with The Accessibility Act, which transposes Directive (EU) 2016/2102. This accessibility statement applies to https://example.eu/.",
        "This website is partially compliant with the European standard EN 301 549",
        "Disproportionate burden Old PDF files Instead: Ask for a text.",
        "The content is not within the scope of the applicable legislation Maps of others",
        "This statement was prepared on 1 March 2021. It is based on our own assessment of the website.",
        "press@example.eu",
        "you may turn to: The Ombudsman (ombudsman.example.eu)",
    ):
        assert words in text


def test_the_privacy_notice_says_what_the_regulation_asks_for(site) -> None:
    site.build()
    text = text_of(site.read("privacy/index.html"))
    for words in (
        "The Agency Street 1, Linz press@example.eu", "which Host & Co runs for us", "Article 6(1)(f)", "deleted after: 14 days.",
        "your consent (Article 6(1)(a)), which you may withdraw at any time: every issue says how to unsubscribe",
        "have it corrected, deleted or handed over", "The Data Protection Authority",
    ):  # fmt: skip
        assert words in text


@pytest.mark.parametrize(
    ("fact", "other", "words"),
    [
        (
            "tracking: false",
            "tracking: true",
            ("no picture and no link that tells us", "which links you follow"),
        ),
        ("double_opt_in: true", "double_opt_in: false", ("a link to confirm", "added at once")),
        ("retention: {en: one year", "retention: {en: a month", ("address: one year.", "address: a month.")),
    ],
)
def test_the_privacy_notice_says_what_the_form_says(site, fact, other, words) -> None:
    path = site.root / "site_config.yml"
    form = ("service: none", "service: link\n      url: 'mailto:us@example.eu'")
    for settings, said, unsaid in (((), *words), ((fact, other), *reversed(words))):
        path.write_text(path.read_text().replace(*form).replace(*settings or ("", "")))
        site.build()
        home = LexborHTMLParser(site.read("index.html")).css_first(".subscribe__facts").text()
        for text in (text_of(site.read("privacy/index.html")), home):
            assert said in text
            assert unsaid not in text


def test_a_notice_that_does_not_say_how_readers_subscribe_stops_the_build(site) -> None:
    path = site.root / "site_config.yml"
    start, _, rest = path.read_text().partition("    subscribe:\n")
    path.write_text(start + rest.partition("سنة}\n")[2])
    (problem,) = site.build().problems
    assert 'how readers of the newsletter "letter" subscribe' in problem.message
    assert "subscribe:" in problem.hint
    for name in ("privacy.md", "privacy.fr.md"):
        site.write(f"content/pages/{name}", "---\ntitle: Our privacy\n---\nOurs alone.\n")
    assert len(site.build().problems) == 1  # the Arabic notice is still generated
    site.write("content/pages/privacy.ar.md", "---\ntitle: Our privacy\n---\nOurs alone.\n")
    assert site.build().problems == ()


def test_words_that_a_language_lacks_are_marked_as_foreign(site) -> None:
    site.build()
    french = site.read("fr/accessibility/index.html")
    assert "Les anciens PDF" in french
    assert '<span lang="en">Maps of others</span>' in french
    assert "Établissement de la présente déclaration" in french
    assert "متاح" in site.read("ar/accessibility/index.html")


def test_a_page_of_ones_own_takes_the_place_of_a_statement_or_holds_it(site) -> None:
    site.write("content/pages/privacy.md", "---\ntitle: Our privacy\n---\nOurs alone.\n")
    site.write("content/pages/legal.md", "---\ntitle: Imprint\nstatement: legal\n---\nFirst of all.\n")
    assert site.build().problems == ()
    assert "Host & Co" not in text_of(site.read("privacy/index.html"))
    imprint = text_of(site.read("legal/index.html"))
    assert imprint.index("First of all.") < imprint.index("Represented by")
    assert "exploité pour nous par" in text_of(site.read("fr/privacy/index.html"))


@pytest.mark.parametrize(
    ("day", "old"), [(datetime(2022, 2, 20, tzinfo=UTC), False), (datetime(2022, 3, 5, tzinfo=UTC), True)]
)
def test_a_statement_that_nobody_reviewed_for_a_year_is_warned_of(site, day, old) -> None:
    problems = [str(one) for one in site.build(now=day).problems]
    assert (
        any("the accessibility statement was last reviewed on 2021-03-01" in one for one in problems) == old
    )
    assert site.build(now=day, strict=True).difference, "time alone stops no build"


def test_a_page_of_ones_own_is_reviewed_too(site) -> None:
    site.write("content/pages/accessibility.md", "---\ntitle: A\nupdated: 2020-05-01\n---\nText.\n")
    assert any(
        one.startswith("content/pages/accessibility.md:3:1: warning: the accessibility statement")
        for one in site.check()
    )


def test_a_draft_is_a_statement_that_somebody_works_on(site) -> None:
    path = site.root / "site_config.yml"
    before, _, rest = path.read_text().partition("  accessibility:")
    path.write_text(before + "  privacy:" + rest.partition("  privacy:")[2])
    missing = "the site has no accessibility statement"
    assert any(missing in one for one in site.check())
    site.write("content/pages/accessibility.md", "---\ntitle: A\ndraft: true\n---\nREPLACE THIS\n")
    assert not any(missing in one for one in site.check())


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("  address: Street 1, Linz\n", '"legal" has no "address"'),
        ("    enforcement: The Ombudsman\n", '"accessibility" has no "enforcement"'),
        ("    host: Host & Co\n", '"privacy" has no "host"'),
        ("contact: press@example.eu\n", "nobody can be written to"),
    ],
)
def test_what_a_statement_cannot_do_without_is_missed(site, line, message) -> None:
    path = site.root / "site_config.yml"
    path.write_text(path.read_text().replace(line, ""))
    faults = site.check()
    assert any(message in one and one.startswith("site_config.yml:") for one in faults), faults


def test_a_day_that_is_none_is_told_with_its_line(site) -> None:
    path = site.root / "site_config.yml"
    path.write_text(path.read_text().replace('"2021-03-01"', "soon"))
    assert any('"soon" is not a day; write it like "2026-11-22"' in one for one in site.check())


EXTERNAL = "---\ntitle: THE NEXT SOCIETY\nnames: [Next]\nfunding: {rules: external}\n---\nAbout.\n"


def test_external_action_has_its_disclaimer_on_the_legal_page(site) -> None:
    site.write("content/programmes/next.md", EXTERNAL)
    assert site.build().problems == ()
    assert "sole responsibility of Small site and do not" in text_of(site.read("legal/index.html"))
    assert "لا تعكس بالضرورة" in text_of(site.read("ar/legal/index.html"))


def test_external_action_without_a_legal_page_is_refused(tmp_path) -> None:
    site = Site(tmp_path)
    site.write("content/programmes/next.md", EXTERNAL)
    (fault,) = [one for one in site.check() if "legal page" in one]
    assert fault.startswith(
        "content/programmes/next.md:4:1: error: the disclaimer of this funding has to stand"
    )
    assert site.build().difference is None
    site.write("content/pages/legal.md", "---\ntitle: Legal\n---\nOurs.\n")
    assert any(
        "does not show the disclaimer for the funding of THE NEXT SOCIETY" in one for one in site.check()
    )
    site.write("content/pages/legal.md", "---\ntitle: Legal\nstatement: funding\n---\nOurs.\n")
    assert site.build().problems == ()
    assert "sole responsibility of Small site" in text_of(site.read("legal/index.html"))


def test_a_language_without_words_for_subscribing_is_named_at_its_line(site) -> None:
    path = site.root / "site_config.yml"
    text = (
        path.read_text()
        .replace("ar: سنة", "ar: سنة, eo: jaro")
        .replace("languages: [en", "languages: [eo, en")
    )
    path.write_text(text)
    (problem,) = [one for one in site.build().problems if "subscribing" in one.message]
    line = next(n for n, one in enumerate(text.splitlines(), start=1) if one.startswith("languages"))
    assert (problem.line, problem.column) == (line, text.splitlines()[line - 1].index("eo") + 1)
    assert 'delete "subscribe:" or this language' in problem.hint
