import re
from math import hypot

import pytest

from clusterpress.funding.acknowledgement import FLY, HOIST, draw_emblem_file
from clusterpress.website.bodies import draw_emblem


def stars() -> list[list[tuple[float, float]]]:
    drawn = draw_emblem_file()
    paths = re.findall(r"M([^z\"]+)z", drawn)[1:]
    return [[tuple(map(float, point.split())) for point in path.split("L")] for path in paths]


def centre(star: list[tuple[float, float]]) -> tuple[float, float]:
    points = star[::2]
    return sum(x for x, _ in points) / 5, sum(y for _, y in points) / 5


def test_the_rectangle_is_half_as_long_again_as_it_is_high() -> None:
    assert pytest.approx(1.5) == FLY / HOIST


def test_twelve_stars_stand_on_a_circle_of_a_third_of_the_height() -> None:
    centres = [centre(star) for star in stars()]
    assert len(centres) == 12
    assert all(hypot(x - FLY / 2, y - HOIST / 2) == pytest.approx(HOIST / 3, abs=0.1) for x, y in centres)


def test_each_star_has_five_points_on_a_circle_of_an_eighteenth_of_the_height() -> None:
    for star in stars():
        x, y = centre(star)
        assert len(star) == 10
        assert all(hypot(px - x, py - y) == pytest.approx(HOIST / 18, abs=0.1) for px, py in star[::2])


def test_each_star_points_straight_up() -> None:
    for star in stars():
        x, y = centre(star)
        assert star[0][0] == pytest.approx(x, abs=0.05)
        assert star[0][1] < y


def test_the_colours_are_the_official_ones_in_every_drawing() -> None:
    for drawn in (draw_emblem("Emblem"), draw_emblem_file()):
        assert set(re.findall(r'fill="(#\w+)"', drawn)) == {"#003399", "#FFCC00"}


def test_the_drawing_has_a_name() -> None:
    drawn = draw_emblem('A "name"')
    assert 'role="img" aria-label="A &#34;name&#34;"' in drawn
    assert ' lang="fr"' in draw_emblem("Emblème", "fr")
