import re
from html import unescape
from string import punctuation

import pytest

from tests.markup.make import SAFE, TRUSTED, html_of


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("#Techdays was great", "<p>#Techdays was great</p>"),
        ("Hello\n#Techdays", "<p>Hello\n#Techdays</p>"),
        ("##QOOT #Techdays", "<p>##QOOT #Techdays</p>"),
        ("#", "<p>#</p>"),
        ("## Partners", '<h2 id="partners">Partners</h2>'),
        ("## Partners ##", '<h2 id="partners">Partners</h2>'),
        ("## About C#", '<h2 id="about-c">About C#</h2>'),
        ("## #Techdays", '<h2 id="techdays">#Techdays</h2>'),
        ("Before\n## Partners\nAfter", '<p>Before</p>\n<h2 id="partners">Partners</h2>\n<p>After</p>'),
        ("####### Seven", "<p>####### Seven</p>"),
    ],
)
def test_a_heading_needs_a_space_after_its_hashes(text, html):
    assert html_of(text) == html


@pytest.mark.parametrize(
    ("text", "caption", "classes"),
    [
        ("> We met.\n> — Jihane Chahla", "Jihane Chahla", "quote"),
        ("> We met.\n> -- Jihane Chahla, *QOOT*", "Jihane Chahla, <em>QOOT</em>", "quote"),
        ("> We met.\n>\n> — Jihane Chahla", "Jihane Chahla", "quote"),
        ("> We met.\n\n> — Jihane Chahla", "Jihane Chahla", "quote"),
        ("> We met.\n> — Jihane Chahla\n{.pull}", "Jihane Chahla", "quote pull"),
        ("> We met.\n{: .pull .wide }", None, "quote pull wide"),
        ("> We met.\n{.pull}", None, "quote pull"),
    ],
)
def test_a_quotation_with_a_name_or_a_class_becomes_a_figure(text, caption, classes):
    figcaption = f"\n<figcaption>{caption}</figcaption>" if caption else ""
    assert html_of(text) == (
        f'<figure class="{classes}">\n<blockquote>\n<p>We met.</p>\n</blockquote>{figcaption}\n</figure>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "> — Bonjour\n> — Au revoir",
        "> — Jihane Chahla",
        "> We met – twice",
        "> We met.\n> - not a name",
        "> We met.\n> ---",
    ],
)
def test_other_quotations_stay_as_they_are(text):
    html = html_of(text)
    assert "<blockquote>" in html
    assert "<figure" not in html


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_tasks_say_their_state_in_a_character(gap):
    html = html_of(f"- [ ] invite{gap}- [x] book *rooms*{gap}- [link](https://a.eu/)")
    bare = re.sub(r"\s*</?p>\s*", "", html)
    assert '<li class="task">☐ invite</li>' in bare
    assert '<li class="task">☑ book <em>rooms</em></li>' in bare
    assert '<li><a href="https://a.eu/">link</a></li>' in bare
    assert "<input" not in html


@pytest.mark.parametrize(
    "tag", ["details", "div", "section", "figure", "blockquote", "aside", "center", "td"]
)
@pytest.mark.parametrize("end", ["\n\n</{}>", "\n</{}>", "</{}>", ""])
def test_markdown_after_an_empty_line_in_raw_html_is_read(tag, end):
    before, after = ("<table><tr>", "</tr></table>") if tag == "td" else ("", "")
    text = f"{before}<{tag}>\n\nSome **facts** and [a link](https://a.eu).\n\n- one\n- *two*{end.format(tag)}{after}"
    html = html_of(f"{text}\n\nAfter *it*.")
    assert "<strong>facts</strong>" in html
    assert '<a href="https://a.eu">a link</a>' in html
    assert "<li>one</li>\n<li><em>two</em></li>" in html
    inner = html.partition(f"<{tag}")[2].partition(f"</{tag}>")[0]
    assert "<ul>" in inner
    assert ("<em>it</em>" in inner) is (not end and tag != "td")
    assert "<em>it</em>" in html


@pytest.mark.parametrize(
    "text",
    [
        "<details><summary>**More**</summary>\n*a*\n</details>",
        "<pre>\n*a*\n\n*b*\n</pre>",
        "<div><pre>\na\n\n*b*\n</pre></div>",
        "<style>\na {}\n\nb {}\n</style>",
        "<div>\n\n    <p>*a*</p>\n\n    <p>b</p>\n\n</div>",
        "<table>\n\n<tr>\n\n<td>*a*</td>\n\n</tr>\n\n</table>",
    ],
)
def test_raw_html_without_text_after_an_empty_line_stays_raw(text):
    assert "<em>" not in html_of(text)
    assert "<code>" not in html_of(text)


def test_raw_html_nests_around_markdown():
    text = "<section>\n\nA *b*.\n\n<div class='x'>\n\nC *d*.\n\n</div>\n\nE *f*.\n\n</section>\n\nG."
    html = html_of(text).replace("\n", "")
    assert html == (
        '<section><p>A <em>b</em>.</p><div class="x"><p>C <em>d</em>.</p></div><p>E <em>f</em>.</p></section><p>G.</p>'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> a\n\n> b", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>"),
        (
            "> a\n\n> [!NOTE]\n> b",
            '<blockquote><p>a</p></blockquote><div class="admonition note"><p class="admonition-title">Note</p><p>b</p></div>',
        ),
        (
            "> a\n> — Ann\n\n> b\n> — Bob",
            (
                '<figure class="quote"><blockquote><p>a</p></blockquote><figcaption>Ann</figcaption></figure>'
                '<figure class="quote"><blockquote><p>b</p></blockquote><figcaption>Bob</figcaption></figure>'
            ),
        ),
        (
            "> a\n\n> — Ann\n\n> b",
            (
                '<figure class="quote"><blockquote><p>a</p></blockquote><figcaption>Ann</figcaption></figure>'
                "<blockquote><p>b</p></blockquote>"
            ),
        ),
        ("> a\n>\n> b", "<blockquote><p>a</p><p>b</p></blockquote>"),
        (
            "- > a\n\n  > b",
            "<ul><li><blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote></li></ul>",
        ),
        (
            "> > a\n>\n> > b",
            "<blockquote><blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote></blockquote>",
        ),
    ],
)
def test_an_empty_line_separates_two_quotations_unless_a_name_follows(text, expected):
    assert html_of(text).replace("\n", "") == expected


@pytest.mark.parametrize("sign", punctuation)
@pytest.mark.parametrize(
    "form", ["a {} b", "a {}b", "- a {} b", "> a {} b", "## a {} b", "**a {} b**", "*a* {}7"]
)
@pytest.mark.parametrize("mode", [TRUSTED, SAFE], ids=["trusted", "safe"])
def test_a_backslash_before_punctuation_is_not_shown(sign, form, mode):
    shown = unescape(re.sub(r"<[^<>]*>", "", html_of(form.format(f"\\{sign}"), mode))).strip()
    plain = (
        form.replace("**", "").replace("*a*", "a").removeprefix("- ").removeprefix("> ").removeprefix("## ")
    )
    assert shown == plain.format(sign)


@pytest.mark.parametrize("text", ["a \\b c", "C:\\Users", "`\\$`", "```\n\\$ \\<\n```"])
def test_a_backslash_before_other_signs_or_in_code_is_shown(text):
    assert "\\" in html_of(text)
