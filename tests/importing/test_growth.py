"""Texts of other generators that nobody writes take time in proportion to their length."""

import pytest

from clusterpress.importing.texts.foreign_markdown import convert_foreign
from tests.timing import grows_in_proportion


@pytest.mark.parametrize("generator", ["plain", "hugo", "jekyll"])
@pytest.mark.parametrize("piece", ["{%", "{{<", "{{", "{", "<A ", "`a", "{{% a ", "{% a %}{% "])
def test_time_is_in_proportion(generator, piece):
    short, long = (piece * (size // len(piece)) for size in (8_000, 32_000))
    assert grows_in_proportion(
        lambda text: convert_foreign(text, generator, {}, lambda _: "", is_mdx=piece == "<A "), short, long
    )
