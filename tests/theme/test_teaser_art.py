"""The generated art of items without a picture."""

import re
from math import hypot
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.content.items import Format
from clusterpress.theme import motifs
from clusterpress.theme.motifs import DEEP, HIGH, MOTIFS, REACH, SPOT, WIDE, Choices
from clusterpress.theme.teaser_art import (
    DARK,
    LIGHT,
    SPOT_COLOUR,
    compose,
    draw_teaser_art,
    find_motif,
    find_turns,
    paint_teaser_art,
    scheme_styles,
)
from clusterpress.theme.theme import contrast, mix

ALL = [getattr(motifs, name) for name in dir(motifs) if name.startswith("draw_")]
CONTAINED = [motifs.draw_petals, motifs.draw_union, motifs.draw_talk]
ADDRESSES = [f"news/2021/item-{number}/" for number in range(120)]
ACCENTS = ("#17437D", "#006D77", "#2E7031", "#B4500B", "#7A2A6A")


def ends(path):
    """Return the points at which the pieces of a path end."""
    x = y = 0.0
    found = []
    for command, numbers in re.findall(r"([MLHVhvlqQtaAz])([^MLHVhvlqQtaAz]*)", path):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        step = {"M": 2, "L": 2, "l": 2, "t": 2, "q": 4, "Q": 4, "a": 7, "A": 7}.get(command, 1)
        for start in range(0, len(values), step):
            *_, last = values[start : start + step]
            before = values[start : start + step][-2] if step > 1 else 0.0
            if command in "HV":
                x, y = (last, y) if command == "H" else (x, last)
            elif command in "hv":
                x, y = (x + last, y) if command == "h" else (x, y + last)
            else:
                x, y = (before, last) if command.isupper() else (x + before, y + last)
            found.append((x, y))
    return found


def test_the_art_of_an_item_is_a_function_of_its_address() -> None:
    drawings = [draw_teaser_art(address) for address in ADDRESSES]
    assert drawings == [draw_teaser_art(address) for address in ADDRESSES]
    assert len(set(drawings)) > 0.95 * len(drawings)
    assert sum(map(len, drawings)) / len(drawings) < 800  # lists contain ten of them
    assert max(map(len, drawings)) < 1_250


def test_lists_do_not_repeat_themselves() -> None:
    """Twelve rows show at least six motifs and three schemes, whatever the items are called."""
    for start in range(0, 120, 12):
        made = [compose(address) for address in ADDRESSES[start : start + 12]]
        shapes = [re.sub(r"[\d.-]", "", "".join(layer.path[:60] for layer in layers)) for _, layers in made]
        assert len(set(shapes)) >= 6
        assert len({scheme for scheme, _ in made}) >= 3


def test_each_format_has_motifs_of_its_own() -> None:
    assert set(get_args(Format)) < set(MOTIFS)
    assert all(len(chosen) > 1 for chosen in MOTIFS.values())
    assert {motif for chosen in MOTIFS.values() for motif in chosen} == set(ALL)


@pytest.mark.parametrize("width", [WIDE, 67])
@pytest.mark.parametrize("motif", ALL)
def test_a_motif_has_one_bright_spot_that_every_place_shows(motif, width) -> None:
    for address in ADDRESSES[:40]:
        layers = motif(Choices(address), width)
        (spot,) = [layer for layer in layers if layer.tone == SPOT]
        disc = re.fullmatch(r"M([-\d.]+) ([-\d.]+)a([\d.]+) \S+ 0 1 1 0 .1z", spot.path)
        places = [(float(disc[1]) + float(disc[3]), float(disc[2]))] if disc else ends(spot.path)
        middle = [sum(numbers) / len(places) for numbers in zip(*places, strict=True)]
        assert abs(middle[0] - width / 2) < 0.4 * width
        assert -1 < middle[1] < HIGH + 10
        assert {layer.tone for layer in layers} <= set(range(1, DEEP + 2))


@pytest.mark.parametrize("width", [WIDE, 67])
@pytest.mark.parametrize("motif", CONTAINED)
def test_a_motif_that_ends_within_the_drawing_is_never_cut(motif, width) -> None:
    for address in ADDRESSES:
        for layer in motif(Choices(address), width):
            for x, y in ends(layer.path):
                assert abs(x - width / 2) <= min(REACH, width / 2)
                assert 0 < y < HIGH


@given(st.text(max_size=30), st.sampled_from([*MOTIFS, "programme"]))
def test_any_address_has_a_well_formed_drawing_without_script(seed, form) -> None:
    drawing = ET.fromstring(draw_teaser_art(seed, form))
    assert drawing.get("aria-hidden") == "true"
    assert drawing.get("viewBox") == f"0 0 {WIDE} {HIGH}"
    assert {node.tag for node in drawing.iter()} == {"svg", "path"}
    assert {name for node in drawing for name in node.attrib} <= {
        "class", "d", "stroke-width", "stroke-linecap", "stroke-dasharray",
    }  # fmt: skip


@pytest.mark.parametrize("accent", ACCENTS)
def test_a_painted_drawing_has_the_colours_of_the_style_sheet(accent) -> None:
    for address in ADDRESSES[:20]:
        scheme, layers = compose(address, width=67)
        drawing = ET.fromstring(paint_teaser_art(address, "", accent, 67))
        painted = [node.get("stroke") if node.get("stroke-width") else node.get("fill") for node in drawing]
        tones = [mix(accent, other.replace("paper", "#ffffff"), share) for share, other in LIGHT[scheme]]
        assert painted == [tones[0], *([*tones, SPOT_COLOUR][layer.tone] for layer in layers)]


def test_each_scheme_has_five_tones_in_the_style_sheet_and_the_spot_stands_out_from_its_ground() -> None:
    styles = scheme_styles()
    for scheme, tones in enumerate(LIGHT):
        assert styles.count(f".art--{scheme}{{--t0:") == 3  # light, dark, and dark by choice
        for accent in ACCENTS:
            ground = mix(accent, tones[0][1].replace("paper", "#ffffff"), tones[0][0])
            main = mix(accent, tones[3][1].replace("paper", "#ffffff"), tones[3][0])
            assert contrast(ground, main) > 3
    assert len(DARK) == len(LIGHT)


def test_colours_mix_as_in_css() -> None:
    assert mix("#ff0000", "#0000ff", 25) == "#4000bf"
    assert mix("#123456", "#ffffff", 100) == "#123456"


def test_discs_that_overlap_share_what_lies_in_both() -> None:
    for address in ADDRESSES:
        first, second, lens = motifs.draw_union(Choices(address), WIDE)
        centres = [
            (x + radius, y)
            for x, y, radius in (
                map(float, re.match(r"M([\d.]+) ([\d.]+)a([\d.]+)", disc.path).groups())
                for disc in (first, second)
            )
        ]
        corners = ends(lens.path)[:2]
        assert all(abs(hypot(x - a, y - b) - 27) < 0.3 for x, y in corners for a, b in centres)


@pytest.mark.parametrize("form", ["", "event", "call", "interview"])
def test_neighbours_never_draw_the_same_motif(form) -> None:
    motifs = MOTIFS[form]
    drawings = [(address, form) for address in ADDRESSES]
    turns = find_turns(drawings)
    drawn = [
        (motifs.index(find_motif(*drawing)) + turn) % len(motifs)
        for drawing, turn in zip(drawings, turns, strict=True)
    ]
    apart = min(4, len(motifs) - 1)
    for place, motif in enumerate(drawn):
        assert motif not in drawn[max(0, place - apart) : place]
    assert find_turns([*drawings[:1], None, *drawings[1:2]])[:2] == [0, 0]
    assert compose(ADDRESSES[0], form) == compose(ADDRESSES[0], form, turn=len(motifs))
