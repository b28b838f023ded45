"""Every rule set in every output: what the law wants shown is there to be seen."""

import re
import shutil
import subprocess

import pytest
from selectolax.lexbor import LexborHTMLParser

from clusterpress.funding.record import RULES
from tests.sites.funded_site import ISSUE_DISCLAIMER, SHOWN, SITE_DISCLAIMER, funded_site, strip_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    site = funded_site(tmp_path_factory.mktemp("funded"))
    assert [str(problem) for problem in site.build().problems] == []
    return site


@pytest.mark.parametrize("page", ["news/2021/{}/", "events/{}/", "programmes/{}/"])
@pytest.mark.parametrize("rules", RULES)
def test_an_item_shows_the_funding_of_its_programme(built, rules, page) -> None:
    html = built.read(f"{page.format(rules)}index.html")
    strip = strip_of(html, rules)
    described = ("Aims and results",)
    for words in SHOWN[rules]:
        where = html if words.startswith(described) else strip.text()
        assert words in where
    assert f"Programme {rules}" in strip.text()
    assert strip.css_first(f'img[alt="Logo of {rules}"]') is not None
    assert ('class="payers ' in html) == (rules == "cpr-2014")


def test_the_legal_page_shows_all_funding_and_the_disclaimer_of_external_action(built) -> None:
    html = built.read("legal/index.html")
    for rules in RULES:
        assert all(words in strip_of(html, rules).text() for words in SHOWN[rules])
    assert SITE_DISCLAIMER in html
    assert "the sole responsibility of The Press Office and" in html


@pytest.mark.parametrize("page", ["", "2/", "all/"])
@pytest.mark.parametrize("rules", RULES)
def test_every_web_page_of_an_issue_shows_its_funding(built, rules, page) -> None:
    html = built.read(f"newsletters/{rules}/1/{page}index.html")
    strip = strip_of(html, rules)
    assert all(words in strip.text() for words in SHOWN[rules])
    assert (ISSUE_DISCLAIMER in strip.text()) == (rules == "external")
    assert strip.css_first(f'img[alt="Logo of {rules}"]') is not None
    assert ('class="payer"' in html.partition("</header>")[0]) == (rules == "cpr-2014")


@pytest.mark.parametrize("rules", RULES)
def test_an_e_mail_shows_its_funding_as_page_and_as_text(built, rules) -> None:
    html, text = (built.read(f"newsletters/{rules}/1/email.{kind}") for kind in ("html", "txt"))
    assert 'alt="Emblem of the European Union"' in html
    shown = LexborHTMLParser(html).body.text()
    for words in SHOWN[rules]:
        assert words in shown
        assert words in " ".join(text.split())
    assert (ISSUE_DISCLAIMER in shown) == (rules == "external")


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
@pytest.mark.parametrize("rules", RULES)
def test_a_pdf_shows_its_funding_on_the_cover_and_the_last_page(built, rules) -> None:
    file = next((built.root / "site/newsletters" / rules / "1").glob("*.pdf"), None) or next(
        (built.root / "site/newsletters" / rules).rglob("*.pdf")
    )
    made = subprocess.run(
        ["pdftotext", "-layout", file, "-"], check=True, capture_output=True
    ).stdout.decode()
    pages = [squeezed(page) for page in made.split("\f")[:-1]]
    for words in SHOWN[rules]:
        assert squeezed(words) in pages[0]
        assert squeezed(words) in pages[-1]
    assert (squeezed(ISSUE_DISCLAIMER) in squeezed(made)) == (rules == "external")


def squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(
    ("rules", "line", "missing"),
    [
        (
            "mga-2021",
            "  authority: EISMEA\n",
            "content/programmes/mga-2021.md:6:1: error: the disclaimer has to name",
        ),
        (
            "h2020",
            "  grant: '123456'\n",
            "content/programmes/h2020.md:6:1: error: the funding statement has to name",
        ),
        (
            "erdf-2007",
            "logo: {src: erdf-2007.png, alt: Logo of erdf-2007}\n",
            "content/programmes/erdf-2007.md:5:1: error: the programme's logo",
        ),
        (
            "cpr-2021",
            "summary: About it.\nlogo: {src: cpr-2021.png, alt: Logo of cpr-2021}\nboilerplate: Aims and results of cpr-2021.\n",
            "content/programmes/cpr-2021.md:3:1: error: the project has to be described",
        ),
    ],
)
def test_a_public_build_without_a_required_element_is_refused(tmp_path, rules, line, missing) -> None:
    site = funded_site(tmp_path)
    path = f"content/programmes/{rules}.md"
    site.write(path, (site.root / path).read_text().replace(line, ""))
    assert [one for one in site.check() if one.startswith(missing)]
    refused = site.build()
    assert refused.difference is None
    assert any(str(one).startswith(missing) for one in refused.problems)


def test_a_preview_shows_what_may_not_be_published(tmp_path) -> None:
    site = funded_site(tmp_path)
    path = "content/programmes/fp7.md"
    site.write(path, (site.root / path).read_text().replace("  grant: '234567'\n", ""))
    shutil.rmtree(site.root / "content/newsletters")
    preview = site.build(previews=True)
    assert [one.severity for one in preview.problems] == ["warning"]
    assert "grant agreement No …" in site.read("programmes/fp7/index.html")


def test_a_programme_that_nobody_knows_would_hide_the_funding(tmp_path) -> None:
    site = funded_site(tmp_path, programme="cpr-2012")
    assert any(
        'no programme is called "cpr-2012"' in one and 'did you mean "cpr-2021"?' in one
        for one in site.check()
    )


def test_a_logo_that_is_not_there_is_named_with_its_line(tmp_path) -> None:
    site = funded_site(tmp_path)
    path = "content/programmes/fp7.md"
    site.write(
        path, (site.root / path).read_text().replace("  grant", "  logos: [cpr-2021.png, lost.png]\n  grant")
    )
    (fault,) = site.check()
    assert fault.startswith(f'{path}:8:25: error: picture "lost.png" is not there')


def test_a_translated_programme_is_funded_like_the_original(tmp_path) -> None:
    site = funded_site(tmp_path)
    site.write(
        "content/programmes/mga-2021.ar.md",
        "---\ntitle: برنامج\nlang: ar\ntranslation_of: mga-2021\n---\nنص.\n",
    )
    site.build()
    strip = strip_of(site.read("ar/programmes/mga-2021/index.html"), "mga-2021")
    assert "بتمويل من الاتحاد الأوروبي" in strip.text()
    assert "(EISMEA)" in strip.text()
