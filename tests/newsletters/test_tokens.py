"""One file of tokens for print, pages, mail and cards: a change shows in all of them, and all can be read."""

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from clusterpress.newsletters.mail.plan import mail_outputs
from clusterpress.newsletters.pdf.plan import pdf_outputs, render_pages
from clusterpress.newsletters.resolve import resolve_issues
from clusterpress.theme.theme import Theme, read_tokens
from clusterpress.theme.typesetting import SocialImageSpec, draw_social_image
from clusterpress.website.assets import make_tokens
from tests.newsletters.editions import make
from tests.newsletters.make import SETTINGS, THEME, issue, news, newsroom
from tests.newsletters.test_mail import contrast, mix

FILES = {
    "news/a.md": news("A story", sectors="[food]"),
    "newsletters/cord/03.md": issue("  - {title: Report, layout: feature, colour: blue, items: [a]}"),
}
BLUE, OTHER = "#17437D", "#0B5FA5"


@pytest.fixture
def repainted(tmp_path):
    """Return the theme with another blue."""
    folder = tmp_path / "repainted"
    shutil.copytree(THEME.folder, folder)
    tokens = folder / "theme.yml"
    tokens.write_text(tokens.read_text("utf-8").replace(f'blue: "{BLUE}"', f'blue: "{OTHER}"'), "utf-8")
    return Theme(name="repainted", folder=str(folder), digest=b"repainted")


def made(theme):
    """Return the last page of an issue in print, its mail, and the style sheet of pages."""
    library, stored, _ = newsroom(FILES)
    issues, _ = resolve_issues(library)

    (printed,) = pdf_outputs(issues, SETTINGS, theme)
    mail = next(o for o in mail_outputs(issues, library, theme) if o.path.endswith("email.html"))
    page = render_pages(**printed.inputs, stored=[stored[key] for key in printed.stored], ppi=36)[-1]
    return page, make(mail, stored).decode(), make_tokens(theme).decode()


def has(page, colour):
    wanted = tuple(bytes.fromhex(colour[1:]))
    return wanted in {pixel for _, pixel in Image.open(BytesIO(page)).convert("RGB").getcolors(1 << 20)}


@pytest.mark.slow
def test_another_blue_in_the_tokens_changes_print_mail_and_pages(repainted):
    for theme, there in ((THEME, BLUE), (repainted, OTHER)):
        page, mail, css = made(theme)
        assert has(page, there)
        assert f"background-color:{there}" in mail
        assert f"--blue:{there}".casefold() in css.casefold().replace(" ", "")
    page, mail, _ = made(repainted)
    assert not has(page, BLUE)
    assert f"background-color:{BLUE}" not in mail


def test_cards_take_their_colours_from_the_tokens(tmp_path):
    folder = tmp_path / "night"
    shutil.copytree(THEME.folder, folder)
    tokens = folder / "theme.yml"
    ground = read_tokens(THEME)["band"]["ground"]
    tokens.write_text(tokens.read_text("utf-8").replace(f'ground: "{ground}"', 'ground: "#102010"'), "utf-8")
    theme = Theme(name="night", folder=str(folder), digest=b"night")
    spec = SocialImageSpec(title="A", lang="en", direction="ltr", wordmark="News", colour="blue")
    no_art = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>'
    card = Image.open(BytesIO(draw_social_image(theme, spec, no_art))).convert("RGB")
    assert card.getpixel((5, 5)) == (0x10, 0x20, 0x10)


def test_every_pair_of_colours_in_print_can_be_read():
    tokens = read_tokens(THEME)
    light, band = tokens["colours"]["light"], tokens["band"]
    paper = light["paper"]
    for name in tokens["sections"]:
        tint = mix(light[name], paper, 0.08)  # what "lighten(92%)" makes of it
        for text in (light[name], light["ink"], light["grey"], light["link"], light["warning"]):
            assert contrast(text, tint) >= 4.5, (name, text)
        assert contrast(paper, light[name]) >= 4.5, name  # badges, heads of tables
        assert contrast(light[name], paper) >= 4.5, name
    for text in ("ink", "grey", "navy", "link"):
        assert contrast(light[text], paper) >= 4.5, text
    assert contrast("#003399", paper) >= 4.5  # the funding statement
    assert contrast(band["text"], band["ground"]) >= 4.5
    assert contrast(band["quiet"], band["ground"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_buttons_and_badges_of_mail_and_pages_can_be_read(scheme):
    tokens = read_tokens(THEME)
    colours = tokens["colours"][scheme]
    for name in (*tokens["sections"], "link"):
        assert contrast(colours["paper"], colours[name]) >= 4.5, name


def test_what_stands_in_the_art_can_be_told_from_the_band():
    tokens = read_tokens(THEME)
    for name in tokens["sections"]:
        assert contrast(tokens["colours"]["dark"][name], tokens["band"]["ground"]) >= 3, name
    assert Path(THEME.folder, "cards", "card.typ").is_file()
