"""Further links come over with a label, whatever their keys are called elsewhere."""

import pytest

from clusterpress.importing.records import Export, Record
from tests.importing.project import Project


@pytest.mark.parametrize(
    ("link", "label"),
    [
        ({"label": "Code", "url": "https://x.eu/a"}, "Code"),
        ({"name": "Code", "url": "https://x.eu/a"}, "Code"),
        ({"Title": "<b>Code</b>", "href": "https://x.eu/a"}, "Code"),
        ({"text": "Code", "link": "https://x.eu/a"}, "Code"),
        ({"url": "https://x.eu/a"}, "x.eu"),
    ],
)
def test_a_link_has_a_label(tmp_path, link, label):
    project = Project(tmp_path / "site")
    values = {"title": "T", "date": "2021-05-04", "more": [link, "odd", {"label": "no address"}]}
    record = Record(place="a.md", kind="news", stem="t", values=values, text="<p>x</p>")
    report = project.bring(Export(name="old", records=(record,)))
    assert not report.warnings
    written = project.read("content/news/2021/t.md", ".")
    assert f"label: {label}" in written
    assert "https://x.eu/a" in written
    assert "no address" not in written
