"""Markdown trees of five other tools come over whole, build, and come over only once."""

import pytest

from clusterpress.importing.records import ImportStatus
from clusterpress.importing.sources.layouts.registry import GENERATORS, detect_generator
from clusterpress.importing.sources.markdown_trees import read_tree
from clusterpress.importing.write import Attachments
from tests.importing.foreign_trees import TREES
from tests.importing.project import Project, check_counts


@pytest.fixture(params=TREES)
def tool(request):
    return request.param


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "site")


def bring(project, name, **options):
    files = {
        path: text if isinstance(text, bytes) else text.encode() for path, text in TREES[name]()[0].items()
    }
    names = sorted(files)
    export = read_tree(names, files.__getitem__, GENERATORS[name], name, project.settings)
    return project.bring(export, Attachments(names=names, read=files.__getitem__, is_tree=True), **options)


def test_the_tool_is_found_out(tool):
    assert detect_generator(TREES[tool]()[0]).name == tool


def test_the_whole_tree_comes_over_and_builds(project, tool):
    files, expected = TREES[tool]()
    report = bring(project, tool)
    assert len(files) >= 30
    check_counts(report, expected)
    assert {outcome.status for outcome in report.outcomes} == {ImportStatus.NEW}
    project.built_with_everything()
    published = "".join(
        text.decode("utf-8", "replace") for path, text in project.output().items() if path.endswith(".html")
    )
    for n in range(1, 19):
        assert f"Text {n}." in published


def test_every_file_is_taken_left_out_or_used(project, tool):
    files, _ = TREES[tool]()
    report = bring(project, tool)
    taken = {outcome.place for outcome in report.outcomes}
    named = {left.place for left in report.skipped if left.what != "other files"}
    unused = sum(left.count for left in report.skipped if left.what == "other files")
    assert len([path for path in files if path not in taken | named]) == unused + len(report.copied)


def test_a_second_run_has_nothing_to_do(project, tool):
    bring(project, tool)
    before = project.files()
    assert bring(project, tool).is_idle
    assert project.files() == before


def test_a_second_run_has_nothing_to_do_even_when_the_memory_is_lost(project, tool):
    bring(project, tool)
    before = {path: text for path, text in project.files().items() if path.startswith("content/")}
    (project.root / ".clusterpress/imported.json").unlink()
    second = bring(project, tool)
    assert second.is_idle
    assert {path: text for path, text in project.files().items() if path.startswith("content/")} == before


@pytest.mark.parametrize(
    ("name", "path", "wanted"),
    [
        ("hugo", "content/news/2019/first.md", "date: 2019-06-15 10:20+02:00\n"),
        ("hugo", "content/news/2019/first.md", "programme: [the-next-society]\n"),
        ("hugo", "content/news/2019/first.md", "cluster: [qoot]\n"),
        ("hugo", "content/news/2019/first.md", "summary: Short.\n"),
        ("hugo", "content/news/2019/first.md", "updated: 2019-07-01\n"),
        ("hugo", "content/news/2019/first.md", "mood: sunny\n"),
        ("hugo", "content/news/2019/first.md", "image:\n  src: /img/hall.png\n  alt: Hall\n"),
        ("hugo", "content/news/2019/first.md", "aliases: [/posts/first/, /old/first/, /posts/second-old]\n"),
        (
            "hugo",
            "content/news/2019/first.md",
            "[second](second.md) and [it](second.md) and [heading](second.md#the-heading)",
        ),
        ("hugo", "content/news/2019/first.md", '![Hall](/img/hall.png "The &quot;hall&quot;")'),
        ("hugo", "content/news/2019/first.md", "(https://www.youtube.com/watch?v=abc123)"),
        ("hugo", "content/news/2019/first.md", "!!! tip\n    Take care\n"),
        ("hugo", "content/news/2019/first.md", "```go\n{{< figure src=x >}}\n```"),
        ("hugo", "content/news/2019/second.md", "summary: The beginning.\n"),
        ("hugo", "content/news/2019/second.md", "Rest. Lost dead\n"),
        ("hugo", "content/news/2019/third.md", 'title: "Third: a JSON head"\n'),
        ("hugo", "content/news/2019/bundle/index.fr.md", "![Ici](pic.png)"),
        ("hugo", "content/news/2018/dated-name.md", "date: 2018-02-03\n"),
        ("hugo", "content/news/2019/no-title.md", "title: An item without a title\n"),
        ("hugo", "content/news/undated/no-date.md", "draft: true\n"),
        ("hugo", "content/news/2030/future.md", "publish: 2030-01-01\n"),
        ("hugo", "content/news/2019/one-name-2.md", "title: Same\n"),
        ("hugo", "content/pages/about.md", "[First](../news/2019/first.md)"),
        ("jekyll", "content/news/2019/first.md", "aliases: [/food/2019/06/15/first.html, /old-first/]\n"),
        ("jekyll", "content/news/2019/first.md", "```python\nprint('{{ x }}')\n```"),
        ("jekyll", "content/news/2019/first.md", '![Hall](/assets/hall.png "The hall")'),
        ("jekyll", "content/news/2019/first.md", "Second [About](../../pages/about.md)"),
        ("jekyll", "content/news/2019/first.md", "{% for post in site.posts %}"),
        ("jekyll", "content/news/2019/second.md", "draft: true\n"),
        ("jekyll", "content/news/2019/third.md", "An **HTML** post & more. [First](first.md)"),
        ("jekyll", "content/news/2019/no-head.md", "title: No front matter at all\n"),
        ("jekyll", "content/news/undated/idea.md", "draft: true\n"),
        ("pelican", "content/news/2019/first.md", "author: [Ann Example, Bob Example]\n"),
        ("pelican", "content/news/2019/first.md", "summary: Short and continued.\n"),
        ("pelican", "content/news/2019/first.md", "Second ![Hall](/images/hall.png) [Doc](/files/a.pdf)"),
        ("pelican", "content/news/2019/first.md", "[Page](../../pages/about.md)"),
        ("pelican", "content/news/2019/first.fr.md", "title: Premier\n"),
        ("pelican", "content/news/2019/odd.md", 'title: "Odd: a title with a colon"\n'),
        ("pelican", "content/news/undated/ambiguous.md", "date: 1990-01-01\n"),
        ("pelican", "content/news/2019/latin1.md", "title: Café\n"),
        ("material", "content/news/2019/first.md", "author: [ann]\n"),
        ("material", "content/news/2019/first.md", "pinned: true\n"),
        ("material", "content/news/2019/first.md", "title: First\n"),
        ("material", "content/news/2019/first.md", "summary: The lead.\n"),
        ("material", "content/news/2019/first.md", "{label: About, url: ../../pages/about.md}"),
        ("material", "content/news/2019/first.md", "![Hall](/img/hall.png){ width=300 }"),
        ("material", "content/news/2019/first.md", "[Setup](../../pages/guide/setup.md)"),
        ("material", "content/authors/ann.md", "title: Ann Example\n"),
        ("material", "content/pages/guide/setup.md", "path: /guide/setup/\n"),
        ("zola", "content/news/2019/first.md", "aliases: [/blog/first/, /old/first, /older/]\n"),
        ("zola", "content/news/2019/first.md", "[Second](second.md#part)"),
        ("zola", "content/news/2019/first.md", '![Hall](/img/hall.png "A hall")'),
        ("zola", "content/news/2019/first.md", "programme: [the-next-society]\n"),
        ("zola", "content/news/2019/first.md", "mood: sunny\n"),
        ("zola", "content/news/undated/broken.md", "The head is no TOML."),
        ("zola", "content/pages/about.md", "title: About\n"),
    ],
)
def test_oddities_have_their_place(project, name, path, wanted):
    bring(project, name)
    assert wanted in project.read(path, ".")


def test_what_has_no_meaning_is_reported_with_its_line(project):
    report = bring(project, "hugo")
    first = project.read("content/news/2019/first.md", ".").splitlines()
    said = {
        warning.message: warning.line
        for warning in report.warnings
        if warning.path == "content/news/2019/first.md"
    }
    assert first[said['the key "mood" is unknown here'] - 1] == "mood: sunny"
    counter = next((message, line) for message, line in said.items() if "counter" in message)
    assert counter[0].startswith("content/posts/first.md, line 23: {{< counter id=3 >}}")
    assert first[counter[1] - 1] == "<!-- Not shown here: {{< counter id=3 &gt;}} -->"
    left = {one.what: one for one in report.skipped}
    assert left['the key "weight"'].count == 1
    assert "convert it first" in left["org.org"].why
    assert "_index.md" in left


def test_keys_can_be_mapped_and_dropped(project):
    text = {
        "content/posts/a.md": b"---\ntitle: A\ndate: 2019-01-01\nteaser: Short.\nlegacy: 5\nland: [Lebanon]\n---\nText.\n"
    }
    mapped = {"teaser": "summary", "legacy": "drop", "land": "countries"}
    export = read_tree(list(text), text.__getitem__, GENERATORS["plain"], "x", project.settings, mapped)
    report = project.bring(export, mapped=mapped)
    assert project.read("content/news/2019/a.md", ".") == (
        "---\ntitle: A\ndate: 2019-01-01\nsummary: Short.\ncountries: [Lebanon]\n---\nText.\n"
    )
    assert not report.warnings
