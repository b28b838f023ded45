import pytest

from clusterpress.markup.documents import label_documents, with_document

DOCUMENTS = {"/files/a.pdf": "PDF, 1.2 MB", "/files/b%20c.docx": "DOCX, 3 kB", "/f?/x&y.zip": "ZIP"}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/files/a.pdf">Report</a>', '<a href="/files/a.pdf">Report (PDF, 1.2 MB)</a>'),
        ('<a class="x" href="/files/a.pdf#page=2"><em>R</em></a>', '<a class="x" href="/files/a.pdf#page=2"><em>R</em> (PDF, 1.2 MB)</a>'),
        ('<a href="/files/b%20c.docx">B &amp; C</a>', '<a href="/files/b%20c.docx">B &amp; C (DOCX, 3 kB)</a>'),
        ('<li><a href="/files/a.pdf">A</a></li><li><a href="/">B</a></li>', '<li><a href="/files/a.pdf">A (PDF, 1.2 MB)</a></li><li><a href="/">B</a></li>'),
        ('<a href="/files/a.pdf">Report (PDF)</a>', None),
        ('<a href="/files/a.pdf">Report [pdf, 3 pages]</a>', None),
        ('<a href="/files/a.pdf"><img src="a.png" alt="Report"></a>', None),
        ('<a id="x">A</a><a href="https://a.example/files/a.pdf">B</a>', None),
        ('<code>&lt;a href="/files/a.pdf"&gt;A&lt;/a&gt;</code>', None),
    ],
)  # fmt: skip
def test_links_to_documents_say_what_they_open(html, expected):
    assert label_documents(html, DOCUMENTS) == (expected or html)


def test_words_are_added_once():
    assert with_document("Plan", "PDF, 1 MB") == "Plan (PDF, 1 MB)"
    assert with_document("Plan (PDF, 1 MB)", "PDF, 1 MB") == "Plan (PDF, 1 MB)"
    assert with_document("Plan", "") == "Plan"
