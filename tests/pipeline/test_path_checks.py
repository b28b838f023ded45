"""Addresses that cannot be files are known before anything is written."""

import pytest

from clusterpress.pipeline.path_checks import find_unusable_paths
from tests.pipeline.test_output_folder import plan_of
from tests.sites.small_site import Site


def told(*paths):
    plan = plan_of(**dict.fromkeys(paths, ""))
    return [(one.message, one.rule) for one in find_unusable_paths(plan.outputs, ())]


@pytest.mark.parametrize(
    "path",
    [
        "x" * 240,
        f"{'Ω' * 120}/index.html",
        "ا" * 120,
        "🎉" * 60,
        f"{'x' * 200}/" * 4,
        "icon/con1/a.con/xcon/.aux",
    ],
)
def test_names_of_usual_lengths_are_fine(path):
    assert not told(path)


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("a/" + "x" * 241, 241),
        (f"tags/{'Ω' * 121}/index.html", 121),
        ("ا" * 150, 150),
        ("🎉" * 61, 61),
        (f"{'x' * 200}/" * 5 + "y", 1006),
    ],
)
def test_names_and_paths_that_are_too_long_in_bytes_are_errors(path, size):
    ((message, rule),) = told(path)
    assert f"has {size} characters" in message
    assert not rule


@pytest.mark.parametrize(
    "path", ["con/index.html", "a/NUL.txt", "Aux", "com1.html", "a./b", "b /c", "x/lpt9.tar.gz", "y."]
)
def test_names_that_windows_reserves_are_errors_that_a_site_can_soften(path):
    assert [rule for _, rule in told(path)] == ["windows-name"]


@pytest.mark.parametrize(
    ("path", "keys", "message"),
    [
        ("news/n", f"date: 2021-01-01\ntags: [food, {'a' * 300}]\n", "news/n.md:4:14: error: the address"),
        ("news/n", f"date: 2021-01-01\nslug: {'a' * 300}\n", "news/n.md:1:1: error: the address"),
        ("news/n", "date: 2021-01-01\ntags: [Con]\n", "news/n.md:4:8: error: Windows cannot have"),
        ("news/n", 'date: 2021-01-01\nid: "a\\0b"\n', 'news/n.md:4:1: error: "id" has an invisible control character (U+0000)'),
        ("authors/n", 'names: ["a\\e[31m"]\n', 'authors/n.md:3:9: error: "names.0" has an invisible control'),
    ],
)  # fmt: skip
def test_an_item_whose_names_cannot_be_written_is_reported_at_the_name(tmp_path, path, keys, message):
    site = Site(tmp_path)
    site.write(f"content/{path}.md", f"---\ntitle: N\n{keys}---\nText.\n")
    assert any(message in one for one in site.check())
    assert site.build().difference is None
    assert not (site.root / "site").exists()


def test_the_settings_hold_no_control_characters(tmp_path):
    site = Site(tmp_path, {})
    site.write("site_config.yml", 'name: "a\\0b"\nurl: https://example.eu/\n')
    assert 'site_config.yml:1:1: error: "name" has an invisible control character' in site.check()[0]


def test_the_header_of_a_mail_is_one_line(tmp_path):
    site = Site(tmp_path, {})
    site.write(
        "site_config.yml",
        "name: S\nurl: https://example.eu/\nsearch: false\ncontact: a@example.eu\n"
        'newsletters: {c: {name: "Two\\nlines", address: Street}}\n',
    )
    keys = 'title: "A\\nB"\nsubject: "Sub\\nBcc: x@example.eu"\nnewsletter: c\nnumber: 1\ndate: 2021-01-01\neditions: [email]'
    site.write(
        "content/newsletters/c/1.md", f"---\n{keys}\nsections: [{{title: T, text: Words.}}]\n---\nText.\n"
    )
    assert not site.build().problems
    mail = next((site.root / "site").rglob("*.eml")).read_text("utf-8")
    assert mail.startswith("Subject: Sub Bcc: x@example.eu\n")
    assert "\nBcc:" not in mail
