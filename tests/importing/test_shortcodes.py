"""Additions of other generators become our dialect, or leave the text and are reported."""

import pytest

from clusterpress.importing.texts.foreign_markdown import comment_of, convert_foreign

VARIABLES = {"page.title": "The title", "frontmatter.title": "The title"}


def convert(generator, text, **options):
    def read(name):
        return "Included.\n" if name == "part.md" else ""

    return convert_foreign(text, generator, VARIABLES, read, **options)


@pytest.mark.parametrize(
    ("generator", "text", "wanted"),
    [
        ("hugo", '{{< figure src="/a.png" alt="A" caption="C" >}}', '![A](/a.png "C")'),
        ("hugo", '{{< figure src="/a.png" link="/b/" >}}', "[![](/a.png)](/b/)"),
        ("hugo", "{{< youtube abcdefghijk >}}", "[youtube.com](https://www.youtube.com/watch?v=abcdefghijk){.embed}"),
        ("hugo", '{{< vimeo id="12" title="Film" >}}', "[Film](https://vimeo.com/12){.embed}"),
        ("hugo", '[x]({{< relref "a.md#b" >}})', "[x](a.md#b)"),
        ("hugo", "{{< highlight go >}}\nx {{< y >}}\n{{< /highlight >}}", "```go\nx {{< y >}}\n```"),
        ("hugo", "{{< gist someone 12ab >}}", "[gist.github.com](https://gist.github.com/someone/12ab)"),
        ("hugo", '{{< tweet user="x" id="12" >}}', "[twitter.com](https://twitter.com/i/status/12)"),
        ("hugo", '{{< details summary="S" >}}\nIn.\n{{< /details >}}', '??? note "S"\n    In.'),
        ("hugo", '{{% notice tip "T" %}}\nA.\n\n```\nx\n\ny\n```\n{{% /notice %}}', '!!! tip "T"\n    A.\n\n    ```\n    x\n\n    y\n    ```'),
        ("hugo", '{{< button href="/x/" >}}Go{{< /button >}}', "[Go](/x/)"),
        ("hugo", '{{< tabs >}}{{< tab "One" >}}In one{{< /tab >}}{{< /tabs >}}', "**One**\n\nIn one"),
        ("hugo", "{{</* youtube x */>}}", "&#123;&#123;< youtube x >}}"),
        ("hugo", "Maths {{x}}", "Maths {{x}}"),
        ("jekyll", '{% include figure.html src="/a.png" alt="A" caption="C" %}', '![A](/a.png "C")'),
        ("jekyll", '{% include video id="abcdefghijk" provider="youtube" %}', "[youtube.com](https://www.youtube.com/watch?v=abcdefghijk){.embed}"),
        ("jekyll", "[x]({% link _posts/a.md %}) [y]({% post_url 2019-01-01-a %})", "[x](/_posts/a.md) [y](/_posts/2019-01-01-a)"),
        ("jekyll", "[x]({{ site.baseurl }}/a) [y]({{ '/b' | relative_url }})", "[x](/a) [y](/b)"),
        ("jekyll", "{{ page.title }}", "The title"),
        ("jekyll", "{% raw %}{{ x }}{% endraw %} `{% raw %}{{ y }}{% endraw %}`", "&#123;{ x }} `{{ y }}`"),
        ("jekyll", "{% highlight ruby linenos %}\nx\n{% endhighlight %}", "```ruby\nx\n```"),
        ("jekyll", "## Head\n{: #own .x}", "## Head {#own}"),
        ("jekyll", '[x](/a){:target="_blank"} ![p](/a.png){: .right}', "[x](/a) ![p](/a.png){: .right}"),
        ("jekyll", "{% if a %}One{% else %}Two{% endif %}", "OneTwo"),
        ("jekyll", '{% include odd.html content="Some long words." %}', "Some long words."),
        ("material", '=== "A"\n\n    In a.\n\n=== "B"\n\n    In b.', "**A**\n\nIn a.\n\n**B**\n\nIn b."),
        ("material", "++ctrl+c++ ==m== H~2~O x^2^", "<kbd>Ctrl</kbd>+<kbd>C</kbd> <mark>m</mark> H<sub>2</sub>O x<sup>2</sup>"),
        ("material", "C++ and D++, a == b, ~~gone~~, [^1] and [^2]", "C++ and D++, a == b, ~~gone~~, [^1] and [^2]"),
        ("material", '--8<-- "part.md"', "Included."),
        ("material", "> [!NOTE]\n> Mind.", "!!! note\n    Mind."),
        ("material", '`==x==` and\n\n```\n=== "T"\n```', '`==x==` and\n\n```\n=== "T"\n```'),
        ("pelican", "[x]({filename}a.md) [y](|static|b.png)", "[x](a.md) [y](b.png)"),
        ("zola", '{% quote(author="Ann") %}\nGo.\n{% end %}', "> Go.\n> — Ann"),
    ],
)  # fmt: skip
def test_what_we_have_too_is_converted(generator, text, wanted):
    found = convert(generator, text)
    assert found.text.strip() == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("import A from 'a';\n\nText.", "Text."),
        ("import hero from './h.png'\n\n<Image src={hero} alt=\"H\" />", "![H](./h.png)"),
        ('<Note type="tip">\nIn *it*.\n</Note>', "!!! tip\n    In *it*."),
        ("{/* never */}{frontmatter.title}", "The title"),
        ("A {list.map(one => <b>{one.name}</b>)} B", "A  B"),
        ("<Chart data={[{a: 1}]} client:load /> After", "After"),
        ("export const x = {\n  a: 1,\n};\n\nText", "Text"),
        ("## T {#a-b}\n\nA \\{b\\} c", "## T {#a-b}\n\nA \\{b\\} c"),
        ("## T {/* #a-b */}\n\nA\n\n{/* truncate */}\n\nB", "## T {#a-b}\n\nA\n\n<!-- more -->\n\nB"),
        ("<div className=\"a\" style={{color: 'red'}}>x</div>", '<div class="a">x</div>'),
    ],
)  # fmt: skip
def test_components_of_mdx_leave_their_content(text, wanted):
    assert convert("astro", text, is_mdx=True).text.strip() == wanted


@pytest.mark.parametrize(
    ("generator", "text", "visible", "hidden"),
    [
        ("hugo", "A {{< x >}} B {{< x >}}", "A  B", {"{{< x >}}": 2}),
        ("hugo", "{{< frame >}}In{{< /frame >}}", "In", {"{{< frame >}}": 1}),
        ("jekyll", "{% for p in site.posts %}{{ p.url }}{% endfor %}A", "A", {"{% for p in site.posts %}{{ p.url }}{% endfor %}": 1}),
        ("jekyll", "- TOC\n{:toc}\n\nA", "[TOC]\n\nA", {}),
        ("material", ':material-cog: A\n\n--8<-- "lost.md"', "A", {":material-cog:": 1, '--8<-- "lost.md"': 1}),
    ],
)  # fmt: skip
def test_what_we_do_not_have_is_hidden_and_counted(generator, text, visible, hidden):
    found = convert(generator, text)
    assert found.text.strip() == visible
    assert dict(found.hidden) == hidden


COMMENTS = {
    "jekyll": ("{% comment %}S{% endcomment %}", "{%- comment -%}\nS\n{%- endcomment -%}", "{% # S %}", "{# S #}", "{::comment}\nS\n{:/comment}",
               "{% comment %}{% comment %}a{% endcomment %}S{% endcomment %}", "{% for a in b %}{# S #}{% endfor %}"),
    "eleventy": ("{# S #}", "{#- S -#}", "{#\nS\n#}", "{# " + "S" * 9000 + " #}", "{{# S #}}"[1:-1], "{% comment %}S{% endcomment %}"),
    "pelican": ("{# S #}", "{% comment %}S{% endcomment %}"),
    "zola": ("{# S #}", "{#\n```\nS\n```\n#}"),
    "hugo": ("{{/* S */}}", "{{- /* S */ -}}", "{{/*\nS\n*/}}", "{{< comment >}}S{{< /comment >}}", "{{% comment %}}S{{% /comment %}}",
             "{{< comment >}}\n```\nS\n```\n{{< /comment >}}", "{{/* " + "S" * 9000 + " */}}"),
    "docusaurus": ("{/* S */}", "{/*\nS\n*/}", "{ /* S */ }"),
    "plain": ("{{/* S */}}", "{# S #}", "{/* S */}", "{% comment %}S{% endcomment %}"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("generator", "comment"), [(name, one) for name, found in COMMENTS.items() for one in found]
)
@pytest.mark.parametrize("around", ["A\n\n{}\n\nB", "A {} B", "- A\n- {}\n- B"])
def test_comments_leave_the_text_and_are_named(generator, comment, around):
    found = convert(generator, around.format(comment), is_mdx=generator == "docusaurus")
    assert "S" not in found.text + comment_of(found.hidden)
    assert "S" in "".join(found.comments)
    assert {"A", "B"} <= {*found.text.split()}


@pytest.mark.parametrize(
    ("generator", "text"),
    [("hugo", "{{</* comment */>}}"), ("jekyll", "`{# a #}`"), ("jekyll", "## A {#b}\n\nC #} D"), ("hugo", "```\n{{/* a */}}\n```")],
)  # fmt: skip
def test_what_was_shown_is_no_comment(generator, text):
    assert not convert(generator, text).comments


def test_hidden_marks_stay_in_one_comment_that_nothing_can_end():
    comment = comment_of({"{{< x -->": 1, "{% y %}": 2})
    assert comment == "<!-- Not shown here: {{< x - -&gt; · {% y %} -->\n"
    assert comment_of({}) == ""


def test_marks_close_the_latest_of_their_name_and_what_is_inside():
    shown = convert_foreign("{% a %}{% b %}1{% enda %}2{% endb %}3", "jekyll", {}, lambda _: "").text
    assert [text in shown for text in "123"] == [True] * 3


def test_marks_in_thousands_of_marks_lose_no_text():
    text = "{% a %}" * 3000 + "words" + "{% enda %}" * 3000
    assert "words" in convert_foreign(text, "jekyll", {}, lambda _: "").text
