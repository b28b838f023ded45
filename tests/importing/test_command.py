"""``clusterpress import`` as people type it: words, exit codes, and counts that add up."""

import os
import re

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterpress.cli.commands import main
from clusterpress.importing.sources.wordpress import read_wordpress
from tests.importing import wordpress_export
from tests.importing.foreign_trees import TREES
from tests.importing.project import Project, folder_of, picture
from tests.importing.test_drupal import build as drupal_export
from tests.importing.test_feeds import rss


@pytest.fixture
def project(tmp_path):
    made = Project(tmp_path / "site")
    (tmp_path / "export.xml").write_text(wordpress_export.build(), encoding="utf-8")
    (tmp_path / "nodes.json").write_bytes(drupal_export())
    (tmp_path / "feed.xml").write_bytes(rss(3))
    folder_of(
        tmp_path / "uploads", {"2019/06/hall.jpg": picture(), "2019/07/map.png": picture("blue", "PNG")}
    )
    files, _ = TREES["hugo"]()
    folder_of(
        tmp_path / "old", {path: t if isinstance(t, bytes) else t.encode() for path, t in files.items()}
    )
    return made


def run(project, *words):
    result = CliRunner().invoke(main, ["--project", str(project.root), "import", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


SUMMARY = re.compile(
    r"(\S+): (nothing to do: |would import: )?(\d+) items \((.*)\), (\d+) files? copied, (\d+) doubtful, (\d+) left out"
)


@pytest.mark.parametrize(
    "words",
    [
        ("wordpress", "export.xml", "--media", "uploads"),
        ("drupal", "nodes.json"),
        ("feed", "feed.xml"),
        ("markdown", "old"),
        ("markdown", "old", "--from", "hugo"),
    ],
)
def test_an_import_reports_what_it_took_and_then_has_nothing_to_do(project, tmp_path, words):
    words = [tmp_path / word if (tmp_path / word).exists() else word for word in words]
    dry = run(project, *words, "--dry-run")
    assert SUMMARY.match(dry.stdout)[2] == "would import: "
    first, second = run(project, *words), run(project, *words)
    assert (first.exit_code, second.exit_code) == (0, 0)
    found = SUMMARY.match(first.stdout)
    assert int(found[3]) == sum(int(number) for number in re.findall(r"\d+", found[4]))
    assert dry.stdout.replace("would import: ", "") == first.stdout
    assert SUMMARY.match(second.stdout)[2] == "nothing to do: "
    checked = CliRunner().invoke(main, ["--project", str(project.root), "check", "--now", "2031-01-01"])
    assert " error: " not in checked.output


def test_what_is_left_out_is_printed_with_its_place(project, tmp_path):
    result = run(project, "wordpress", tmp_path / "export.xml", "--dry-run")
    assert re.search(
        r'^export.xml:\d+: left out: post "Rubbish": it was in the trash$', result.stderr, re.MULTILINE
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("wordpress", "old/hugo.toml"), 1, "hugo.toml:1:1: error: this is not XML"),
        (("drupal", "feed.xml"), 1, "feed.xml:1:1: error: this is not JSON"),
        (("feed", "gone.xml"), 2, "cannot be read"),
        (("feed", "feed.xml", "--into", "content/blog"), 2, "is not a folder for news"),
        (("feed", "feed.xml", "--map", "tags"), 2, "is not a pair"),
        (("wordpress", "export.xml", "--also", "project:sculpture"), 2, "cannot be imported"),
    ],
)
def test_wrong_words_and_files_are_answered_in_plain_words(project, tmp_path, words, code, said):
    words = [tmp_path / word if "." in word else word for word in words]
    result = run(project, *words)
    assert result.exit_code == code
    assert said in result.stderr


_ITEMS = st.lists(
    st.builds(
        dict,
        type=st.sampled_from(["post", "page", "attachment", "revision", "project"]),
        status=st.sampled_from(["publish", "draft", "trash", "private", "future", "auto-draft"]),
        title=st.sampled_from(["", "Same", "T"]),
        slug=st.sampled_from(["", "same", "a/b", "news"]),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_ITEMS)
def test_every_record_has_one_fate(project, items):
    text = "".join(
        wordpress_export.item(number, content="<p>x</p>", **item) for number, item in enumerate(items, 1)
    )
    export = read_wordpress((wordpress_export.HEAD + text + wordpress_export.TAIL).encode(), "x.xml")
    report = project.bring(export, is_dry=True)
    items_taken = [outcome for outcome in report.outcomes if not outcome.path.startswith("content/authors/")]
    assert len(items_taken) + sum(left.count for left in report.skipped) == len(items)
    assert len({outcome.path.casefold() for outcome in report.outcomes}) == len(report.outcomes)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
def test_links_out_of_the_old_site_and_pipes_are_named_and_not_read(project, tmp_path):
    (tmp_path / "secret.md").write_text("---\ntitle: Secret\ndate: 2021-01-01\n---\nHidden.\n", "utf-8")
    posts = tmp_path / "old/content/posts"
    posts.mkdir(parents=True, exist_ok=True)
    (posts / "leak.md").symlink_to(tmp_path / "secret.md")
    (posts / "gone.md").symlink_to("nowhere.md")
    os.mkfifo(posts / "pipe.md")
    result = run(project, "markdown", tmp_path / "old", "--from", "hugo")
    for name in ("leak.md", "gone.md", "pipe.md"):
        assert f"content/posts/{name}" in result.stderr
    assert not any("Hidden." in file.read_text("utf-8") for file in project.root.rglob("*.md"))
