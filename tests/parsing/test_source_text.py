import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.parsing.source_text import decode_source


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"\xef\xbb\xbfa", "a"),
        ("a\u2028b\u2029c\x85d".encode(), "a b c d"),
        ("Žilina 🎉 مرحبا\t".encode(), "Žilina 🎉 مرحبا\t"),
        (b"", ""),
    ],
)
def test_text_is_decoded_with_one_kind_of_line_end(raw, text):
    assert decode_source(raw, "x.md") == (text, [])


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (
            "a\r\nConférence".encode("cp1252"),
            'x.md:2:5: error: byte 0xE9 is not UTF-8; it is "é" if the file is in Windows-1252; save it again with the encoding UTF-8',
        ),
        (
            "abc".encode("utf-16"),
            "x.md:1:1: error: the file is in UTF-16, not in UTF-8; save it again with the encoding UTF-8",
        ),
        (
            "abc".encode("utf-16-be"),
            "x.md:1:1: error: an invisible control character (U+0000) stands here; the file seems to be in UTF-16; save it again with the encoding UTF-8",
        ),
        (
            b"ab\n c\x1fd and much more",
            "x.md:2:3: error: an invisible control character (U+001F) stands here; delete it",
        ),
        (
            "it\x92s".encode(),
            "x.md:1:3: error: an invisible control character (U+0092) stands here; delete it",
        ),
    ],
)
def test_bytes_that_are_no_clean_utf8_are_told_with_their_place(raw, told):
    text, [problem] = decode_source(raw, "x.md")
    assert (text, str(problem)) == ("", told)


@given(st.binary())
def test_bytes_give_text_or_a_problem(raw):
    text, problems = decode_source(raw, "x.md")
    assert not (text and problems)
    assert "\r" not in text
    assert "\x00" not in text
