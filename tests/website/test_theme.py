import re
from gzip import compress
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
import yaml
from babel import Locale

from clusterpress.content.items import Format
from clusterpress.library.obligations import STATEMENTS
from clusterpress.library.publication import State
from clusterpress.values.kinds import FOLDERS
from clusterpress.website.assets import make_tokens

THEME = Path(__file__).parents[2] / "themes" / "clusters-cord"
WEBSITE = THEME / "website"
SOURCES = Path(__file__).parents[2] / "generator" / "clusterpress" / "website"
TOKENS = yaml.safe_load((THEME / "theme.yml").read_text())
LABELS = {path.stem: yaml.safe_load(path.read_text()) for path in (WEBSITE / "labels").glob("*.yml")}


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "tint"])
@pytest.mark.parametrize(
    "colour", ["ink", "grey", "navy", "link", "blue", "teal", "green", "orange", "plum", "warning"]
)
def test_text_colours_have_the_contrast_of_wcag_aa(scheme, ground, colour) -> None:
    colours = TOKENS["colours"][scheme]
    assert contrast(colours[colour], colours[ground]) >= 4.5


def test_the_band_is_readable() -> None:
    band = TOKENS["band"]
    assert contrast(band["ground"], band["text"]) >= 7
    assert contrast(band["ground"], band["quiet"]) >= 7


def test_every_token_becomes_a_custom_property_in_both_schemes(theme) -> None:
    css = make_tokens(theme).decode()
    for name, value in TOKENS["colours"]["dark"].items():
        assert f"--{name}:{value}" in css
    assert "--measure:36rem" in css
    assert set(TOKENS["sections"]) <= set(TOKENS["colours"]["light"]) == set(TOKENS["colours"]["dark"])


def test_the_hand_written_css_is_small_and_mirrors_by_itself() -> None:
    sheets = [path.read_text() for path in (WEBSITE / "css").glob("*.css")]
    # As hosts send them.
    assert max(len(compress(sheet.encode(), 9, mtime=0)) for sheet in sheets) <= 9_000
    css = "".join(sheets)
    physical = (
        r"(?:margin|padding|border|inset)-(?:left|right)|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
    )
    assert not re.search(physical, css)


def test_no_file_of_the_theme_asks_another_server_for_anything() -> None:
    for path in (*WEBSITE.rglob("*.css"), *WEBSITE.rglob("*.html")):
        text = path.read_text().replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r'(?:src|href)="https?://|url\([\'"]?(?:https?:)?//|@import', text), path


def test_every_font_named_in_the_css_is_there_with_a_licence() -> None:
    sheets = (WEBSITE / "css" / "site.css", THEME / "newsletter" / "web" / "edition.css")
    css = "".join(sheet.read_text() for sheet in sheets)
    named = set(re.findall(r"url\(\.\./fonts/([^)]+)\)", css))
    assert named == {path.name for path in (THEME / "fonts").glob("*.woff2")}
    assert len(list((THEME / "fonts").glob("OFL*.txt"))) == 2


@pytest.mark.parametrize("lang", sorted({*LABELS} - {"en"}))
def test_a_translation_has_every_label_with_the_same_placeholders(lang) -> None:
    english, other = LABELS["en"], LABELS[lang]
    assert list(other) == list(english)
    for key, label in other.items():
        if isinstance(label, str):
            assert placeholders(label) == placeholders(english[key]), key


@pytest.mark.parametrize("lang", sorted(LABELS))
def test_plural_forms_are_those_of_the_language(lang) -> None:
    known = {*Locale.parse(lang, sep="-").plural_form.tags, "other"}
    for label in LABELS[lang].values():
        if isinstance(label, dict):
            assert "other" in label
            assert set(label) <= known


def test_no_label_is_left_over() -> None:
    facts = [SOURCES.parent / "library" / name for name in ("subscriptions.py", "programmes.py")]
    texts = [path.read_text() for path in (*WEBSITE.rglob("*.html"), *SOURCES.rglob("*.py"), *facts)]
    used = {word for text in texts for word in re.findall(r"[\"']([a-z_0-9]+)[\"']", text)}
    composed = {f"{name}_{part}" for name in STATEMENTS for part in ("title", "text")}
    composed |= {"funding_label", *get_args(State), *FOLDERS, *(f"format_{one}" for one in get_args(Format))}
    assert set(LABELS["en"]) - used - composed == set()


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
