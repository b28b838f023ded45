"""Issues as readers meet them in a browser: without scripts, by keyboard, on paper, as mail on a phone."""

import shutil
import subprocess

import pytest

ISSUES = {
    "newsletters/clusters-cord/3/": 5,
    "fr/newsletters/clusters-in-common/1/": 2,
    "ar/newsletters/clusters-in-common/2/": 1,
}
"""Cover → sections."""


@pytest.mark.parametrize("path", ISSUES)
def test_the_pager_leads_through_an_issue_and_back_without_scripts(read, demo, path):
    page = read(path, script=False).page
    seen = []
    while page.locator("a[rel=next]").count():
        page.locator("a[rel=next]").first.click()
        seen.append(page.locator("main h2, main h1").first.inner_text())
    assert len(seen) == len(set(seen)) >= 1
    for _ in seen:
        page.locator("a[rel=prev]").first.click()
    assert page.url == demo + path


def test_arrow_keys_turn_the_pages(read):
    page = read("newsletters/clusters-cord/3/").page
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/3/2/")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/3/")


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
@pytest.mark.parametrize("path", ISSUES)
def test_the_whole_issue_prints_with_all_its_sections_and_no_title_left_at_a_foot(read, path):
    page = read(f"{path}all/", width=1100).page
    titles = page.locator(".section__title").all_inner_texts()
    assert len(titles) == ISSUES[path]
    printed = page.pdf(format="A4", print_background=True)
    text = subprocess.run(["pdftotext", "-", "-"], input=printed, capture_output=True, check=True).stdout
    sheets = [
        [line for line in sheet.splitlines() if line.strip()] for sheet in text.decode().split("\f")[:-1]
    ]
    if not path.startswith("ar/"):  # Chromium's PDF gives Arabic letters in their printed forms
        assert all(sum(title in sheet for sheet in sheets) >= 1 for title in titles)
        assert not {sheet[-1] for sheet in sheets} & set(titles)
    assert min(len(sheet) for sheet in sheets) > 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ISSUES)
def test_a_mail_fits_a_phone_and_shows_its_scheme(read, path, scheme):
    visit = read(f"{path}email.html", width=360, height=800, dark=scheme == "dark")
    assert visit.overflow() == 0
    ground = visit.page.evaluate("getComputedStyle(document.querySelector('.letter')).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(24, 33, 45)"}[scheme]


_SHIFTS = """new Promise(done => {
    let sum = 0
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value
    }).observe({type: "layout-shift", buffered: true})
    setTimeout(() => done(sum), 500)
})"""
_WEIGHT = """performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
    .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""


PHONE = 360


@pytest.mark.parametrize("width", [1280, PHONE, 320])
@pytest.mark.parametrize(
    "path", [*ISSUES, *(f"newsletters/clusters-cord/3/{number}/" for number in range(2, 6))]
)
def test_a_first_visit_is_light_and_nothing_moves_or_overflows(read, path, width):
    visit = read(path, width=width, height=740)
    visit.page.wait_for_load_state("networkidle")
    assert visit.page.evaluate(_SHIFTS) <= 0.02
    assert visit.page.evaluate(_WEIGHT) <= (
        180_000 if width > PHONE else 150_000
    )  # pictures fill their column
    assert visit.overflow() == 0
