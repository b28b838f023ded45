"""Style sheets of drawings: what draws stays, and nothing of the rest loads a file, however it is nested."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.media.processing import process_image
from clusterpress.media.styles import clean_declarations, clean_sheet, clean_value
from tests.media.make import svg
from tests.timing import grows_in_proportion

HOST = "b.example"


def tokens_that_load(css):
    """Return what a browser would load, read as its tokenizer reads (CSS Syntax Module, 4.3)."""
    css = re.sub(r"/\*.*?(?:\*/|$)", "", css, flags=re.DOTALL)
    css = re.sub(r"\\([0-9a-fA-F]{1,6})\s?", lambda found: chr(int(found[1], 16) % 0x110000), css).replace(
        "\\", ""
    )
    loading = re.findall(
        r"(?:url|src|image|image-set|-webkit-image-set|cross-fade|element)\(\s*['\"]?(?!#)[^)\s]",
        css,
        re.IGNORECASE,
    )
    return [*loading, *re.findall(r"@\s*(?:import|font-face|namespace|charset|document)", css, re.IGNORECASE)]


PARTS = [
    "@import", "'//b.example/x.css'", "url(//b.example)", "url('//b.example')", ";", "{", "}", "a", "fill:", "/*", "*/",
    "\\", "@im", "port", "u", "rl(", ")", '"', "'", "@media all", "<!--", "-->", "\n", " ", "url(#a)", "\\40 import",
    "\\75 rl(//b.example)", "image-set(", "src(", "src:", "@font-face", "none",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=25))
def test_no_combination_of_parts_loads_anything(parts):
    css = "".join(parts)
    for clean in (clean_sheet, clean_declarations, clean_value):
        made = clean(css)
        assert tokens_that_load(made) == [], (css, made)
        assert clean(made) == made, (css, made)


def test_every_word_nested_in_itself_any_number_of_times_is_gone():
    words = (
        "@import '//b.example/x';",
        "url(//b.example/x)",
        "@font-face{src:url(//b.example/x)}",
        "image-set('//b.example/x')",
    )
    for word, depth in itertools.product(words, (1, 2, 3)):
        for cut in range(len(word)):
            nested = word
            for _ in range(depth):
                nested = word[:cut] + nested + word[cut:]
            for css in (
                nested,
                f"a{{fill:{nested}}}",
                f"a{{fill:red;{nested}}}b{{c:d}}",
                f"@media all{{{nested}}}",
            ):
                assert HOST not in clean_sheet(css) or not tokens_that_load(clean_sheet(css)), css
            content = process_image(svg(f"<style>{nested}</style><rect/>"), "a.svg").content.decode()
            assert not tokens_that_load(content), content


@pytest.mark.parametrize(
    "css",
    [
        ".st0{fill:#00A651;stroke:#000000;stroke-miterlimit:10;}\n\t.st1{fill:url(#SVGID_1_);}",
        ".cls-1{fill:none;}.cls-1,.cls-2{clip-path:url(#clip-path);}.cls-3{mix-blend-mode:multiply;isolation:isolate}",
        "@media (prefers-color-scheme: dark) { path { fill: #fff } }",
        "text{font-family:'DejaVu Sans', \"Open Sans\", sans-serif;font-size:12px;-inkscape-font-specification:'Sans Bold'}",
        'g > rect:nth-child(2n+1)[id="a"] , a:hover{ transform:rotate(4deg) translate(1px,2px) }',
        ".a{fill:rgba(0,0,0,.5);filter:drop-shadow(0 0 2px hsl(120 50% 50% / .5));width:calc(1px * (2 + 3))}",
        ":root{--brand:#039}.b{fill:var(--brand, red) !important}",
        "",
    ],
)
def test_what_drawing_programs_write_stays(css):
    assert clean_sheet(css) == css


@pytest.mark.parametrize(
    ("css", "clean"),
    [
        ("@im@import 'x';port '//b.example';a{b:c}", "a{b:c}"),
        ("@font-face{font-family:x;src:url(//b.example)}a{b:c}", "a{b:c}"),
        ("a{fill:url(//b.example/x.svg#y);stroke:red}", "a{fill:none;stroke:red}"),
        ("a{b:c", "a{b:c}"),
        ("@media print{a{b:c}", "@media print{a{b:c}}"),
        ("a{b:c}}}d{e:f}", "a{b:c}d{e:f}"),
        ("a{b:c;&:hover{d:e}}f{g:h}", "a{b:c;}f{g:h}"),
        ("a{behavior:url(#default#x);-moz-binding:url(#a);b:c}", "a{;;b:c}"),
        ("a{b:expression(alert(1))}", "a{b:none}"),
    ],
)
def test_what_is_no_plain_rule_is_left_out(css, clean):
    assert clean_sheet(css) == clean


@pytest.mark.parametrize(
    "part", ["/*", "a{", "@media all{", "'", '"', "url(", " ", "a:", "<!--", "\\", "(", "a{b:c ", "@im"]
)
def test_long_style_sheets_take_time_in_proportion(part):
    for clean in (clean_sheet, clean_declarations, clean_value):
        assert grows_in_proportion(clean, part * 25_000 + "x", part * 100_000 + "x")
