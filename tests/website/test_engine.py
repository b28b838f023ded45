import os
import subprocess
import sys
from pathlib import Path

import pytest

from clusterpress.config.settings import Settings
from clusterpress.theme.addresses import root_relative
from clusterpress.website.engine import check_block

ROOT = Path(__file__).parents[2]
FILES = {"news/a.md": "---\ntitle: A\ndate: 2019-04-12\n---\nText.\n"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("news/", "/sub/news/"),
        ("", "/sub/"),
        ("assets/a.css", "/sub/assets/a.css"),
        ("img/Žilina fair.png", "/sub/img/%C5%BDilina%20fair.png"),
        ("files/a%20b.pdf?x=1#p", "/sub/files/a%20b.pdf?x=1#p"),
        ("https://x.eu/", "https://x.eu/"),
        ("#main", "#main"),
        ("mailto:a@b.eu", "mailto:a@b.eu"),
    ],
)
def test_addresses_are_root_relative_on_every_page(path, expected) -> None:
    assert root_relative(path, "/sub/") == expected


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs"])
def test_what_we_use_of_the_engine_is_there(engine, theme) -> None:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("engine_contract.py")), engine, theme.folder],
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [engine, "ok"]


def test_material_comes_with_its_script_and_palette_when_the_block_asks(make_site) -> None:
    block = "theme: {features: [content.code.copy], palette: {scheme: slate}}"
    site = make_site(FILES, mkdocs=block)
    page = site.page("index.html")
    assert 'src="/assets/material.js"' in page
    assert 'data-md-color-scheme="slate"' in page
    assert len(site.made("assets/material.js")) > 10_000
    assert "sourceMappingURL" not in site.page("assets/css/palette.css")
    assert "assets/material.js" not in make_site(FILES).outputs


def test_a_hook_of_the_block_sees_every_page(make_site, tmp_path) -> None:
    hook = tmp_path / "hook.py"
    hook.write_text("def on_post_page(output, page, config):\n    return output + f'<!-- {page.url} -->'\n")
    site = make_site(FILES, mkdocs=f"hooks: [{hook}]")
    assert site.page("news/2019/a/index.html").endswith("<!-- news/2019/a/ -->")
    assert site.page("index.html").endswith("<!--  -->")


def test_a_hook_finds_all_that_a_page_of_the_engine_has(make_site, tmp_path) -> None:
    hook = tmp_path / "hook.py"
    hook.write_text(
        "def on_page_content(html, page, config, files):\n"
        "    page.content = 'overwritten below'\n"
        "    return html + '<p>{}</p>'.format(' '.join(map(str, (page.title, page.active, page.canonical_url,"
        " page.abs_url, page.file.src_uri, page.edit_url, [anchor.id for anchor in page.toc], page.meta,"
        " page.previous_page, page.is_homepage))))\n"
    )
    files = {"news/a.md": "---\ntitle: A\nsummary: S\ndate: 2019-04-12\n---\nText.\n\n## B\n\nMore.\n"}
    page = make_site(files, url="https://x.eu/sub/", mkdocs=f"hooks: [{hook}]").page("news/2019/a/index.html")
    at = "https://x.eu/sub/news/2019/a/ /sub/news/2019/a/ news/2019/a/index.md"
    assert f"<p>A True {at} None ['b'] {{'description': 'S'}} None False</p>" in page
    assert "Text." in page


def test_extra_style_sheets_of_the_block_are_linked_below_the_root(make_site) -> None:
    page = make_site(FILES, url="https://x.eu/sub/", mkdocs="extra_css: [css/own.css]").page(
        "news/index.html"
    )
    assert '<link rel="stylesheet" href="/sub/css/own.css">' in page


@pytest.mark.parametrize(
    ("block", "word"),
    [
        ("plugins: [no-such-plugin]", "no-such-plugin"),
        ("theme: [", "error parsing"),
        ("- a", "mapping"),
        ("x: 2020-02-30", "day is out of range"),
    ],
)
def test_a_block_that_the_engine_refuses_is_a_problem_of_the_settings(theme, block, word) -> None:
    (problem,) = check_block(Settings(name="X", url="https://x.eu/", mkdocs=block), theme)
    assert (problem.path, problem.field) == ("site_config.yml", "mkdocs")
    assert word in problem.message
    assert "\n" not in problem.message


def test_a_good_block_is_no_problem(theme, monkeypatch) -> None:
    monkeypatch.setenv("SITE_WORD", "hello")
    block = "extra: {word: !ENV SITE_WORD, fun: !!python/name:os.path.join }"
    assert check_block(Settings(name="X", url="https://x.eu/", mkdocs=block), theme) == []
