"""Outputs: a maker with its inputs, known by a fingerprint."""

from functools import partial

import pytest

from clusterpress.values.outputs import Output


def join(first, second, stored=(), original=b"", sizes=None):
    return " ".join((first, second, *stored, original.decode(), *(sizes or ()))).encode()


def test_a_maker_receives_its_inputs_and_what_it_asks_for_by_name():
    make = partial(join, first="a", second="b")
    assert Output(path="x", make=make).content(["unasked"], b"unasked", {"unasked": 1}) == b"a b "
    output = Output(path="x", make=make, stored=(b"k",), original="file", measured=("m",))
    assert output.content(["s"], b"o", {"m": 1}) == b"a b s o m"


def test_the_fingerprint_follows_from_maker_inputs_and_stored_keys():
    known = Output(path="x", make=partial(join, first="a", second="b")).fingerprint()
    assert Output(path="x", make=partial(join, first="a", second="b")).fingerprint() == known
    assert Output(path="x", make=partial(join, first="a", second="c")).fingerprint() != known
    assert Output(path="x", make=partial(join, first="a", second="b"), stored=(b"k",)).fingerprint() != known


def test_an_input_without_a_name_is_refused():
    with pytest.raises(TypeError, match="by name"):
        Output(path="x", make=partial(join, "a")).fingerprint()
