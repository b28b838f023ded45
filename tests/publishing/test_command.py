"""``clusterpress publish`` as people type it."""

import re
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.publishing.hosting import MANIFEST
from tests.publishing.announcing.stand_ins import Service, serving
from tests.publishing.make import MemoryTarget, as_files, broken_links, send, tree
from tests.sites.small_site import CONFIG, Site

pytestmark = pytest.mark.slow
DRAFT = "---\ntitle: Secret\ndate: 2021-01-01\ndraft: true\n---\nNot yet.\n"


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "project")
    target(site, "live: {type: folder, path: ../live}")
    return site


def target(site, *lines):
    site.write(
        "site_config.yml", CONFIG.format(sub="") + "publish:\n" + "".join(f"  {line}\n" for line in lines)
    )


def run(site, *words):
    result = CliRunner().invoke(main, ["--project", str(site.root), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def live(site):
    content = tree(site.root.parent / "live")
    content.pop(MANIFEST, None)
    headers = content.pop("_headers", b"")  # made for the target, not by the build
    assert not content or headers.startswith(b"/media/*\n  Cache-Control: ")
    return content


def built(site):
    return {path: raw for path, raw in site.output().items() if path != ".clusterpress"}


def test_publishing_builds_uploads_what_changed_and_says_so(site):
    first = run(site, "publish", "--to", "live")
    assert first.exit_code == 0
    assert re.search(r"^live \(.*/live\): \d+ new \(\d+\.\d s\)$", first.stdout.strip().splitlines()[-1])
    assert live(site) == built(site)
    assert broken_links(live(site)) == []
    site.write("content/news/five.md", "---\ntitle: Five\ndate: 2021-12-01\n---\nFifth.\n")
    second = run(site, "publish")
    assert re.search(r": \d+ new, \d+ changed, \d+ gone, \d+ unchanged \(", second.stdout)
    assert live(site) == built(site)
    assert "nothing to do" in run(site, "publish").stdout


def test_a_dry_run_lists_and_sends_nothing(site):
    run(site, "publish")
    before = tree(site.root.parent / "live")
    site.write("content/news/five.md", "---\ntitle: Five\ndate: 2021-12-01\n---\nFifth.\n")
    site.remove("content/static/robots-note.txt")
    told = run(site, "publish", "--dry-run").stdout
    assert "new      news/2021/five/index.html\n" in told
    assert "changed  index.html\n" in told
    assert "gone     robots-note.txt\n" in told
    assert re.search(r", \d+ gone, \d+ unchanged \(\d+\.\d s\); nothing was uploaded$", told.strip())
    assert tree(site.root.parent / "live") == before


def test_a_dry_run_does_not_even_make_the_folder(site):
    run(site, "publish", "--dry-run")
    assert not (site.root.parent / "live").exists()


def test_a_preview_is_never_published(site):
    site.write("content/news/secret.md", DRAFT)
    assert run(site, "build", "--drafts").exit_code == 0
    assert "news/2021/secret/index.html" in site.output()
    assert run(site, "publish").exit_code == 0
    assert not [path for path, raw in live(site).items() if b"Secret" in raw or "secret" in path]
    assert run(site, "publish", "--drafts").exit_code == 2


def test_faults_in_the_sources_stop_it(site):
    run(site, "publish")
    before = live(site)
    site.write("content/news/bad.md", "---\ntitle: Bad\n---\n")
    result = run(site, "publish")
    assert result.exit_code == 1
    assert "content/news/bad.md:" in result.output
    assert "Nothing was published: correct the errors first." in result.output
    assert live(site) == before


def test_strict_stops_at_warnings_too(site):
    site.write("content/news/two.md", "---\ntitle: Two\ndate: 2019-06-15\nsumary: S.\n---\n")
    assert run(site, "publish", "--strict").exit_code == 1
    assert not (site.root.parent / "live").exists()
    assert run(site, "publish").exit_code == 0


@pytest.mark.parametrize(
    ("lines", "words", "told"),
    [
        ((), (), 'site_config.yml has no target; add one under "publish:", for example live: {type: sftp'),
        (("a: {type: git}", "b: {type: git}"), (), "there are several targets; choose one with --to: a, b"),
        (("live: {type: git}",), ("--to", "life"), 'there is no target "life"; did you mean "live"?'),
        (("live: {type: git}",), ("--to", "xyz"), 'there is no target "xyz"; there are: live'),
    ],
)
def test_a_target_that_is_not_meant_clearly_is_wrong_usage(site, lines, words, told):
    target(site, *lines)
    result = run(site, "publish", *words)
    assert result.exit_code == 2
    assert told in result.output


def test_what_the_target_has_against_it_is_told_with_a_remedy(site):
    target(site, "live: {type: folder, path: content}")
    result = run(site, "publish")
    assert result.exit_code == 3
    assert re.search(r"^clusterpress: live: .* holds it; choose another path", result.stderr, re.MULTILINE)


def test_foreign_files_are_mentioned(site):
    folder = site.root.parent / "live"
    folder.mkdir()
    (folder / "photo.jpg").touch()
    told = run(site, "publish").stderr
    assert "live: the target has no manifest of ours; 1 other file stays as is" in told
    assert "photo.jpg" in live(site)


def test_a_workflow_is_written_once_and_never_over_another_one(site):
    (site.root.parent / ".git").mkdir()
    target(site, "live: {type: git}")
    file = site.root.parent / ".github" / "workflows" / "publish.yml"
    result = run(site, "publish", "--workflow", "github")
    assert result.exit_code == 0
    assert "working-directory: project\n" in file.read_text()
    assert run(site, "publish", "--workflow", "github").exit_code == 0
    file.write_text("mine")
    result = run(site, "publish", "--workflow", "github")
    assert result.exit_code == 2
    assert "publish.yml already exists with other content; rename it" in result.output
    assert file.read_text() == "mine"


def test_a_real_site_breaks_no_link_at_any_step(site):
    memory_target = MemoryTarget()
    for change in (
        lambda: None,
        lambda: site.write("content/news/five.md", "---\ntitle: Five\ndate: 2021-12-01\n---\nFifth.\n"),
        lambda: [site.remove(f"content/news/{name}.md") for name in ("four", "three", "one.fr", "one.ar")],
    ):
        change()
        site.build()
        send(memory_target, as_files(built(site)))
    assert memory_target.broken == []


def test_nothing_is_published_without_the_cluster_that_is_named(site):
    result = run(site, "publish", "--executor", "tcp://127.0.0.1:9")
    assert result.exit_code == 3
    assert "tcp://127.0.0.1:9" in result.stderr
    assert live(site) == {}


def test_a_hub_and_search_engines_are_told_once_the_site_is_there(site):
    hub = Service()
    with serving(hub) as address:
        target(site, "live: {type: folder, path: ../live}")
        lines = (
            f"feeds: {{hub: '{address}/'}}\nindex_now: {{key: 0123456789abcdef, endpoint: '{address}/now'}}\n"
        )
        site.write("site_config.yml", site.read("site_config.yml", folder=".") + lines)
        assert run(site, "publish", "--dry-run").exit_code == 0
        assert hub.asked == []
        result = run(site, "publish")
        assert re.search(r"^the hub was told of \d+ feeds$", result.stderr, re.MULTILINE)
        assert re.search(r"^search engines were told of \d+ pages$", result.stderr, re.MULTILINE)
        assert [path for _, path, *_ in hub.asked] == ["/", "/now"]
        assert live(site)["0123456789abcdef.txt"] == b"0123456789abcdef"
        run(site, "publish")
        assert len(hub.asked) == 2  # nothing changed
    site.write("content/news/five.md", "---\ntitle: Five\ndate: 2021-12-01\n---\nFifth.\n")
    result = run(site, "publish")  # nobody is there any more
    assert result.exit_code == 0
    assert "warning: the hub at 127.0.0.1" in result.stderr
    assert "news/2021/five/index.html" in live(site)


def test_new_items_are_announced_on_request(site):
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    run(site, "publish", "--announce")
    site.write("content/news/today.md", f"---\ntitle: Today\ndate: {day}\n---\nNew.\n")
    shown = run(site, "publish", "--announce", "--dry-run").stdout
    assert "--- mastodon: https://example.eu/" in shown
    assert not (site.root / "announcements").exists()
    run(site, "publish")
    assert not (site.root / "announcements").exists()
    result = run(site, "publish", "--announce")
    assert f"linkedin: draft announcements/{day}-today.linkedin.txt" in result.stderr
    assert "draft" not in run(site, "publish", "--announce").stderr
