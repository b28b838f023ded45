"""With --untrusted, and with "trust: content" outside the project, nothing of a project runs but its content."""

import os
import shutil
import sys
import textwrap

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.pipeline.build import BuildRequest, build
from clusterpress.pipeline.project import find_theme, open_project
from clusterpress.pipeline.run_context import RunContext
from tests.sites.small_site import NOW, Site

pytestmark = pytest.mark.slow
SETTINGS = "name: S\nurl: https://example.eu/\nsearch: false\n"
ITEM = '---\ntitle: One\ndate: 2021-02-01\n---\n<div onclick="x()">Text</div>\n\n--8<-- "part.txt"\n'

RUNS = {
    "hooks": "mkdocs:\n  hooks: [trace.py]\n",
    "plugins": "mkdocs:\n  plugins:\n    - search\n    - trace\n",
    "extension": "mkdocs:\n  markdown_extensions: [trace]\n",
    "tagged": "mkdocs:\n  markdown_extensions:\n    - toc:\n        slugify: !!python/name:trace.run\n",
    "applied": "mkdocs:\n  markdown_extensions:\n    toc:\n      slugify: !!python/object/apply:trace.run {}\n",
    "key": "mkdocs:\n  extra: !!python/object/apply:trace.run {}\n",
    "theme key": "mkdocs:\n  theme:\n    features: !!python/object/apply:trace.run {}\n",
    "environment": "mkdocs:\n  extra: !ENV SECRET\n",
    "custom theme": "mkdocs:\n  theme:\n    custom_dir: themes/own\n",
    "scripts": "mkdocs:\n  extra_javascript: [https://evil.example/x.js]\n",
    "no mapping": "mkdocs: [hooks]\n",
}


@pytest.fixture
def trace(tmp_path, monkeypatch):
    """A file that appears if the project's module runs."""
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    yield tmp_path / "trace"
    sys.modules.pop("trace", None)


@pytest.fixture
def site(tmp_path, trace):
    site = Site(tmp_path / "site", {"content/news/one.md": ITEM, "content/part.txt": "a part"})
    code = f"""
        open({str(trace)!r}, "w").close()
        def run(*words, **more): return "x"
        def on_config(config): return config
        makeExtension = run
    """
    site.write("trace.py", textwrap.dedent(code))
    sys.modules.pop("trace", None)
    return site


def build_untrusted(site, settings="", folder="site"):
    site.write("site_config.yml", SETTINGS + settings)
    project, problems = open_project(site.root, untrusted=True)
    assert project, problems
    request = BuildRequest(project=project, folder=site.root / folder, now=NOW)
    return build(request, RunContext(lambda *_: None)), problems


def test_the_module_of_this_test_leaves_a_trace_in_a_trusted_project(site, trace):
    site.write("site_config.yml", SETTINGS + RUNS["extension"])
    open_project(site.root)
    assert trace.exists()


@pytest.mark.parametrize("name", RUNS)
def test_no_code_of_the_project_runs_and_what_is_left_out_is_named(site, trace, name):
    result, problems = build_untrusted(site, RUNS[name])
    assert result.difference, result.problems
    assert not trace.exists()
    notes = [one for one in problems if str(one.severity) == "note"]
    assert notes
    assert all(one.field.startswith("mkdocs") and one.line > 1 and one.hint for one in notes)
    assert b"evil.example" not in site.output()["news/2021/one/index.html"]


def test_harmless_keys_stay(site):
    block = """\
        mkdocs:
          theme: {features: [navigation.top], palette: {scheme: slate}, logo: x}
          markdown_extensions:
            - pymdownx.mark
            - toc: {permalink: true, slugify: !!python/name:trace.run }
        """
    site.write("content/news/one.md", ITEM + "## Head ==marked==\n")
    _, problems = build_untrusted(site, textwrap.dedent(block))
    assert {one.field for one in problems} == {"mkdocs.theme.logo", "mkdocs.markdown_extensions.toc.slugify"}
    page = site.read("news/2021/one/index.html")
    assert "<mark>marked</mark>" in page
    assert "¶" in page


def test_html_is_safe_whatever_the_settings_say(site):
    build_untrusted(site, "html: trusted\n")
    assert "onclick" not in site.read("news/2021/one/index.html")


@pytest.mark.parametrize(
    "base", ["", "{base_path: [.., /, content]}", "{restrict_base_path: false}", "{url_download: true}"]
)
def test_snippets_come_from_content_alone(site, tmp_path, base):
    (tmp_path / "secret.txt").write_text("the secret", "utf-8")
    site.write("private.txt", "the secret")
    lines = [str(tmp_path / "secret.txt"), "../private.txt", "../../secret.txt", "news/../../private.txt"]
    text = ITEM + "".join(f'\n--8<-- "{line}"\n' for line in lines)
    site.write("content/news/one.md", text)
    option = f": {base}" if base else ""
    build_untrusted(site, f"mkdocs:\n  markdown_extensions:\n    - pymdownx.snippets{option}\n")
    page = site.read("news/2021/one/index.html")
    assert "a part" in page
    assert "the secret" not in page


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
@pytest.mark.parametrize("untrusted", [True, False])
def test_a_snippet_is_no_pipe_and_no_link_out_of_its_folder(site, tmp_path, untrusted):
    (tmp_path / "secret.txt").write_text("the secret", "utf-8")
    site.write("parts/part.txt", "a part")
    folder = site.root / ("content" if untrusted else "parts")
    os.mkfifo(folder / "pipe.txt")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    site.write("content/news/one.md", ITEM + '\n--8<-- "pipe.txt"\n\n--8<-- "out.txt"\n')
    block = f"mkdocs:\n  markdown_extensions:\n    - pymdownx.snippets: {{base_path: [{site.root}/parts]}}\n"
    if untrusted:
        assert build_untrusted(site, block)[0].difference is None
        (folder / "out.txt").unlink()
        assert build_untrusted(site, block)[0].difference
    else:
        site.write("site_config.yml", SETTINGS + block)
        assert site.build().difference
    page = site.read("news/2021/one/index.html")
    assert "a part" in page
    assert "the secret" not in page


def test_no_theme_of_the_project_is_used(site):
    for name in ("own", "clusters-cord"):
        shutil.copytree(find_theme(site.root, "clusters-cord", untrusted=True), site.root / "themes" / name)
        base = site.root / "themes" / name / "website/base.html"
        base.write_text("{{ cycler.__init__.__globals__.os.getpid() }}the project's theme", "utf-8")
        result, problems = build_untrusted(site, f"theme: {name}\n", folder=f"out-{name}")
        assert result.difference
        assert [one.field for one in problems] == (["theme"] if name == "own" else [])
        assert "the project's theme" not in site.read("index.html", f"out-{name}")


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_no_link_of_the_settings_leaves_the_project(site, tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/x.txt").write_bytes(b"the secret")
    (site.root / "content/static").symlink_to(tmp_path / "shared")
    result, problems = build_untrusted(site, "linked_folders: [../shared]\n")
    assert [one.field for one in problems] == ["linked_folders"]
    assert [one.path for one in result.problems if str(one.severity) == "error"] == ["content/static"]
    config = site.root / "site_config.yml"
    config.rename(tmp_path / "config.yml")
    config.symlink_to(tmp_path / "config.yml")
    project, problems = open_project(site.root, untrusted=True)
    assert project is None
    assert [one.path for one in problems] == ["site_config.yml"]


def run(site, *words):
    result = CliRunner().invoke(main, ["--project", str(site.root), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_each_command_has_the_option_and_knows_it_from_the_trusted_run(site, trace):
    site.write("site_config.yml", SETTINGS + RUNS["extension"] + "html: trusted\n")
    for words in (["build"], ["check"], ["publish", "--dry-run"]):
        result = run(site, *words, "--untrusted")
        assert not trace.exists(), words
    assert "has no target" in result.stderr
    assert run(site, "serve", "--help").stdout.count("--untrusted") == 1
    assert "onclick" not in site.read("news/2021/one/index.html")
    site.write("site_config.yml", SETTINGS)
    run(site, "build")
    assert "onclick" in site.read("news/2021/one/index.html")
    run(site, "build", "--untrusted")
    assert "onclick" not in site.read("news/2021/one/index.html")


def test_a_file_outside_the_project_says_whom_to_trust_and_where_to_publish(
    site, trace, tmp_path, monkeypatch
):
    site.write(
        "site_config.yml", SETTINGS + RUNS["extension"] + "publish:\n  live: {type: folder, path: ../bad}\n"
    )
    user = tmp_path / "config.yml"
    user.write_text("trust: content\npublish:\n  live: {type: folder, path: ../good}\n", "utf-8")
    monkeypatch.setenv("CLUSTERPRESS_CONFIG", str(user))
    for words in (["build"], ["build"], ["check"], ["list", "drafts"], ["publish"]):
        assert run(site, *words).exit_code == 0, words
    assert not trace.exists()
    assert (tmp_path / "good/index.html").is_file()
    assert not (tmp_path / "bad").exists()


@pytest.mark.parametrize("text", ["trust: nobody\n", "turst: content\n", None])
def test_broken_settings_of_the_user_never_mean_trust(site, trace, tmp_path, monkeypatch, text):
    site.write("site_config.yml", SETTINGS + RUNS["extension"])
    if text:
        (tmp_path / "config.yml").write_text(text, "utf-8")
    monkeypatch.setenv("CLUSTERPRESS_CONFIG", str(tmp_path / "config.yml"))
    result = run(site, "build")
    assert result.exit_code == 1
    assert "config.yml" in result.stderr
    assert not trace.exists()


def test_settings_of_the_user_cannot_lie_in_the_project(site, monkeypatch):
    site.write("site_config.yml", SETTINGS)
    site.write("config.yml", "trust: project\n")
    monkeypatch.setenv("CLUSTERPRESS_CONFIG", str(site.root / "config.yml"))
    assert "in the project" in run(site, "build").stderr
