"""Saved web pages and e-mails come in on the same road as Word files."""

from base64 import b64encode
from email.message import EmailMessage

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.importing.records import ImportSourceError
from clusterpress.importing.sources.documents.emails import read_email
from clusterpress.importing.sources.documents.findings import Findings
from clusterpress.importing.sources.documents.web_pages import read_web_page
from tests.importing.documents.word_files import picture
from tests.importing.project import Project

DATA = f"data:image/png;base64,{b64encode(picture('blue')).decode()}"
PAGE = f"""<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Le forum – Ancien site</title>
<meta name="author" content="Ann Example"><meta property="article:published_time" content="2027-06-15T10:00:00+02:00">
<script>alert(1)</script></head><body><nav><a href="/">Accueil</a></nav><main><div class="wrap"><h1>Le forum de Linz</h1>
<div>Vingt clusters se sont réunis.</div><h2>La suite</h2><p>Voir <a href="https://x.example.eu/">le site</a>.</p>
<figure><img src="page_files/salle.png" alt="Une salle"><figcaption>La salle</figcaption></figure>
<img src="{DATA}" alt="Un lac"></div></main><footer>© 2027</footer></body></html>"""
WORD_PAGE = """<html><head><meta http-equiv=Content-Type content="text/html; charset=windows-1252"></head><body lang=EN-GB>
<div class=WordSection1><p class=MsoTitle>A title of Word</p><p class=MsoNormal>15 June 2027</p>
<p class=MsoNormal>Caf\xe9 <b>bold</b>.</p><p class=MsoListParagraph>\xb7<span>&nbsp;&nbsp; </span>one</p>
<p class=MsoListParagraph>\xb7<span>&nbsp;&nbsp; </span>two</p><!--[if gte mso 9]><xml>x</xml><![endif]--></div></body></html>"""


def mail(**headers):
    message = EmailMessage()
    message["Subject"] = headers.get("subject", "Fwd: Forum in Linz")
    message["From"] = "Ann Example <ann@example.eu>"
    message["Date"] = "Tue, 15 Jun 2027 10:00:00 +0200"
    message.set_content("Twenty clusters met.\n\nThey meet again.\nIn Milan.\n\n-- \nAnn Example\nPhone 1")
    return message


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "site")


def run(project, *words):
    result = CliRunner().invoke(main, ["--project", str(project.root), "import", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_saved_page_comes_in_with_the_pictures_beside_it(project, tmp_path):
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files/salle.png").write_bytes(picture())
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    result = run(project, "html", tmp_path / "page.html")
    assert result.exit_code == 0
    assert "<nav> of the page" in result.output
    text = project.read("content/news/2027/le-forum-de-linz/index.fr.md", ".")
    assert "title: Le forum de Linz\ndate: 2027-06-15\nauthor: [Ann Example]\n" in text
    assert text.endswith(
        "---\nVingt clusters se sont réunis.\n\n## La suite\n\nVoir [le site](https://x.example.eu/).\n\n"
        '![Une salle](picture-1.png "La salle")\n\n![Un lac](picture-2.png)\n'
    )
    assert project.files()["content/news/2027/le-forum-de-linz/picture-1.png"] == picture()
    assert "nothing to do" in run(project, "html", tmp_path / "page.html").output


def test_a_page_that_word_saved_keeps_its_title_and_lists(project, tmp_path):
    (tmp_path / "page.htm").write_bytes(WORD_PAGE.encode("cp1252"))
    run(project, "html", tmp_path / "page.htm")
    text = project.read("content/news/2027/a-title-of-word.md", ".")
    assert text.endswith("---\nCafé **bold**.\n\n- one\n- two\n")


def test_a_page_reads_no_files_outside_its_folder(project, tmp_path):
    (tmp_path / "secret.png").write_bytes(picture())
    (tmp_path / "pages").mkdir()
    page = '<html><body><h1>A</h1><p>Words.</p><img src="../secret.png" alt="Secret"></body></html>'
    (tmp_path / "pages/page.html").write_text(page)
    result = run(project, "html", tmp_path / "pages/page.html")
    assert "picture secret.png: it is neither in the file nor beside it" in result.output
    assert not any(path.endswith(".png") for path in project.files())


def test_an_email_comes_in_with_its_subject_date_and_sender(project, tmp_path):
    (tmp_path / "a.eml").write_bytes(mail().as_bytes())
    result = run(project, "mail", tmp_path / "a.eml")
    assert 'signature "Ann Example Phone 1"' in result.output
    text = project.read("content/news/2027/forum-in-linz.md", ".")
    assert "title: Forum in Linz\ndate: 2027-06-15\nauthor: [Ann Example]\n" in text
    assert text.endswith("---\nTwenty clusters met.\n\nThey meet again.  \nIn Milan.\n")


def test_pictures_in_the_text_of_an_email_come_in_and_attachments_are_named(project, tmp_path):
    message = mail()
    message.add_alternative('<p>Look:</p><p><img src="cid:one@x" alt="A red field"></p>', subtype="html")
    message.get_payload()[1].add_related(picture(), "image", "png", cid="<one@x>")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    result = run(project, "mail", tmp_path / "a.eml")
    assert 'attachment "plan.pdf"' in result.output
    text = project.read("content/news/2027/forum-in-linz/index.md", ".")
    assert text.endswith("---\nLook:\n\n![A red field](picture-1.png)\n")


@pytest.mark.parametrize(
    ("read", "raw", "said"),
    [
        (read_email, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "Outlook"),
        (read_email, b"", "not an e-mail"),
        (read_email, b"\x00\xff\xfe binary", "not an e-mail"),
        (read_web_page, b"", "not a web page"),
        (read_web_page, b"<html><body><script>x</script></body></html>", "not a web page"),
    ],
)
def test_another_file_is_named_for_what_it_is(read, raw, said):
    with pytest.raises(ImportSourceError) as caught:
        read(raw, "a", Findings("a"))
    assert said in caught.value.message


@pytest.mark.parametrize(
    ("link", "stays"),
    [
        ('<a href="*|ARCHIVE|*">View this email in your browser</a>', False),
        ("<a>Im Browser ansehen</a>", False),
        ('<a href="#">Read online</a>', False),
        ('<a href="{{ unsubscribe }}">Unsubscribe from this list</a>', False),
        ('<a href="https://x.example.eu/1">View this email in your browser</a>', True),
        ("<a>Register</a>", True),
    ],
)
def test_links_that_served_the_receivers_of_a_mail_are_left_out_and_named(project, tmp_path, link, stays):
    message = mail()
    cell = "<table><tr><td>{}</td></tr></table>"
    message.set_content(
        cell.format(cell.format(cell.format(cell.format(link) + "<p>Words</p>"))), subtype="html"
    )
    (tmp_path / "mail.eml").write_bytes(message.as_bytes())
    result = run(project, "mail", tmp_path / "mail.eml")
    text = project.read("content/news/2027/forum-in-linz.md", ".")
    words = link.partition(">")[2].partition("<")[0]
    assert "Words" in text
    assert (words in text) is stays
    assert (words in result.output) is not stays
