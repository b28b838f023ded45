"""What pages may load and run, by their own word."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.theme.content_security import (
    LONGEST_LINE,
    add_policy,
    find_policy,
    join_policies,
    read_policy,
    write_headers,
    write_policy,
)


def hashed(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def test_a_plain_page_loads_from_its_own_site_alone() -> None:
    assert write_policy(find_policy(b"<p>Text</p>")) == (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'none'; "
        "object-src 'none'; base-uri 'self'; form-action 'self'"
    )


@pytest.mark.parametrize("kind", ["", ' type="module"', " type='text/javascript' defer"])
def test_a_script_in_the_page_is_allowed_by_its_hash(kind) -> None:
    policy = find_policy(f"<script{kind}>go(1 < 2)</script>".encode())
    assert policy["script-src"] == ("'self'", hashed("go(1 < 2)"))


def test_elements_are_found_in_capitals_and_not_in_one_another() -> None:
    page = "<SCRIPT>a('<style>')</Script ><Style>é</STYLE><scripts>x</scripts><script>b()</script><script>c"
    policy = find_policy(page.encode())
    assert policy["script-src"] == ("'self'", hashed("a('<style>')"), hashed("b()"))
    assert policy["style-src"] == ("'self'", hashed("é"))


ELEMENT = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
PIECES = ("<script", "<STYLE", "</script", "</Style", " >", ">", " type=module", "é", "a", "<")


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_every_script_and_style_is_allowed_by_its_hash(page) -> None:
    policy = find_policy(page.encode())
    found = [content for _, _, content in ELEMENT.findall(page) if content]
    assert {*policy["script-src"], *policy["style-src"]} == {"'self'", *map(hashed, found)}


def test_a_page_in_another_encoding_can_be_read() -> None:
    assert read_policy("<b style='a:\"\xe9\"'>".encode("latin-1"))["style-src"][1] == "'unsafe-hashes'"


@pytest.mark.parametrize(
    "element", ['<script type="application/ld+json">{}</script>', '<script src="a.js" defer></script>']
)
def test_what_browsers_do_not_run_from_the_page_needs_no_hash(element) -> None:
    assert find_policy(element.encode())["script-src"] == ("'self'",)


def test_styles_are_allowed_by_their_hash_as_browsers_read_them() -> None:
    page = b"""<style>p{a:b}</style><td style="text-align: right;"><b style='--x:&quot;a&quot;'>"""
    named = {hashed("p{a:b}"), hashed("text-align: right;"), hashed('--x:"a"')}
    assert set(find_policy(page)["style-src"]) == {"'self'", "'unsafe-hashes'", *named}
    assert "'unsafe-hashes'" not in find_policy(b"<style>p{a:b}</style>")["style-src"]


def test_a_page_with_an_embed_may_show_a_frame_of_that_host_alone() -> None:
    page = b'<figure data-embed="https://tube.example/videos/embed/a?b=1&amp;c=2">'
    assert find_policy(page)["frame-src"] == ("https://tube.example",)


def test_what_the_site_takes_from_elsewhere_on_purpose_is_allowed() -> None:
    policy = find_policy(
        b"", wasm=True, scripts=["https://a.example/x.js", "js/own.js"], styles=["//b.example/y.css"]
    )
    assert policy["script-src"] == ("'self'", "https://a.example", "'wasm-unsafe-eval'")
    assert policy["style-src"] == ("'self'", "https://b.example")


def test_the_policy_stands_before_anything_is_loaded_and_can_be_read_back() -> None:
    page = b'<!doctype html><head><meta charset="utf-8"><link href="a.css"><p style="a:b">'
    made = add_policy(page)
    assert made.index(b"Content-Security-Policy") < made.index(b"a.css")
    assert read_policy(made) == find_policy(page) == read_policy(page)


def test_several_policies_allow_together_what_any_allows() -> None:
    joined = join_policies(
        [
            find_policy(b'<i data-embed="https://a.example/">'),
            find_policy(b"<script>x</script>"),
            find_policy(b""),
        ]
    )
    assert joined["frame-src"] == ("https://a.example",)
    assert joined["script-src"] == ("'self'", hashed("x"))
    assert joined["object-src"] == ("'none'",)


def test_a_server_says_what_a_page_cannot() -> None:
    lines = write_headers([find_policy(b'<b style="a:b">')])
    assert lines[0].endswith("; frame-ancestors 'self'")
    assert hashed("a:b") in lines[0]
    assert "X-Content-Type-Options: nosniff" in lines
    assert "Referrer-Policy: strict-origin-when-cross-origin" in lines


def test_a_line_of_headers_stays_as_long_as_hosts_read() -> None:
    page = "".join(f'<b style="color:#{number:06x}">' for number in range(100))
    line = write_headers([find_policy(page.encode())])[0]
    assert len(line) <= LONGEST_LINE
    assert "style-src 'self' 'unsafe-inline';" in line
