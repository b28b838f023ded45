"""The handbook is true: its commands are typed, its files are checked, its messages are said.

A fence says what is done with it: ``sh`` is typed, line by line, in a new site; ``markdown PATH`` is written
there; ``yaml KIND`` is the front matter of an item, and ``yaml site_config.yml`` a part of the settings. What
stands in ``text`` or ``powershell`` is for the reader's eyes.
"""

import re
import shlex
from pathlib import Path
from textwrap import dedent

import click
import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.config.reader import read_settings
from clusterpress.content.reader import read_item
from clusterpress.handbook.pages import PAGES
from clusterpress.values.kinds import FOLDERS, KINDS
from tests.sites.small_site import PICTURE_BYTES, Site

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^( *)```(\w+)(?: (\S+))?\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(clusterpress [^`\n]+)`")
BESIDE = ("README", "CONTRIBUTING", "SECURITY", "CHANGELOG", "CODE_OF_CONDUCT", "NOTICES")
"""Files of the repository that lie beside the handbook."""
TEXTS = {page.name: page.read() for page in PAGES} | {
    name.lower(): (ROOT / f"{name}.md").read_text(encoding="utf-8") for name in BESIDE
}
TEXTS["markdown"] = TEXTS["markdown"].partition("\n| Construct")[0]  # test_markdown_page.py tries the rest
MADE = {"front-matter", "settings"}
LANGUAGES = {"sh", "shell", "markdown", "yaml", "text", "powershell"}

SAID = (
    "--name Press --url https://press.example.eu --publisher Agency --contact press@example.eu "
    "--address 'Street 1, Linz' --newsletter Letter"
)


def fences(page, language):
    return [(name, dedent(text)) for _, kind, name, text in FENCE.findall(TEXTS[page]) if kind == language]


@pytest.mark.parametrize("page", TEXTS)
def test_every_fence_is_of_a_kind_that_is_tried(page):
    assert TEXTS[page].count("```") == 2 * len(FENCE.findall(TEXTS[page]))
    assert {kind for _, kind, _, _ in FENCE.findall(TEXTS[page])} <= LANGUAGES


PLACES = {
    **dict.fromkeys(TEXTS, ROOT / "generator/clusterpress/handbook/pages"),
    "staff": ROOT / "content",
    "themes": ROOT / "themes",
    **dict.fromkeys(map(str.lower, BESIDE), ROOT),
}
ELSEWHERE = {"staff.md": ROOT / "content/README.md", "themes.md": ROOT / "themes/README.md"}
"""Pages that lie elsewhere → their file."""


@pytest.mark.parametrize("page", TEXTS)
def test_every_link_leads_to_a_heading_or_a_file(page):
    prose = re.sub(r"`[^`]*`", "", FENCE.sub("", TEXTS[page]))
    headings = headings_of(TEXTS[page])
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if target.startswith("#"):
            assert target.removeprefix("#") in headings
        elif "://" not in target:
            path, _, anchored = target.partition("#")
            file = ELSEWHERE.get(path, PLACES[page] / path)
            assert file.exists(), f"{page}: {target}"
            assert not anchored or anchored in headings_of(file.read_text("utf-8")), f"{page}: {target}"


def headings_of(text):
    return {anchor(words) for words in re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)}


def anchor(heading):
    """Return the anchor that Git hosts give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def typed(page):
    """Return the commands of a page: those in fences, and those within sentences and tables."""
    lines = [line.strip() for _, text in fences(page, "sh") for line in text.splitlines()]
    return [line for line in (*lines, *INLINE.findall(TEXTS[page])) if line.startswith("clusterpress ")]


@pytest.mark.parametrize(
    ("page", "line"), [(page, line) for page in TEXTS for line in dict.fromkeys(typed(page))]
)
def test_every_command_that_is_named_exists_with_its_options(page, line):
    words = shlex.split(line.partition("#")[0])[1:]
    command, context = main, click.Context(main, info_name="clusterpress", **main.context_settings)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name = words.pop(0)
        found = command.get_command(context, name)
        assert found, f"{page}: there is no command {name!r}: {line}"
        context = click.Context(found, info_name=name, parent=context)
        command = found
    try:
        command.make_parser(context).parse_args(words) if hasattr(command, "make_parser") else None
    except click.NoSuchOption as fault:
        pytest.fail(f"{page}: {line}: {fault.format_message()}")


@pytest.mark.parametrize("page", TEXTS)
def test_every_target_of_make_that_is_named_exists(page):
    named = re.findall(r"(?:`|^)make ([a-z][\w-]*)", TEXTS[page], re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {*named} <= {*re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE)}
    assert page != "contributing" or len({*named}) > 5


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(line, extra=""):
    result = CliRunner().invoke(main, [*shlex.split(line)[1:], *shlex.split(extra)])
    assert result.exception is None or isinstance(result.exception, SystemExit), (line, result.exception)
    assert result.exit_code == 0, f"{line}\n{result.output}"


def type_in(page, monkeypatch, *, left_out=()):
    """Type every command of a page's fences in turn, and write its files."""
    for _, kind, name, text in FENCE.findall(TEXTS[page]):
        if kind == "markdown":
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(dedent(text), encoding="utf-8")
        for line in dedent(text).splitlines() if kind == "sh" else ():
            if line.startswith("cd "):
                monkeypatch.chdir(line.removeprefix("cd "))
            elif not line.startswith(left_out or ("\0",)):
                run(line, SAID if "new site" in line else "")


def settle(root):
    """Do what a reader does with REPLACE THIS: write something else."""
    for path in (root / "content").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        if path.name != "README.md":
            path.write_text(text.replace("REPLACE THIS: ", "").replace("REPLACE THIS", ""), encoding="utf-8")


@pytest.mark.slow
def test_the_staff_page_leads_from_nothing_to_a_published_site(folder, monkeypatch):
    published = "clusterpress publish"
    type_in("staff", monkeypatch, left_out=(published, "clusterpress log"))
    root = folder / "press"
    settle(root)
    config = root / "site_config.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("../press-published", "../live"), encoding="utf-8"
    )
    for _, text in fences("staff", "sh"):
        for line in text.splitlines():
            if line.startswith((published, "clusterpress log")):
                run(line)
    run("clusterpress check")
    assert "The forum is open" in (folder / "live/news/index.html").read_text(encoding="utf-8")
    assert (root / "report.csv").read_text(encoding="utf-8").splitlines()[1:], "the log has something to tell"
    assert (folder / "live/newsletters/letter/2/index.html").is_file()
    assert "First forum" in (folder / "live/events/index.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    ["migration", "themes", "trust", "engine", *(page.name for page in PAGES if page.group == "tasks")],
)
def test_the_other_pages_can_be_typed_in_a_new_site(folder, monkeypatch, page):
    run("clusterpress new site press", SAID)
    monkeypatch.chdir("press")
    type_in(page, monkeypatch)
    settle(folder / "press")
    for name, text in fences(page, "yaml"):
        if name == "site_config.yml" and page not in ("migration", "translate"):
            with Path(name).open("a", encoding="utf-8") as file:
                file.write(text)
    run("clusterpress build")


@pytest.mark.parametrize(
    ("page", "name", "text"), [(page, *fence) for page in TEXTS for fence in fences(page, "yaml")]
)
def test_pieces_of_front_matter_and_settings_are_right(page, name, text):
    if name == "site_config.yml":
        own = "".join(f"{key}: {word}\n" for key, word in (("name", "X"), ("url", "https://x.eu/")))
        settings, problems = read_settings(own + text)
        assert settings is not None, problems
        assert problems == []
        return
    assert name in KINDS, f"{page}: a fence of yaml says what it is part of"
    settings, _ = read_settings("name: X\nurl: https://x.eu/\nnewsletters: {l: {name: L}}\n")
    assert settings
    needed = {"news": "date: 2026-11-22\n", "issue": "newsletter: l\nnumber: 1\ndate: 2026-11-22\n"}.get(
        name, ""
    )
    place = next(place for place, kind in FOLDERS.items() if kind == name)
    source = f"---\ntitle: X\n{needed}{text}---\n"
    item, problems = read_item(source.encode(), f"content/{place}/x.md", settings)
    assert item is not None, problems
    assert problems == []


@pytest.mark.parametrize(
    ("page", "name", "text"), [(page, *fence) for page in TEXTS for fence in fences(page, "markdown")]
)
def test_whole_files_are_right(page, name, text):
    settings, _ = read_settings("name: X\nurl: https://x.eu/\n")
    assert settings
    item, problems = read_item(text.encode(), name, settings)
    assert item is not None, f"{page}: {problems}"
    assert problems == []


EXPLAINED = TEXTS["staff"].partition("## Error messages")[2].partition("\n## ")[0]
MESSAGES = re.findall(r"^\| `(.+?)` \| ", EXPLAINED, re.MULTILINE)
CONFIG = "name: X\nurl: https://x.eu/\nnewsletters: {l: {name: L}}\n"
WRONG = {
    "content/news/a.md": "---\ntitle: A\ndate: 2021-01-01\nsumary: S\nprogramme: Nxt\nimage: {src: dot.png}\n---\n"
    "See [here](../pages/about.md) and [QOOT](../clusters/qot.md). ![Hall](hall.jpg)\n\n"
    "[Draft](draft.md) and [old](/old/page/).\n",
    "content/news/draft.md": "---\ntitle: D\ndraft: true\ndate: 2021-01-01\n---\nText\n",
    "content/news/dot.png": PICTURE_BYTES,
    "content/news/b.md": "---\ntitle: B\ndate: 2021-01-01\n---\nREPLACE THIS: the text\n",
    "content/newsletters/l/1.md": "---\ntitle: L\nnewsletter: l\nnumber: 1\ndate: 2021-01-01\n"
    "sections: [{title: Events, layout: events, where: {kind: event}}]\n---\nDear readers\n",
    "content/pages/about.md": "---\ntitle: About\n---\nText with عدة كلمات عربية in it.\n",
    "content/programmes/pale.md": '---\ntitle: Pale\ncolour: "#F5C242"\n---\nText\n',
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """All that is said about a site in which everything is wrong, and about the examples of wrong files."""
    site = Site(tmp_path_factory.mktemp("wrong"), WRONG)
    site.write("site_config.yml", CONFIG)
    examples = [
        path.read_text(encoding="utf-8") for path in (ROOT / "tests/examples").rglob("*.problems.txt")
    ]
    sources = (ROOT / "generator/clusterpress/pipeline/cache/store.py").read_text(encoding="utf-8")
    return "\n".join([*site.check(), *examples, sources])


def test_there_are_messages_to_explain():
    assert len(MESSAGES) >= 12


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_that_is_explained_is_one_that_is_said(message, told):
    assert re.search(re.escape(message).replace("…", ".+"), told)
