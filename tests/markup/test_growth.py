"""Hostile texts take time in proportion to their length."""

import pytest

from clusterpress.markup.render import render
from tests.markup.make import TRUSTED
from tests.timing import grows_in_proportion

PIECES = [
    "[", "]", "[a](", '[a]("x ', "![", "[^", "[[", "*", "* a", "**a ", "_a", "*a_", "~~a ", "`", "`a", "<", "<a ", "<a>", "<!--", "(", "www.",
    "www.a) ", "https://a.b/c&d;e ", "x@", "a@b.c ", "\\", "\\*", "&", "{", "{: .x}\n", "{{<", "# a\nb\n", "> a\n", ">", "- a\n1. b\n", "| a\n",
    "[a]: b\n", "[^1]: a\n", "[a](b) ", "==a", "++a", "a\tb\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_four_times_the_text_takes_about_four_times_as_long(piece):
    short, long = (piece * (size // len(piece)) for size in (4_000, 16_000))
    assert grows_in_proportion(lambda text: render(text, TRUSTED), short, long)
