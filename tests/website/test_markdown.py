"""Markdown alternates hold what the page shows of the file, and nothing else."""

import pytest
from selectolax.lexbor import LexborHTMLParser

BODY = """\
See [the other](b.md "Title"), [a draft](secret.md), [home](/), [site](https://a.example/x(y)) and [ref].

<!-- PRIVATE note -->
![Alt](a.jpg "Caption") and <a href="b.md">HTML</a>.

```
<!-- code --> [kept](b.md)
```

```gallery
![G](a.jpg) Ann
```

```collection
kind: news
```

[ref]: b.md
[gone]: secret.md
"""
FILES = {
    "news/a.md": f"---\ntitle: 'A \"title\"'\ndate: 2019-04-12\nsummary: Sum.\ninternal: PRIVATE key\naudience: [PRIVATE]\n---\n{BODY}",
    "news/b.md": "---\ntitle: B\ndate: 2019-04-13\n---\nText.\n",
    "news/secret.md": "---\ntitle: Secret\ndate: 2019-04-13\npublish: 2099-01-01\n---\nEMBARGO.\n",
    "events/e.md": "---\ntitle: E\nstart: 2019-05-01\n---\nText of E.\n",
    "events/off.md": "---\ntitle: Off\nstart: 2019-05-02\ncancelled: true\n---\nText.\n",
    "pages/about.md": "---\ntitle: About\n---\nText.\n",
    "programmes/p.md": "---\ntitle: P\n---\nText.\n",
}


@pytest.fixture(scope="module")
def site(make_site):
    return make_site(
        FILES,
        ("news/a.jpg",),
        markdown=True,
        strictness={"unpublished-link": "warning", "dead-link": "warning"},
    )


def test_a_cancelled_event_says_so(site):
    assert "\ncancelled: true\n---\n" in site.page("events/off/index.md")
    assert "cancelled" not in site.page("events/e/index.md")


def test_the_text_has_full_addresses_and_nothing_private(site):
    text = site.page("news/2019/a/index.md")
    assert text.startswith(
        '---\ntitle: "A “title”"\nurl: "https://x.eu/news/2019/a/"\nlang: "en"\ndate: "2019-04-12"\n---\n\n# A “title”\n\nSum.\n\nSee '
    )
    assert '[the other](https://x.eu/news/2019/b/ "Title"), a draft, [home](' in text
    assert "[ref]: https://x.eu/news/2019/b/" in text
    assert '<a href="https://x.eu/news/2019/b/">HTML</a>' in text
    assert '![Alt](https://x.eu/media/a.jpg "Caption")' in text
    assert "![G](https://x.eu/media/a.jpg) Ann" in text
    assert "<!-- code --> [kept](b.md)" in text
    for private in ("PRIVATE", "EMBARGO", "secret", "collection"):
        assert private not in text, private


def test_pages_name_it_and_nothing_else_has_one(site):
    paths = {path for path in site.outputs if path.endswith(".md")}
    assert paths == {
        "news/2019/a/index.md", "news/2019/b/index.md", "events/e/index.md", "events/off/index.md",
        "about/index.md",
    }  # fmt: skip
    for path in paths:
        head = LexborHTMLParser(site.page(path.replace(".md", ".html"))).css_first(
            "link[type='text/markdown']"
        )
        assert head.attributes["href"] == f"/{path}"
    assert "text/markdown" not in site.page("programmes/p/index.html")


def test_without_the_setting_there_is_none(make_site):
    site = make_site({"news/b.md": FILES["news/b.md"]})
    assert not [path for path in site.outputs if path.endswith(".md")]
    assert "text/markdown" not in site.page("news/2019/b/index.html")


@pytest.fixture(scope="module")
def alternate(make_site):
    def write(text):
        files = {
            "news/a.md": f"---\ntitle: A\ndate: 2019-04-12\n---\n{text}",
            "news/b.md": FILES["news/b.md"],
        }
        page = make_site(files, ("news/a.jpg", "news/b c.jpg"), markdown=True).page("news/2019/a/index.md")
        return page.partition("# A\n\n")[2]

    return write


COLLECTION, GALLERY = "```collection\nkind: news\n```", "```gallery\n![G](a.jpg)\n```"


@pytest.mark.parametrize("prefix", ["", "  ", "> ", "> > "])
@pytest.mark.parametrize(
    "block", [COLLECTION, COLLECTION.replace("```", "~~~~"), "{: .collection kind=news limit=5}"]
)
def test_a_collection_in_any_form_is_left_out(alternate, prefix, block):
    written = "".join(f"{prefix}{line}\n" for line in block.split("\n"))
    text = alternate(f"{prefix}Before.\n{prefix}\n{written}{prefix}\n{prefix}After.\n")
    assert [line.lstrip("> ") for line in text.split("\n") if line.strip("> ")] == ["Before.", "After."]


@pytest.mark.parametrize("prefix", ["", "  ", "> "])
@pytest.mark.parametrize("block", [COLLECTION, GALLERY, "{: .collection kind=news}"])
def test_a_block_that_is_shown_in_code_is_kept_as_it_is_written(alternate, prefix, block):
    code = "\n".join(prefix + line for line in f"````md\n{block}\n[x](b.md) <!-- kept -->\n````".split("\n"))
    assert f"{code.strip(' ')}\n" in alternate(f"{prefix}Text.\n{prefix}\n{code}\n\nEnd.")


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("![G](a.jpg)", "![G](https://x.eu/media/a.jpg)"),
        ('- ![G](a.jpg "Cap") © Ann', '![G](https://x.eu/media/a.jpg "Cap") © Ann'),
        ("a.jpg | A hall | Cap | Ann", '![A hall](https://x.eu/media/a.jpg "Cap") Ann'),
        (
            'a.jpg | A [big] hall | The "big" one',
            '![A \\[big\\] hall](https://x.eu/media/a.jpg "The \\"big\\" one")',
        ),
        ("b c.jpg | x", "![x](https://x.eu/media/b%20c.jpg)"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "> "])
def test_the_pictures_of_a_gallery_are_pictures_of_markdown(alternate, line, written, prefix):
    text = "\n".join(prefix + one for one in f"```gallery\n{line}\n{line}\n```".split("\n"))
    assert alternate(f"{prefix}Text.\n{prefix}\n{text}\n").count(f"{prefix}{written}\n") == 2


@pytest.mark.parametrize(
    "text",
    [
        "<!--\n```\nPRIVATE\n```\nPRIVATE\n-->",
        "> ```\n> code\n\n<!-- PRIVATE -->",
        "````\n```\n````\n<!-- PRIVATE -->",
    ],
)
def test_no_fence_shows_a_comment(alternate, text):
    assert "PRIVATE" not in alternate(f"Text.\n\n{text}\n\nEnd.")
    assert alternate(f"Text.\n\n{text}\n\nEnd.").endswith("End.\n")
