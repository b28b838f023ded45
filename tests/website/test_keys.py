"""A page is made anew only when something it shows has changed."""

import pytest

FILES = {
    f"news/2019/n{n}.md": f"---\ntitle: N{n}\ndate: 2019-01-{n:02}\nsummary: S{n}.\ntags: [t]\nprogramme: p\n---\nBody {n}.\n"
    for n in range(1, 10)
} | {"programmes/p.md": "---\ntitle: P\nsummary: About.\n---\nLong text.\n"}


@pytest.fixture(scope="module")
def changed(make_site):
    before = make_site(FILES, page_size=3).keys()

    def compare(**edits):
        files = {**FILES, **{f"news/2019/{name}.md": text for name, text in edits.items()}}
        after = make_site(files, page_size=3).keys()
        return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}

    return compare


def test_an_edited_body_changes_its_own_page_alone(changed) -> None:
    text = FILES["news/2019/n3.md"].replace("Body 3", "Better body")
    assert changed(n3=text) == {"news/2019/n3/index.html"}


def test_an_edited_title_changes_only_what_shows_the_title(changed) -> None:
    text = FILES["news/2019/n1.md"].replace("N1", "Better title")
    paths = changed(n1=text)
    assert {"news/2019/n1/index.html", "news/page/1/index.html", "news/2019/n2/index.html"} <= paths
    assert not paths & {"index.html", "news/index.html", "news/2019/n8/index.html", "feeds/index.html"}


def test_a_new_item_leaves_old_pages_alone(changed) -> None:
    text = FILES["news/2019/n9.md"].replace("-09", "-10").replace("N9", "N10")
    paths = changed(n10=text)
    assert {"news/2019/n10/index.html", "index.html", "news/index.html", "sitemap.xml"} <= paths
    assert not paths & {f"news/2019/n{n}/index.html" for n in range(1, 9)}
    assert "news/page/1/index.html" not in paths


def test_an_edited_programme_text_changes_its_page_but_no_item(make_site) -> None:
    before = make_site(FILES).keys()
    files = FILES | {"programmes/p.md": FILES["programmes/p.md"].replace("Long", "Longer")}
    after = make_site(files).keys()
    assert {path for path in after if before[path] != after[path]} == {"programmes/p/index.html"}


def test_a_setting_changes_pages_but_no_file_of_the_theme(make_site) -> None:
    before, after = make_site(FILES).keys(), make_site(FILES, tagline="New").keys()
    paths = {path for path in after if before[path] != after[path]}
    assert "news/2019/n3/index.html" in paths
    assert {path for path in after if path.endswith("/css/site.css")}.isdisjoint(paths)
