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
    assert paths == {"news/2019/a/index.md", "news/2019/b/index.md", "events/e/index.md", "about/index.md"}
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
