"""What a text would show of its own markup is reported with its line, but not what stands in code."""

import pytest

from clusterpress.markup.render import render
from tests.markup.make import SAFE, TRUSTED, html_of, with_extensions

SHOWN = [
    "{: .x}", "{{< x >}}", '{{< figure src="a.jpg" title="b" >}}', "{{% x %}}", "{% x %}", "{% include a_b.html c=1 %}", "{{ page.title }}",
    "<%= x %>", "[^2]", "++key++", "++ctrl+alt+del++", "==mark==", "==two words==", "[[link]]", "![[a.png]]", "klzzwxh:0", "wzxhzdk:12",
    "{/* x */}", "[shortcode a=b]", '[gallery ids="1,2"]', "[/caption]", "[vc_row]", "[contact-form-7 id=3 title='A b']", ":smile:", ":+1:",
    "[x](https://a.example/b", "[x](/about", "https://a.example/b]", "https://a.example/b])",
]  # fmt: skip
AT_MARGIN = [
    '--8<-- "guide.md"', ";--8<--", '=== "Tab"', ":::note", "::: tip Title", "o\tone", "·\tone", "▪ one", "\uf0b7\tone", "•one", "import X from './x.js'",
    'export const a = {b: "c"}', "Town\tYear\nLinz\t2027",
]  # fmt: skip


QUIET = [
    "at 10:30:15 sharp", "a:b:c", "http://x:80:y", "Note: one: two", "[sic] and [1] and [word]", "[a b=c][d]\n\n[d]: /x/", "[see https://a.example/b]",
    '[x](https://a.example/b "Title")', "[x](/a/(b)/)", "std::vector::size", "![a b=c](https://a.example/x.png)", "([x](https://a.example/b))",
    "<https://a.example/b>", "`[a b=c]` and `:smile:` and `[x](https://a`", "| a | b |\n|:-:|:--|\n| c | d |",
]  # fmt: skip


def warnings_of(text, settings=TRUSTED):
    return [warning for warning in render(text, settings).outline.warnings if "lang" not in warning[2]]


@pytest.mark.parametrize("text", QUIET)
def test_prose_and_links_with_the_same_characters_are_quiet(text):
    assert [message for _, message, _ in warnings_of(text) if "as it stands" in message] == []


@pytest.mark.parametrize("mode", [TRUSTED, SAFE], ids=["trusted", "safe"])
@pytest.mark.parametrize("mark", [*SHOWN, *AT_MARGIN])
def test_a_mark_that_readers_would_see_is_reported_with_its_line(mark, mode):
    text = f"Words\n\nMore {mark} here" if mark in SHOWN else f"Words\n\n{mark}"
    ((line, message, hint),) = warnings_of(text, mode)
    assert line == 3
    assert hint
    assert mark.split()[0].split("\n")[0] in message or "columns" in message


@pytest.mark.parametrize(
    "container",
    [
        "`{}`",
        "``{}``",
        "```\n{}\n```",
        "~~~\n{}\n~~~",
        "    {}",
        "<code>{}</code>",
        "<!-- {} -->",
        "- a\n\n  ```\n  {}\n  ```",
    ],
)
@pytest.mark.parametrize("mark", [mark for mark in SHOWN if not mark.startswith("<%")])
def test_a_mark_in_code_or_a_comment_is_not(mark, container):
    assert warnings_of(f"Words\n\n{container.format(mark)}") == []


@pytest.mark.parametrize(
    "text",
    [
        "C++ and ++i, a == b, x ==> y", "A · B · C", "!!! note\n    text", "!!!note\n    text", "??? tip\n    text", "• one\n• two", "see[^1]\n\n[^1]: a", "[[1]](a.md)",
        "{.x", "{ a }", "## Head {#own}", "![a](b.png){.c}", "*a*{: .b}", "text\n{: .note}", "{: .note}\ntext", "- a\n{:toc}", "# a\n{:.no_toc}",
        "a | b\n--- | ---\nc | d\n{: .wide}", "a\tb", "import duties from China", "<B>a</B> <BR> <Center>b</Center>", "<a@b.example>", "wait... ===",
    ],
)  # fmt: skip
def test_what_readers_do_not_see_or_expect_is_not(text):
    assert warnings_of(text) == []


def test_an_extension_that_reads_the_mark_ends_the_warning():
    assert warnings_of("++ctrl+c++ ==a==") != []
    assert warnings_of("++ctrl+c++ ==a==", with_extensions("  - pymdownx.keys\n  - pymdownx.mark")) == []


def test_each_line_has_its_warning_up_to_ten():
    found = warnings_of("\n\n".join("{{< x >}}" for _ in range(40)))
    assert [line for line, *_ in found] == list(range(1, 20, 2))
    assert "(30 more below)" in found[-1][1]


@pytest.mark.parametrize("tag", ["<Tabs>", "<Tabs items={a}>", "<Foo.Bar />", "<Name>"])
def test_a_tag_that_no_browser_knows_is_reported(tag):
    ((line, message, _),) = warnings_of(f"One\n\nTwo {tag} three")
    assert line == 3
    assert "readers do not see it" in message


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n\n[^9]: left over", 3, "nothing in the text refers to the footnote [^9]"),
        ("a\n\n[^n o]: left\n    over", 3, "nothing in the text refers to the footnote [^n o]"),
        ("a[^9]", 1, "readers see [^9]"),
        ("a[^9]\n\n[^9]:", 3, "the footnote [^9] has no words"),
        ("a\n\n```\nb\n\nc", 3, "the code that begins here does not end"),
        ("a\n\n{: .x}\n\nb", 3, "{: .x} belongs to no block"),
        ("```\na\n```\n{: .x}\n\nb", 4, "{: .x} belongs to no block"),
    ],
)
def test_what_is_loose_is_a_warning_and_no_error(text, line, words):
    outline = render(text, TRUSTED).outline
    assert outline.problems == ()
    ((at, message, _),) = outline.warnings
    assert (at, words in message) == (line, True)


def test_a_footnote_without_a_mark_stays_and_leads_nowhere():
    html = html_of("a[^b] c[^a]\n\n[^x]: left over\n[^a]: A\n[^b]: B")
    assert [html.index(f'id="fn:{name}"') for name in "bax"] == sorted(
        html.index(f'id="fn:{name}"') for name in "bax"
    )
    assert "left over" in html
    assert "#fnref:x" not in html


def test_attributes_that_belong_to_nothing_are_not_shown():
    assert html_of("a\n\n{: .x}\n\nb") == "<p>a</p>\n<p>b</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("{: .note}\nWords", '<p class="note">Words</p>'),
        ("Words\n{: .note}", '<p class="note">Words</p>'),
        ("Words\n{: .note}\nMore", '<p class="note">Words</p>\n<p>More</p>'),
        ("## Head\n{:.no_toc}\nMore", '<h2 class="no_toc" id="head">Head</h2>\n<p>More</p>'),
        ("{: .no_toc}\n## Head", '<h2 class="no_toc" id="head">Head</h2>'),
        ("Head\n===\n{: #own}", '<h2 id="own">Head</h2>'),
        ("- a\n- b\n{: .x #y}", '<ul class="x" id="y">\n<li>a</li>\n<li>b</li>\n</ul>'),
        ("{: .x}\n1. a", '<ol class="x">\n<li>a</li>\n</ol>'),
        ("{: .x}\n> a", '<figure class="quote x">\n<blockquote>\n<p>a</p>\n</blockquote>\n</figure>'),
        ("[a](b){: .btn}", '<p><a class="btn" href="b">a</a></p>'),
        ("*a*{: .y}", '<p><em class="y">a</em></p>'),
    ],
)
def test_attributes_as_in_kramdown_are_applied(text, html):
    assert html_of(text) == html


def test_attributes_of_a_table_are_applied():
    assert '<table class="wide">' in html_of("| a |\n|---|\n| b |\n{: .wide}")
    assert '<table class="wide">' in html_of("{: .wide}\n| a |\n|---|\n| b |")


def test_the_list_that_kramdown_replaces_is_a_table_of_contents():
    assert 'href="#head"' in html_of("1. TOC\n{:toc}\n\n## Head")
