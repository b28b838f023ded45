"""The files to publish: the site, and what a target wants beside it."""

import gzip
import re

import brotli
import pytest
from msgspec.structs import replace

from clusterpress.config.editor import EditorSettings
from clusterpress.config.settings import FolderTarget, GitTarget, Settings
from clusterpress.publishing.errors import PublishError
from clusterpress.publishing.files import collect_files
from clusterpress.publishing.hosting import FileRole, cache_control, role_of
from tests.publishing.make import gathered, page, site, write

MOVED = b'<!doctype html>\n<title>Moved</title>\n<meta http-equiv="refresh" content="0; url=/news/a/?x=1&amp;y=2">\n'


def test_the_site_alone_is_published_unless_more_is_asked_for(tmp_path):
    write(tmp_path, site(0))
    files = gathered(tmp_path)
    assert {path: file.read() for path, file in files.items()} == site(0)


def test_small_files_for_hosts_are_made_by_setting(tmp_path):
    write(tmp_path, {"index.html": page(), "old/a/index.html": MOVED, "old.html": MOVED})
    files = gathered(tmp_path, nojekyll=True, cname="www.example.eu", headers=True, redirects=True)
    made = {path: file.read().decode() for path, file in files.items() if "html" not in path}
    assert made.keys() == {".nojekyll", "CNAME", "_headers", "_redirects"}
    assert made[".nojekyll"] == ""
    assert made["CNAME"] == "www.example.eu\n"
    assert made["_redirects"] == "/old.html /news/a/?x=1&y=2 301\n/old/a/ /news/a/?x=1&y=2 301\n"
    assert "/assets/v/*\n  Cache-Control: public, max-age=31536000, immutable\n" in made["_headers"]
    assert "/media/*\n  Cache-Control: public, max-age=31536000, immutable\n" in made["_headers"]
    (policy,) = re.findall("  Content-Security-Policy: (.*)", made["_headers"])
    assert policy.startswith("default-src 'self'; script-src 'self'; ")
    assert policy.endswith("; frame-ancestors 'self'")
    assert "  X-Content-Type-Options: nosniff\n" in made["_headers"]


def test_only_frames_may_be_shown_by_other_sites(tmp_path):
    paths = ("index.html", "404.html", "news/a/index.html", "admin/index.html", "embed/cord/index.html")
    write(tmp_path, dict.fromkeys(paths, page()))
    made = gathered(tmp_path, headers=True)["_headers"].read().decode()
    rules = {}
    for line in made.splitlines():
        if not line.startswith(" "):
            rules[line] = []
            continue
        rules[[*rules][-1]].append(line.strip())
    forbidden = {
        rule for rule, lines in rules.items() if any("frame-ancestors 'self'" in one for one in lines)
    }
    assert forbidden == {"/", "/404.html", "/news/*", "/admin/*"}
    assert any(one.startswith("Content-Security-Policy: default-src 'self'") for one in rules["/*"])


def test_windows_for_signing_in_may_answer_where_the_site_has_an_editor_with_a_helper(tmp_path):
    write(tmp_path, {"index.html": page()})
    editor = EditorSettings(backend="github", repo="a/b", auth="https://auth.example.eu/auth")
    settings = Settings(name="x", url="https://x.eu/", editor=editor)
    opener = "  Cross-Origin-Opener-Policy: "
    for one, wanted in (
        (settings, "same-origin-allow-popups"),
        (replace(settings, editor=None), "same-origin"),
    ):
        made = (
            collect_files(tmp_path, ["index.html"], FolderTarget(path="x"), one)["_headers"].read().decode()
        )
        assert f"{opener}{wanted}\n" in made


def test_a_file_of_the_sites_own_is_preferred(tmp_path):
    write(tmp_path, {"_headers": b"mine"})
    assert gathered(tmp_path, headers=True)["_headers"].read() == b"mine"


def test_git_targets_ask_for_nojekyll_by_themselves(tmp_path):
    write(tmp_path, {"index.html": page()})
    assert ".nojekyll" in gathered(tmp_path, GitTarget())


def test_compressed_copies_of_texts_are_made_by_setting(tmp_path):
    long = b"<p>" + b"word " * 1000
    write(tmp_path, {"index.html": long, "short.html": b"<p>", "photo.jpg": long})
    files = gathered(tmp_path, compress=("gzip", "brotli"))
    assert files.keys() == {"index.html", "index.html.gz", "index.html.br", "short.html", "photo.jpg"}
    assert gzip.decompress(files["index.html.gz"].read()) == long
    assert brotli.decompress(files["index.html.br"].read()) == long
    again = gathered(tmp_path, compress=("gzip", "brotli"))
    assert {path: (file.digest, file.read()) for path, file in files.items()} == {
        path: (file.digest, file.read()) for path, file in again.items()
    }
    assert len({file.digest for file in files.values()}) == 4, "copies of one text differ, equal files do not"


@pytest.mark.parametrize("change", [lambda file: file.write_bytes(b"draft"), lambda file: file.unlink()])
def test_a_file_that_another_build_touched_is_not_sent(tmp_path, change):
    write(tmp_path, {"index.html": page()})
    files = gathered(tmp_path)
    change(tmp_path / "index.html")
    with pytest.raises(PublishError, match="was changed while the site was being published; run"):
        files["index.html"].read()


@pytest.mark.parametrize(
    ("path", "sort", "seconds"),
    [
        ("index.html", FileRole.PAGE, 60),
        ("index.html.gz", FileRole.PAGE, 60),
        ("news/old.htm", FileRole.PAGE, 60),
        ("feed.xml", FileRole.FEED, 60),
        ("events.ics", FileRole.FEED, 60),
        ("sitemap.xml.br", FileRole.FEED, 60),
        ("assets/css/site.css", FileRole.ASSET, 3600),
        ("assets/v/3f2a9c01/css/site.css", FileRole.ASSET, 31536000),
        ("assets/v/3f2a9c01/js/search.js.br", FileRole.ASSET, 31536000),
        ("assets/tokens.3f2a9c01.css", FileRole.ASSET, 3600),
        ("assets/search/en/recent/pagefind.js", FileRole.ASSET, 3600),
        ("img/logo.svg", FileRole.ASSET, 3600),
        ("media/milan.3f2a9c01.jpg", FileRole.ASSET, 31536000),
        ("media/news/milan.3f2a9c01.webp", FileRole.ASSET, 31536000),
        ("media/milan.jpg", FileRole.ASSET, 3600),
    ],
)
def test_each_file_is_kept_by_browsers_as_long_as_it_may(path, sort, seconds):
    assert role_of(path) is sort
    assert f"max-age={seconds}" in cache_control(path)
    assert ("immutable" in cache_control(path)) == (seconds > 3600)
