"""The site's own colour: its shades can be read wherever the theme sets words, in every edition."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.sites.small_site import Site

from clusterpress.pipeline.project import open_project
from clusterpress.scaffolding.site_answers import COLOURS, complete_answer
from clusterpress.scaffolding.site_folder import theme_of_new
from clusterpress.theme.theme import MIN_CONTRAST, contrast, palette_on_band, read_tokens, with_colour

THEME = theme_of_new(Path())
TOKENS = read_tokens(THEME)
COLOUR = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
TEXTS = ("ink", "grey", "navy", "link", "blue", "teal", "green", "orange", "plum", "warning")


@given(COLOUR)
def test_all_words_can_be_read_with_any_colour(colour):
    tokens = with_colour(TOKENS, colour)
    for scheme in tokens["colours"].values():
        for text in TEXTS:
            for background in ("paper", "sheet", "tint"):
                assert contrast(scheme[text], scheme[background]) >= MIN_CONTRAST, (text, background)
    band = tokens["band"]
    assert min(contrast(band[text], band["ground"]) for text in ("text", "quiet")) >= MIN_CONTRAST


@given(COLOUR)
def test_a_colour_that_white_words_can_be_read_on_is_the_masthead_itself(colour):
    shown = with_colour(TOKENS, colour)["band"]["ground"]
    assert (shown == colour) == (contrast(colour, "#ffffff") >= MIN_CONTRAST)
    assert complete_answer("colour", colour.removeprefix("#").upper()) == shown


@pytest.mark.parametrize("colour", COLOURS.values())
def test_colours_that_are_offered_are_shown_as_they_are(colour):
    assert with_colour(TOKENS, colour)["band"]["ground"] == colour.lower()


def test_the_art_on_the_band_can_be_seen():
    own = replace(THEME, colour="#006d77")
    for name, colour in palette_on_band(own).items():
        assert contrast(colour, "#006d77") >= MIN_CONTRAST, name
    assert palette_on_band(THEME)["teal"] == TOKENS["colours"]["dark"]["teal"]


def test_the_colour_of_the_settings_is_that_of_the_theme(tmp_path):
    site = Site(tmp_path)
    plain, _ = open_project(site.root)
    config = site.root / "site_config.yml"
    config.write_text(config.read_text("utf-8") + 'colour: "#006D77"\n', encoding="utf-8")
    coloured, problems = open_project(site.root)
    assert not problems
    assert read_tokens(coloured.theme)["band"]["ground"] == "#006d77"
    assert coloured.theme.digest != plain.theme.digest
    config.write_text(config.read_text("utf-8").replace('"#006D77"', "teal"), encoding="utf-8")
    assert '"teal" is not a colour; write six digits in quotes' in str(open_project(site.root)[1][0])
