"""Typography in every block, of both parsers; never in code, raw HTML and attributes."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from clusterpress.markup.clean_html import CleanHtml
from clusterpress.markup.fast_parser import render_simple_blocks
from clusterpress.markup.render import _convert, body_key, render
from clusterpress.markup.sanitise import clean_blocks, clean_html
from clusterpress.markup.typography import set_typography
from tests.markup.make import SAFE, TRUSTED, joined, with_extensions
from tests.theme.test_typography import steps


def html_of(text, lang="en", settings=TRUSTED):
    return joined(render(text, settings, lang))


def words_of(text, lang="en", settings=TRUSTED):
    return " ".join(LexborHTMLParser(html_of(text, lang, settings)).text().split())


@pytest.mark.parametrize(
    "block",
    [
        "{}", "# {}", "> {}", "- {}\n- b", "1. {}\n2. b", "a  \n{}", "*{}*", "**{}**", "~~{}~~", "| {} | b |\n|---|---|\n| c | d |",
        "| a | b |\n|---|---|\n| {} | d |", '!!! note "Title"\n    {}', "??? note\n    {}", "> [!NOTE]\n> {}", "a[^1]\n\n[^1]: {}",
        "Term\n:   {}", "> a\n>\n> — {}", "- [ ] {}", "- a\n\n    {}", "<div markdown>\n\n{}\n\n</div>", "[{}](https://a.example)",
        "a `x` {}", "{} `x`", "<!-- more -->\n\n{}", "> {}\n{{.pull}}", '![alt](a.png "c")\n\n{}', "<b>x</b> {}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("settings", [TRUSTED, SAFE])
def test_the_text_of_every_block_is_set(block, settings):
    text = block.replace("{{", "{").replace("}}", "}").replace("{}", "It's \"a 'b' c\" ...")
    assert "It’s “a ‘b’ c” …" in words_of(text, settings=settings)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"[a link](https://a.example)"', "“a link”"),
        ('["a link"](https://a.example)s', "“a link”s"),
        ('"*emphasis*" and *"emphasis"*', "“emphasis” and “emphasis”"),
        ('**"Bold** start" and "end **bold"**', "“Bold start” and “end bold”"),
        ('"`code`" and "a `b` c"', "“code” and “a b c”"),
        ('("**x**") -- "y"', "(“x”) – “y”"),
        ('"first  \nsecond"', "“first second”"),
        ('"first\nsecond"', "“first second”"),
        ('"![alt](a.png)"', "“”"),
        ("It&quot;s &#34;x&#34; &amp; 'y'", 'It"s “x” & ‘y’'),
        ('"a\n\nb"', "“a b”"),
    ],
)
def test_a_quotation_goes_through_links_emphasis_and_code(text, expected):
    assert words_of(text) == expected


@pytest.mark.parametrize(
    "kept",
    [
        "`it's \"a\" -- b...`", "```\nit's \"a\" -- b...\n```", "    it's \"a\" -- b...", "~~~ python\nx = \"a\" # it's\n~~~",
        "<div>\nit's \"a\" -- b...\n</div>", "<p>it's \"a\"</p>", "<table><tr><td>\"a\" -- it's</td></tr></table>",
        "<pre>it's \"a\"</pre>", "x <code>it's \"a\"</code>", 'x <kbd>"</kbd>',
        "https://a.example/it's--b", "<https://a.example/it's--b>", "its--b@a.example", "x it's.pdf", "$f'(x)$",
        "<math><mi>f'</mi></math>", "- a\n\n        it's \"a\"",
    ],
)  # fmt: skip
@pytest.mark.parametrize("settings", [TRUSTED, SAFE])
@pytest.mark.parametrize("lang", ["en", "fr", "de"])
def test_code_raw_html_formulas_addresses_and_files_stay(kept, settings, lang):
    assert html_of(kept, lang, settings) == html_of(kept, "", settings)


def test_attributes_stay_and_captions_are_set():
    html = html_of(
        "![\"alt\" it's](a.png \"It's a 'caption'\")\n\n[x](/a/ 'It\"s')\n\n*[EU]: \"x\"\n\nEU 'y'"
    )
    assert 'alt="&quot;alt&quot; it' in html
    assert "<figcaption>It’s a ‘caption’</figcaption>" in html
    assert 'title="It&quot;s"' in html
    assert 'title="&quot;x&quot;"' in html


def test_markdown_around_raw_html_is_set():
    assert (
        words_of("It's\n\n<div>it's</div>\n\nit's\n\n<section>\n\nit's\n\n</section>")
        == "It’s it's it’s it’s"
    )


def test_no_mark_of_raw_html_stays():
    for lang, settings in (("", TRUSTED), ("en", TRUSTED), ("ar", TRUSTED), ("en", SAFE)):
        assert "raw-html" not in html_of("<div>it's</div>\n\n<p>a</p>", lang, settings)


def test_comments_of_authors_do_not_pass_the_sanitiser():
    assert "<!--" not in html_of(
        "a\n\n<!-- it's <b>x</b> -->\n\n<!--raw-html--><script>x()</script>", "en", SAFE
    )
    assert "script" not in html_of("<!--raw-html--><script>x()</script><!--/raw-html-->", "en", SAFE)


def test_anchors_stay_what_they_were():
    text = "# It's \"a\" 'b' -- c\n\n## 5'10\" l'\"Europe\"\n\n## a...\n"
    for lang in ("en", "fr", "de", "sv"):
        headings = render(text, TRUSTED, lang).outline.headings
        assert [one.id for one in headings] == [one.id for one in render(text, TRUSTED).outline.headings]
    assert next(one.text for one in render(text, TRUSTED, "en").outline.headings) == "It’s “a” ‘b’ – c"


def test_plain_text_excerpt_and_page_agree():
    body = render('He said: "it\'s" ...\n\nMore.', TRUSTED, "de")
    assert body.outline.excerpt == body.outline.first_paragraph == "He said: „it’s“ …"
    assert body.text.startswith("He said: „it’s“ …")


@pytest.mark.parametrize("lang", ["en", "fr", "de", "sv", "uk"])
@pytest.mark.parametrize(
    "text",
    [
        '"It\'s" *\'a\'* > ["b"](c.md) -- d',
        '# "a"\n\n- \'b\'\n- "c"\n\n> "d"',
        'a\u00a0"b" ; c ? > d',
        '1. "a"\n2. \'b\'\n\n"c"\n\n`"d"`\n\n"e"\n\nhttps://x.example/it\'s "f"',
    ],
)
def test_both_parsers_give_the_same(text, lang):
    blocks = render_simple_blocks(text, lambda block: _convert(block, ""))
    fast = set_typography(
        clean_blocks(blocks.html) if blocks.without_fallback else clean_html(blocks.to_html(), safe=False),
        lang,
    )
    assert fast == set_typography(clean_html(_convert(text, ""), safe=False), lang)
    assert fast == CleanHtml(fast).text


def test_extensions_get_the_same_typography():
    assert words_of('==It\'s== "a"', settings=with_extensions("  - pymdownx.mark")) == "It’s “a”"


def test_a_body_is_kept_by_language():
    assert len({body_key("a", TRUSTED, lang) for lang in ("", "en", "fr")}) == 3


@pytest.mark.parametrize("piece", ['"a" ', '<b>"</b>', "*'a'* ", "<code>", '"\n\n', '`"` '])
def test_twice_the_text_takes_twice_the_steps(piece):
    short, long = (
        steps(set_typography, clean_html(piece * number, safe=False), "fr") for number in (60, 120)
    )
    assert long < 2.2 * short
