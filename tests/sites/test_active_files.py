"""With ``html: safe``, nothing that runs is published: active files are errors, drawings are cleaned."""

import pytest

from tests.sites.small_site import Site

pytestmark = pytest.mark.slow
CONFIG = "name: S\nurl: https://example.eu/\nsearch: false\nhtml: {html}\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"><script>x()</script><rect onclick="x()"/></svg>'
ACTIVE = ("x.html", "x.xhtml", "x.svgz", "x.xml", "x.mjs", "x.swf", "x.PHP", "page")


def site(root, names, html):
    text = "---\ntitle: One\ndate: 2021-02-01\n---\n" + "".join(f"[it]({name}) " for name in names)
    project = Site(root, {"content/news/one.md": text})
    for name in names:
        for folder in ("static", "news"):
            project.write(f"content/{folder}/{name}", "<html><script>x()</script></html>")
    project.write("site_config.yml", CONFIG.format(html=html))
    return project


def test_active_files_are_errors_among_attachments_and_static_files(tmp_path):
    project = site(tmp_path, ACTIVE, "safe")
    project.write("content/static/.htaccess", "AddType text/html .txt\n")
    result = project.build()
    found = [one for one in result.problems if str(one.severity) == "error"]
    expected = {f"content/{folder}/{name}" for folder in ("static", "news") for name in ACTIVE}
    assert {one.path for one in found} == expected | {"content/static/.htaccess"}
    assert all(one.hint and not one.rule for one in found)
    project.write("site_config.yml", CONFIG.format(html="trusted"))
    assert project.build().difference


def test_other_files_are_published_and_drawings_are_cleaned(tmp_path):
    project = site(tmp_path, (), "safe")
    project.write(
        "content/news/one.md",
        "---\ntitle: One\ndate: 2021-02-01\n---\n![D](d.svg) [agenda](a.pdf) [d](e.svg)\n",
    )
    for path in ("news/d.svg", "news/e.svg", "static/d.svg"):
        project.write(f"content/{path}", DRAWING)
    project.write("content/news/a.pdf", b"%PDF-1.4 <script>")
    for name in ("robots.txt", "CNAME", ".well-known/security.txt", "letter.docx"):
        project.write(f"content/static/{name}", "words")
    result = project.build()
    assert [str(one) for one in result.problems if str(one.severity) == "error"] == []
    output = project.output()
    assert {"robots.txt", "CNAME", ".well-known/security.txt", "letter.docx", "d.svg"} <= output.keys()
    drawings = {
        name: content for name, content in output.items() if name.endswith(".svg") and "assets/" not in name
    }
    assert len(drawings) >= 2
    assert not any(b"x()" in content for content in drawings.values()), drawings
