"""Addresses in running text become links, without the signs of the sentence, in both parsers."""

import re

import pytest

from tests.markup.make import SAFE, TRUSTED, html_of


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("See https://x.example.eu, www.y.example, me@z.example", ["https://x.example.eu", "http://www.y.example", "mailto:me@z.example"]),
        ("(https://a.eu/b_(c)) and (https://a.eu/b).", ["https://a.eu/b_(c)", "https://a.eu/b"]),
        ("[x](https://a.eu] end [https://b.eu/c].", ["https://a.eu", "https://b.eu/c"]),
        ("(https://a.eu/b]) https://c.eu/?d[]=1 https://[::1]/", ["https://a.eu/b", "https://c.eu/?d[]=1"]),
        ("https://a.eu/?b=1&c=2; https://a.eu/&copy;", ["https://a.eu/?b=1&c=2", "https://a.eu/"]),
        ("“https://a.eu/b” «www.c.eu» https://d.eu/e…", ["https://a.eu/b", "http://www.c.eu", "https://d.eu/e"]),
        ("**https://a.eu/b** *www.c_d.eu.fr* _https://e.eu_", ["https://a.eu/b", "http://www.c_d.eu.fr", "https://e.eu"]),
        ("HTTPS://A.eu ftp://b.eu/c https://مثال.example/é", ["HTTPS://A.eu", "ftp://b.eu/c", "https://مثال.example/é"]),
        ("- https://a.eu\n- b@c.eu", ["https://a.eu", "mailto:b@c.eu"]),
        ("> www.a.eu\n\n## www.b.eu", ["http://www.a.eu", "http://www.b.eu"]),
        ("| a |\n|---|\n| www.a.eu |", ["http://www.a.eu"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mode", [TRUSTED, SAFE], ids=["trusted", "safe"])
@pytest.mark.parametrize("end", ["", "\n\n<!-- -->"], ids=["fast", "python-markdown"])
def test_addresses_are_links(text, targets, mode, end):
    found = re.findall('<a href="([^"]*)"', html_of(text + end, mode))
    assert [target.replace("&amp;", "&") for target in found] == targets


@pytest.mark.parametrize(
    "text",
    [
        "`https://a.eu`", "```\nwww.a.eu\n```", "    www.a.eu", "<code>www.a.eu</code>", "<div title='https://a.eu'>a</div>", "https://", "www.",
        "a.b@", "@name@server.example", "awww.b.eu", "me@localhost", "<pre>\nwww.a.eu\n</pre>", r"www\.a.eu",
    ],
)  # fmt: skip
def test_other_texts_are_no_links(text):
    assert "<a " not in html_of(f"x {text}" if text[0] not in "` <" else text)


@pytest.mark.parametrize(
    "text",
    ["[www.a.eu](b.md)", "[see https://a.eu now](b.md)", '<a href="b.md">www.a.eu</a>', "![www.a.eu](b.png)"],
)
def test_an_address_in_a_link_or_picture_stays_words(text):
    assert html_of(text).count("<a ") == ("a" in text[:2] or text[0] == "[")
