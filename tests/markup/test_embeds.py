"""Which addresses are videos or maps that a page can show, and what is loaded for them."""

import pytest
from msgspec.structs import replace

from clusterpress.markup.body import find_player
from clusterpress.markup.render import body_key, render
from tests.markup.make import SAFE, TRUSTED

YOUTUBE = "https://www.youtube-nocookie.com/embed/abcdefghijk"


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://www.youtube.com/watch?v=abcdefghijk", YOUTUBE),
        ("https://youtu.be/abcdefghijk?t=90s", f"{YOUTUBE}?start=90"),
        ("http://m.youtube.com/watch?list=x&v=abcdefghijk", YOUTUBE),
        ("https://www.youtube.com/shorts/abcdefghijk", YOUTUBE),
        ("https://www.youtube.com/embed/abcdefghijk", YOUTUBE),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456?dnt=1"),
        ("https://vimeo.com/123456/0a1b2c", "https://player.vimeo.com/video/123456?dnt=1&h=0a1b2c"),
        ("https://player.vimeo.com/video/123456", "https://player.vimeo.com/video/123456?dnt=1"),
        ("https://tube.example.eu/w/abcdefghijklm", "https://tube.example.eu/videos/embed/abcdefghijklm"),
        (
            "https://tube.example.eu/videos/watch/0f1e2d3c-aaaa-bbbb",
            "https://tube.example.eu/videos/embed/0f1e2d3c-aaaa-bbbb",
        ),
    ],
)
def test_videos_are_known_by_their_usual_addresses(address, player) -> None:
    found = find_player(address)
    assert found is not None
    assert found.address == player
    assert found.address.startswith(f"https://{found.host}/")


def test_a_map_shows_what_the_address_shows() -> None:
    found = find_player("https://www.openstreetmap.org/?mlat=33.57&mlon=-7.59#map=12/33.5731/-7.5898")
    assert found is not None
    box = found.address.partition("bbox=")[2].partition("&")[0].split("%2C")
    west, south, east, north = map(float, box)
    assert ((west + east) / 2, (south + north) / 2) == pytest.approx((-7.5898, 33.5731), abs=1e-4)
    assert east - west == pytest.approx(360 / 2**12 * 800 / 256, rel=1e-3)
    assert found.address.endswith("&layer=mapnik&marker=33.57%2C-7.59")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "video.mp4",
        "javascript:alert(1)",
        "https://www.youtube.com/",
        "https://www.youtube.com/watch",
        "https://example.eu/page/",
        "https://www.openstreetmap.org/about",
        "https://www.openstreetmap.org/?mlat=x&mlon=y",
        "https://[broken/w/abcdefghijklm",
    ],
)
def test_anything_else_is_no_player(address) -> None:
    assert find_player(address) is None


@pytest.mark.parametrize("mode", [TRUSTED, SAFE], ids=["trusted", "safe"])
@pytest.mark.parametrize(
    "text",
    [
        "https://youtu.be/abcdefghijk",
        "<https://youtu.be/abcdefghijk>",
        "See:\nhttps://www.youtube.com/watch?v=abcdefghijk\nEnd",
        '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>',
        '<div class="row">\n<img src="a.png" alt="A">\n<iframe src="//www.youtube.com/embed/abcdefghijk"></iframe>\n</div>',
        '<figure><iframe data-src="https://youtu.be/abcdefghijk"></iframe><figcaption>A</figcaption></figure>',
    ],
)
def test_an_address_alone_and_a_frame_are_players(text, mode) -> None:
    outline = render(text, mode).outline
    assert outline.players == (YOUTUBE,)
    assert outline.problems == outline.warnings == ()


def test_a_frame_of_any_other_site_is_none() -> None:
    outline = render('<iframe src="https://ads.example/x"></iframe>', TRUSTED).outline
    assert outline.players == ()
    assert "is not loaded" in outline.warnings[0][1]


PEERTUBE = "https://tube.example.eu/w/abcdefghijklm"


@pytest.mark.parametrize(
    "text",
    [
        PEERTUBE,
        f"[A talk]({PEERTUBE}){{.embed}}",
        f'<iframe src="{PEERTUBE}"></iframe>',
        f"[![Hall](hall.png)]({PEERTUBE}){{.embed}}",
        "https://TUBE.example.eu/w/abcdefghijklm",
    ],
)
def test_a_player_of_any_host_needs_an_entry_in_the_settings(text) -> None:
    outline = render(text, TRUSTED).outline
    assert outline.players == ()
    (warning,) = outline.warnings
    assert "stays a link" in warning[1]
    assert "embed_hosts: [tube.example.eu]" in warning[2]
    allowed = replace(TRUSTED, embed_hosts=("Tube.example.eu",))
    outline = render(text, allowed).outline
    assert outline.players == ("https://tube.example.eu/videos/embed/abcdefghijklm",)
    assert outline.warnings == ()


@pytest.mark.parametrize(
    "address",
    [
        "https://tube.example.eu:8443/w/abcdefghijklm",
        "https://user@tube.example.eu/w/abcdefghijklm",
        "https://tube.example.eu.evil.example/w/abcdefghijklm",
        "https://evil.example/tube.example.eu/videos/embed/abcdefghijklm",
        "https://evil.example\\@tube.example.eu/w/abcdefghijklm",
    ],
)
def test_a_host_is_allowed_by_its_whole_name(address) -> None:
    allowed = replace(TRUSTED, embed_hosts=("tube.example.eu",))
    assert render(f"[A talk](<{address}>){{.embed}}", allowed).outline.players == ()


def test_bodies_are_rendered_anew_when_the_hosts_change() -> None:
    allowed = replace(TRUSTED, embed_hosts=("tube.example.eu",))
    assert body_key(PEERTUBE, TRUSTED) != body_key(PEERTUBE, allowed)
