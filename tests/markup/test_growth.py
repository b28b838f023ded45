"""Hostile texts take time in proportion to their length."""

from time import process_time

import pytest

from clusterpress.markup.render import render
from tests.markup.make import TRUSTED

PIECES = [
    "[", "]", "[a](", '[a]("x ', "![", "[^", "[[", "*", "* a", "**a ", "_a", "*a_", "~~a ", "`", "`a", "<", "<a ", "<a>", "<!--", "(", "www.",
    "www.a) ", "https://a.b/c&d;e ", "x@", "a@b.c ", "\\", "\\*", "&", "{", "{: .x}\n", "{{<", "# a\nb\n", "> a\n", ">", "- a\n1. b\n", "| a\n",
    "[a]: b\n", "[^1]: a\n", "[a](b) ", "==a", "++a", "a\tb\n",
]  # fmt: skip


def seconds(text):
    start = process_time()
    render(text, TRUSTED)
    return process_time() - start


@pytest.mark.parametrize("piece", PIECES)
def test_four_times_the_text_takes_about_four_times_as_long(piece):
    short, long = piece * (4_000 // len(piece)), piece * (16_000 // len(piece))
    seconds("warm `up` *this* <b>way</b>")
    assert seconds(long) < 8 * min(seconds(short), seconds(short)) + 0.25
