"""What pages may load and run, by their own word."""

from base64 import b64encode
from hashlib import sha256

import pytest

from clusterpress.content_security import (
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
    assert write_policy(find_policy("<p>Text</p>")) == (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'none'; "
        "object-src 'none'; base-uri 'self'; form-action 'self'"
    )


@pytest.mark.parametrize("kind", ["", ' type="module"', " type='text/javascript' defer"])
def test_a_script_in_the_page_is_allowed_by_its_hash(kind) -> None:
    policy = find_policy(f"<script{kind}>go(1 < 2)</script>")
    assert policy["script-src"] == ("'self'", hashed("go(1 < 2)"))


@pytest.mark.parametrize(
    "element",
    ['<script type="application/ld+json">{}</script>', '<script src="a.js" defer></script>'],
)
def test_what_browsers_do_not_run_from_the_page_needs_no_hash(element) -> None:
    assert find_policy(element)["script-src"] == ("'self'",)


def test_styles_are_allowed_by_their_hash_as_browsers_read_them() -> None:
    page = """<style>p{a:b}</style><td style="text-align: right;"><b style='--x:&quot;a&quot;'>"""
    named = {hashed("p{a:b}"), hashed("text-align: right;"), hashed('--x:"a"')}
    assert set(find_policy(page)["style-src"]) == {"'self'", "'unsafe-hashes'", *named}
    assert "'unsafe-hashes'" not in find_policy("<style>p{a:b}</style>")["style-src"]


def test_a_page_with_an_embed_may_show_a_frame_of_that_host_alone() -> None:
    page = '<figure data-embed="https://tube.example/videos/embed/a?b=1&amp;c=2">'
    assert find_policy(page)["frame-src"] == ("https://tube.example",)


def test_what_the_site_takes_from_elsewhere_on_purpose_is_allowed() -> None:
    policy = find_policy(
        "", wasm=True, scripts=["https://a.example/x.js", "js/own.js"], styles=["//b.example/y.css"]
    )
    assert policy["script-src"] == ("'self'", "https://a.example", "'wasm-unsafe-eval'")
    assert policy["style-src"] == ("'self'", "https://b.example")


def test_the_policy_stands_before_anything_is_loaded_and_can_be_read_back() -> None:
    page = '<!doctype html><head><meta charset="utf-8"><link href="a.css"><p style="a:b">'
    made = add_policy(page)
    assert made.index("Content-Security-Policy") < made.index("a.css")
    assert read_policy(made) == find_policy(page) == read_policy(page)


def test_several_policies_allow_together_what_any_allows() -> None:
    joined = join_policies(
        [
            find_policy('<i data-embed="https://a.example/">'),
            find_policy("<script>x</script>"),
            find_policy(""),
        ]
    )
    assert joined["frame-src"] == ("https://a.example",)
    assert joined["script-src"] == ("'self'", hashed("x"))
    assert joined["object-src"] == ("'none'",)


def test_a_server_says_what_a_page_cannot() -> None:
    lines = write_headers([find_policy('<b style="a:b">')])
    assert lines[0].endswith("; frame-ancestors 'self'")
    assert hashed("a:b") in lines[0]
    assert "X-Content-Type-Options: nosniff" in lines
    assert "Referrer-Policy: strict-origin-when-cross-origin" in lines


def test_a_line_of_headers_stays_as_long_as_hosts_read() -> None:
    page = "".join(f'<b style="color:#{number:06x}">' for number in range(100))
    line = write_headers([find_policy(page)])[0]
    assert len(line) <= LONGEST_LINE
    assert "style-src 'self' 'unsafe-inline';" in line
