"""Nothing that a tree may contain ends an import: each fault is a line of the report that names the file."""

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.cli.commands import main
from clusterpress.config.settings import Settings
from clusterpress.importing.sources.layouts.registry import GENERATORS
from clusterpress.importing.sources.markdown_trees import read_tree
from clusterpress.values.problems import errors
from tests.importing.project import Project
from tests.importing.test_new_sites import NOW

HEADS = [
    "title: [a, {b: null}]", "title: null", "title: {a: b}", "date: 2019-99-99", "date: [1, 2]", "date: {created: {x: 1}}",
    "date: ''", "tags: {a: 1}", "tags: [[a, [b]], null, 3]", "tags: 5", "image: [null]", "image: {src: {a: b}}",
    "image: 'https://lab.example.eu]'", "author: {name: null}", "authors: [[x], {y: {z: 1}}, null]",
    "aliases: {a: [b]}", "aliases: [null, 'https://x]/y', '/../..', ' ']", "url: 'http://[::1'", "slug: []", "slug: ///",
    "slug: {a: b}", "lang: [en, fr]", "lang: xx-klingon", "draft: perhaps", "draft: [true]", "pinned: {a: b}",
    "links: [1, null, {a: null}, {url: 'http://]'}, [x]]", "links: x", "updated: soon", "expires: never",
    "expiryDate: 0000-00-00", "publishDate: '2019-13-45'", "translationKey: [a]", "weight: .inf", "layout: {x: y}",
    "categories: null", "permalink: ':nothing/{{ x'", "permalink: [a]", "summary: [a, b]", "id: [x]", "start: [a]",
    "cover: {image: [1]}", "params: 3", "extra: [a]", "taxonomies: x", "build: yes", "status: [a]", "type: {a: b}",
    "title: &a [*a]", "series: 12", "programme: [ , ]", "event: {x: y}", "names: {a: b}", "number: many",
]  # fmt: skip
BODIES = [
    "[x](https://lab.example.eu])", "![x](http://[)", "<a href='http://]'>x</a>", "<img src='http://[x'>",
    "[a]: http://]\n\n[a]", "{{< figure", "{% raw", "{{", "}}", "{% endfor %}{% for %}", "{{< / >}}", "{{<>}}", "{%%}",
    '=== "\n', "{: }", "{:/}{::}", "```\nopen", "<!-- open", "[[", "]] |", "import x\nexport", "<A b={{{{ />", "\x01\x0b\x7f",
    "[a](<b>)", "{{< ref >}}", "{% include %}", "{% post_url %}", "{% link %}", "++ ++", "==  ==", "\u2028 \ufeff",
    "{{< highlight", "{% highlight %}x", "[x](//)", "[x](mailto:)", "[x](tel:)", "[x](javascript:alert(1))",
    "[x](../../../../../../etc/passwd)", "[x](#)", "[x](?)", "![](.)", "![](/)", "![](..)", "{{< youtube >}}", '{{< x "',
]  # fmt: skip
CONFIGS = {
    "hugo": ("hugo.toml", ["[languages]\nfr = 3\n", "permalinks = 5\n", "[permalinks]\nposts = 3\n", "languages = []\n", "[broken"]),
    "jekyll": ("_config.yml", ["collections: 5\n", "defaults: [1, {scope: x}, {values: 3}]\n", "permalink: [a]\n", "a: [\n", "languages: {a: b}\n"]),
    "pelican": ("pelicanconf.py", ["PATH = 3\n", "ARTICLE_URL = None\n", "def f(:\n", "ARTICLE_PATHS = {1: 2}\n", "STATIC_PATHS = 7\n"]),
    "material": ("mkdocs.yml", ["plugins: 5\n", "plugins: [{blog: [a]}]\n", "theme: [a]\n", "a: {\n", "plugins: {redirects: {redirect_maps: [1]}}\n"]),
    "astro": ("astro.config.mjs", ["export default 3", "locales: [", "redirects: {", "site: ''", "\x00"]),
    "eleventy": (".eleventy.js", ["module.exports", "input: ''", "addPassthroughCopy(", "{", "\x00"]),
}  # fmt: skip
FOLDERS = (
    "content/posts",
    "content/en/posts",
    "_posts",
    "docs/blog/posts",
    "src/content/blog",
    "src/posts",
    "posts",
    "_events",
    "_people",
)


def imported(project, files, name):
    files = {
        path: text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        for path, text in files.items()
    }
    export = read_tree(sorted(files), files.__getitem__, GENERATORS[name], "old", project.settings)
    return project.bring(export)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return Project(tmp_path_factory.mktemp("damaged") / "site")


@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_odd_values_and_texts_come_over_and_pass_the_check(tmp_path, name):
    project = Project(tmp_path / "site")
    project.write(
        "site_config.yml",
        "name: Small site\nurl: https://example.eu/\nlanguages: [en, fr, ar]\nsearch: false\n",
    )
    files = {}
    for number, head in enumerate(HEADS):
        folder = FOLDERS[number % len(FOLDERS)]
        files[f"{folder}/2019-01-0{number % 9 + 1}-head-{number}.md"] = f"---\n{head}\n---\nWords {number}.\n"
        files[f"{folder}/head-{number}.md"] = (
            f"---\ntitle: T{number}\ndate: 2019-01-01\n{head}\n---\nWords {number}.\n"
        )
    for number, body in enumerate(BODIES):
        folder = FOLDERS[number % len(FOLDERS)]
        files[
            f"{folder}/2019-02-0{number % 9 + 1}-body-{number}.mdx"
            if number % 3
            else f"{folder}/2019-02-01-body-{number}.md"
        ] = f"---\ntitle: B{number}\ndate: 2019-02-02\n---\nFirst {number}.\n\n{body}\n\nLast {number}.\n"
    imported(project, files, name)
    assert [str(one) for one in errors(project.build(now=NOW).problems)] == []


@pytest.mark.parametrize("name", sorted(CONFIGS))
def test_unreadable_settings_are_named_and_ignored(project, name):
    path, texts = CONFIGS[name]
    for number, text in enumerate(texts):
        post = f"---\ntitle: C{number}\ndate: 2019-02-02\n---\nWords.\n"
        places = (
            "content/posts/a.md",
            "_posts/2019-02-02-a.md",
            "docs/blog/posts/a.md",
            "src/content/blog/a.md",
            "posts/a.md",
        )
        report = imported(project, {path: text, **dict.fromkeys(places, post)}, name)
        assert report.outcomes


_TEXT = st.text(st.characters(codec="utf-8"), max_size=120)


@given(
    head=st.one_of(_TEXT, st.lists(st.sampled_from(HEADS), max_size=4).map("\n".join)),
    body=st.lists(st.one_of(_TEXT, st.sampled_from(BODIES)), max_size=5).map("\n\n".join),
    fence=st.sampled_from(["---", "+++", "", "---json", "— --"]),
    name=st.sampled_from(sorted(GENERATORS)),
    ending=st.sampled_from([".md", ".mdx", ".html", ".markdown"]),
)
def test_no_text_ends_an_import(head, body, fence, name, ending):
    settings = Settings(name="x", url="https://example.eu/", languages=("en", "fr"))
    text = f"{fence}\n{head}\n{fence[:3]}\n{body}\n".encode()
    files = {f"{folder}/2019-01-01-x{ending}": text for folder in FOLDERS}
    export = read_tree(sorted(files), files.__getitem__, GENERATORS[name], "old", settings)
    placed = {one.place for one in export.records} | {one.place for one in export.skipped}
    assert {path for path in files if ending != ".html"} <= placed


@given(raw=st.binary(max_size=300), name=st.sampled_from(sorted(GENERATORS)))
def test_no_bytes_end_an_import(raw, name):
    settings = Settings(name="x", url="https://example.eu/")
    texts = {f"{folder}/x.md" for folder in FOLDERS}
    files = dict.fromkeys(sorted(texts), raw) | dict.fromkeys((config for config, _ in CONFIGS.values()), raw)
    files |= dict.fromkeys(
        ("_data/authors.yml", "_data/people.json", "src/posts/posts.json", "src/content/authors/a.json"), raw
    )
    export = read_tree(sorted(files), files.__getitem__, GENERATORS[name], "old", settings)
    assert texts <= {one.place for one in (*export.records, *export.skipped)}


def test_files_that_cannot_be_read_are_named(tmp_path):
    project = Project(tmp_path / "site")
    old = tmp_path / "old"
    (old / "content/posts").mkdir(parents=True)
    (old / "hugo.toml").write_text("title = 'x'\n")
    (old / "content/posts/good.md").write_text(
        "---\ntitle: Good\ndate: 2019-01-01\n---\n![x](lost.png) ![y](gone.png)\n"
    )
    (old / "content/posts/broken.md").symlink_to("nowhere.md")
    (old / "content/posts/gone.png").symlink_to("nowhere.png")
    (old / "content/posts/loop").symlink_to(old / "content")
    (old / "content/posts/folder.md").mkdir()
    (old / "content/posts/huge.md").write_bytes(b"---\ntitle: x\n---\n" + b"word " * 1_200_000)
    (old / "content/posts/binary.md").write_bytes(bytes(range(256)) * 50)
    result = CliRunner().invoke(
        main, ["--project", str(project.root), "import", "markdown", str(old), "--verbose"]
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    said = result.output
    assert 'content/posts/broken.md:1:1: warning: the link leads to "nowhere.md"' in said
    assert "huge.md:1: left out: huge.md: it has 6 MB" in said
    assert "binary.md:1: left out: binary.md: it is not a text" in said
    assert 'content/posts/gone.png:1:1: warning: the link leads to "nowhere.png"' in said
    assert (project.root / "content/news/2019/good.md").exists()
