"""The generated art of covers."""

from math import hypot
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.newsletters.issues import COLOURS
from clusterpress.theme.cover_art import HEIGHT, RING, WIDTH, draw_cover_art, place_dots

PALETTE = {**dict.fromkeys(COLOURS, "#123456"), "text": "#FFFFFF"}


def test_the_same_issue_has_the_same_art_and_another_one_other_art():
    sections = (("blue", 2), ("plum", 7))
    assert draw_cover_art("cord 3", sections, PALETTE) == draw_cover_art("cord 3", sections, PALETTE)
    assert draw_cover_art("cord 3", sections, PALETTE) != draw_cover_art("cord 4", sections, PALETTE)


def test_each_story_is_a_dot_in_the_colour_of_its_section():
    dots = place_dots("cord 3", (("blue", 2), ("plum", 7)))
    assert sorted(dot.colour for dot in dots if dot.colour) == ["blue"] * 2 + ["plum"] * 7


@given(st.text(max_size=8), st.lists(st.tuples(st.sampled_from(COLOURS), st.integers(1, 30)), max_size=6))
def test_dots_stay_within_the_drawing_and_off_the_ring(seed, sections):
    x, y, radius = RING
    for dot in place_dots(seed, sections):
        assert 0 < dot.x < WIDTH
        assert 0 < dot.y < HEIGHT
        assert hypot(dot.x - x, dot.y - y) > radius


@pytest.mark.parametrize("count", [0, 1, 2, 5, 40])
def test_the_ring_has_a_segment_for_each_section(count):
    drawing = ET.fromstring(draw_cover_art("x", [("blue", 1)] * count, PALETTE))
    segments = [node for node in drawing.iter() if node.get("stroke-width") == "3.4"]
    assert len(segments) == max(1, count)


def test_art_is_mirrored_for_languages_from_right_to_left():
    assert "scale(-1 1)" in draw_cover_art("x", [("blue", 1)], PALETTE, mirrored=True)
