"""A programme's own colour can be read in both schemes, and its editor is told when it could not."""

import re

import pytest

from clusterpress.theme.addresses import asset_path
from clusterpress.theme.theme import MIN_CONTRAST, contrast, ensure_contrast, read_tokens
from clusterpress.website.assets import backgrounds_of, colour_problems, make_tokens

PALE = (
    "content/programmes/next.md:4:1: warning: #F5C242 is too pale for text: its contrast is 1.5 : 1; "
    'at least 4.5 : 1 is needed, and it is shown as "#846924"'
)


def programme(colour: str) -> dict[str, str]:
    return {"programmes/next.md": f"---\ntitle: Next\nsummary: S.\ncolour: {colour}\n---\n"}


@pytest.mark.parametrize(
    ("colour", "said"),
    [
        ("teal", []),
        ('"#003399"', []),
        ('"#F5C242"', [PALE]),
        (
            "tael",
            ['content/programmes/next.md:4:1: warning: the theme has no colour "tael"; did you mean "teal"?'],
        ),
    ],
)
def test_a_colour_that_cannot_be_read_or_is_not_there_is_told_with_its_line(make_site, theme, colour, said):
    site = make_site(programme(colour))
    assert [str(problem) for problem in colour_problems(site.library, theme)] == said


@pytest.mark.parametrize("colour", ["#F5C242", "#003399", "#ffffff", "#000000", "#ff0000", "#808080"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_is_shown_in_a_shade_that_can_be_read(theme, colour, scheme):
    backgrounds = backgrounds_of(read_tokens(theme)["colours"][scheme])
    shade = ensure_contrast(colour, *backgrounds)
    assert min(contrast(shade, background) for background in backgrounds) >= MIN_CONTRAST
    if min(contrast(colour, background) for background in backgrounds) >= MIN_CONTRAST:
        assert shade == colour.lower()


def test_contrasts_are_those_of_the_specification():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_colour_of_its_own_becomes_a_token_of_the_site(make_site, theme):
    site = make_site(programme('"#003399"'))
    assert site.outputs[asset_path("assets/css/tokens.css", theme.version)].inputs["colours"] == ("#003399",)
    css = make_tokens(theme, ("#003399",)).decode()
    assert '[data-accent="003399"]{--accent:var(--003399)}' in css
    assert len(set(re.findall(r"--003399:(#\w+)", css))) == 2
