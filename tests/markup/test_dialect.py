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
