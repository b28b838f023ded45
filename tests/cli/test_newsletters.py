"""``clusterpress newsletter`` as staff type it."""

import email
import email.policy
import re

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from clusterpress.cli.commands import main
from tests.newsletters.make import issue
from tests.sites.small_site import FILES, Site

pytestmark = pytest.mark.slow
NOW = ("--now", "2022-01-01")
PATH = "content/newsletters/cord/03.md"
ISSUE = issue(
    "  - {title: News, where: {until: 2022-01-01}}  # all of it\n  - {title: Dates, layout: events, where: {kind: event}}",
    body="See [one](../../news/one.md).",
    subject="Third letter",
)
CONFIG = "newsletters:\n  cord: {name: Cord letter, address: 'Street 1, Brussels', unsubscribe: listmonk}\ncontact: us@example.eu\n"


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path, {**FILES, PATH: ISSUE})
    config = (site.root / "site_config.yml").read_text("utf-8")
    site.write("site_config.yml", config + CONFIG)
    return site


def run(site, *words):
    result = CliRunner().invoke(main, ["--project", str(site.root), "newsletter", *words, *NOW])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def files_in(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_preview_shows_all_editions_in_a_folder_that_needs_no_server(site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("p") / "look"
    result = run(site, "preview", "3", "--to", str(folder))
    assert result.exit_code == 0, result.output
    assert re.search(r"index\.html: web, pdf, email, \d pages", result.stdout)
    files = files_in(folder)
    overview = (folder / "index.html").read_text("utf-8")
    named = set(re.findall(r'(?:href|src)="([^":#]+)"', overview))
    assert (
        {"pages/01.png", "newsletters/cord/3/email.html", "newsletters/cord/3/cord-3.pdf"} <= named <= files
    )
    assert (folder / "pages/01.png").read_bytes().startswith(b"\x89PNG")
    mail = (folder / "newsletters/cord/3/email.html").read_text("utf-8")
    assert 'src="email.png"' in mail
    assert {f"newsletters/cord/3/email-{view}.html" for view in ("light", "dark", "outlook")} <= named
    subject = next(n for n, line in enumerate(ISSUE.splitlines(), start=1) if line.startswith("subject"))
    assert f'{(site.root / PATH).as_uri()}">{PATH}:{subject}</a>' in overview
    assert "from the items or the text of the issue; <code>preheader:</code> replaces it" in overview
    page = (folder / "newsletters/cord/3/2/index.html").read_text("utf-8")
    (version,) = re.findall(r'href="../../../../assets/v/(\w{8})/newsletter/edition.css"', page)
    assert f"assets/v/{version}/fonts/source-sans-3-latin-400-normal.woff2" in files
    assert not (site.root / "site").exists()


@pytest.mark.parametrize(("edition", "parts"), [("web", {"web"}), ("email", {"mail"}), ("pdf", {"pdf"})])
def test_a_preview_shows_the_editions_that_there_are(site, tmp_path_factory, edition, parts):
    site.write(PATH, ISSUE.replace("number: 3", f"number: 3\neditions: [{edition}]"))
    folder = tmp_path_factory.mktemp("e") / "look"
    result = run(site, "preview", "3", "--to", str(folder))
    assert result.exit_code == 0, result.output
    page = LexborHTMLParser((folder / "index.html").read_text("utf-8"))
    assert {part for part in ("web", "mail", "pdf") if page.css(f"h2#{part}")} == parts
    files = [one.attributes["src"] for one in page.css("iframe, img")]
    assert files
    assert all((folder / file).is_file() for file in files)


def test_a_preview_says_what_the_issue_leaves_out_and_why(site, tmp_path_factory):
    site.write(PATH, ISSUE.replace("until: 2022-01-01}", "until: 2022-01-01}, limit: 1"))
    site.write("content/news/soon.md", "---\ntitle: Soon\ndate: 2011-12-01\ndraft: true\n---\nText.\n")
    folder = tmp_path_factory.mktemp("o") / "look"
    assert run(site, "preview", "3", "--to", str(folder)).exit_code == 0
    left_out = LexborHTMLParser((folder / "index.html").read_text("utf-8")).css_first(
        "section[aria-labelledby=missing]"
    )
    lines = [" ".join(one.text().split()) for one in left_out.css("li")]
    assert 'Two: the section "News" has a limit of 1 content/news/two.md:1' in lines
    assert not any(line.startswith("Four") for line in lines)  # it is in the issue


def test_a_draft_can_be_previewed_but_not_exported(site, tmp_path_factory):
    site.write(PATH, ISSUE.replace("number: 3", "number: 3\ndraft: true"))
    folder = tmp_path_factory.mktemp("d") / "x"
    assert run(site, "preview", "3", "--to", str(folder)).exit_code == 0
    result = run(site, "export", "3", "--to", str(folder))
    assert result.exit_code == 2
    assert "there is no issue yet" in result.output


def test_an_export_has_all_that_a_service_needs(site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("e") / "out"
    result = run(site, "export", "cord/3", "--to", str(folder))
    assert result.exit_code == 0, result.output
    assert "the e-mail has" in result.stdout
    wanted = {"README.txt", "email.html", "email.txt", "cord-3.eml", "cord-3.pdf", "pictures/email.png"}
    assert wanted <= files_in(folder)
    html, guide = (folder / "email.html").read_text("utf-8"), (folder / "README.txt").read_text("utf-8")
    assert "{{ UnsubscribeURL }}" in html
    pictures = {address.rpartition("/")[2] for address in re.findall(r'<img[^>]+src="([^"]+)"', html)}
    assert pictures == {path.name for path in (folder / "pictures").iterdir()}
    assert "Subject:       Third letter" in guide
    assert "With listmonk" in guide
    message = email.message_from_bytes((folder / "cord-3.eml").read_bytes(), policy=email.policy.default)
    assert message["Subject"] == "Third letter"


@pytest.mark.parametrize(
    ("service", "tag", "words"),
    [
        ("mailchimp", "*|UNSUB|*", "Mailchimp"),
        ("brevo", "{{ unsubscribe }}", "Brevo"),
        ("none", "mailto:us@example.eu", "Bcc"),
    ],
)
def test_an_export_can_be_for_another_service(site, tmp_path_factory, service, tag, words):
    folder = tmp_path_factory.mktemp("e") / "out"
    run(site, "export", "3", "--to", str(folder), "--service", service)
    assert tag in (folder / "email.html").read_text("utf-8")
    assert words in (folder / "README.txt").read_text("utf-8")


def test_a_second_export_takes_the_place_of_the_first_and_no_other_folder_is_touched(site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("e") / "out"
    run(site, "export", "3", "--to", str(folder))
    (folder / "pictures" / "old.png").touch()
    assert run(site, "export", "3", "--to", str(folder)).exit_code == 0
    assert not (folder / "pictures" / "old.png").exists()
    site.build()
    before = site.output()
    for foreign in (site.root / "site", site.root / "content"):
        result = run(site, "export", "3", "--to", str(foreign))
        assert result.exit_code == 2
        assert "choose another" in result.output
    assert site.output() == before


def test_freezing_keeps_the_file_as_it_is_but_for_the_list(site):
    site.write(PATH, b"\xef\xbb\xbf" + ISSUE.replace("\n", "\r\n").encode())
    result = run(site, "freeze", "3")
    assert result.exit_code == 0, result.output
    assert "03.md: frozen with 6 items" in result.stdout
    raw = (site.root / PATH).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf---\r\n")
    assert b"\r\nfrozen: true\r\n---\r\n" in raw
    assert b"# all of it" in raw
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert "already frozen" in run(site, "freeze", "3").stdout
    assert (site.root / PATH).read_bytes() == raw


def test_a_new_item_leaves_every_edition_of_a_frozen_issue_alone(site):
    run(site, "freeze", "3")
    site.build()
    before = {path: made for path, made in site.output().items() if "newsletters/cord/3/" in path}
    site.write("content/news/five.md", "---\ntitle: Five\ndate: 2021-12-30\n---\nFifth.\n")
    difference = site.build().difference
    assert "news/2021/five/index.html" in difference.stale
    assert not [path for path in difference.stale if "newsletters/cord/3/" in path]
    assert before == {path: made for path, made in site.output().items() if "newsletters/cord/3/" in path}


def test_an_unknown_number_and_faults_in_sources_end_the_run(site):
    result = run(site, "preview", "8")
    assert result.exit_code == 2
    assert 'there is no issue "8": there are cord/3' in result.output
    site.write(PATH, ISSUE.replace("kind: event", "kind: evnt"))
    result = run(site, "freeze", "3")
    assert result.exit_code == 1
    assert f"{PATH}:9:44: error:" in result.output
    assert 'did you mean "event"?' in result.output


def test_an_issue_without_an_email_edition_cannot_be_exported(site, tmp_path):
    site.write(PATH, ISSUE.replace("subject:", "editions: [web]\nsubject:"))
    result = run(site, "export", "3", "--to", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert f'{PATH}: the issue has no e-mail edition: add "email" to its editions' in result.output


def test_the_next_issue_is_proposed_once_and_never_over_a_file(site):
    site.write(
        PATH, ISSUE.replace("until: 2022-01-01", "kind: news").replace("16 January 2012", "2021-11-01")
    )
    site.write("content/news/later.md", "---\ntitle: Later\ndate: 2021-12-01\ndraft: true\n---\nText.\n")
    result = run(site, "propose")
    assert result.exit_code == 0, result.output
    assert "News: Four\n" in result.stdout
    assert "left out: Later (it is a draft" in result.stdout
    assert "content/newsletters/cord/04.md: a draft with 1 item since 2021-11-01" in result.stdout
    proposed = (site.root / "content/newsletters/cord/04.md").read_text("utf-8")
    assert "      - news/four  # Four\n" in proposed
    assert "REPLACE THIS" in proposed
    again = run(site, "propose", "cord")
    assert again.exit_code == 1
    assert "no. 4 is still a draft: edit content/newsletters/cord/04.md, or delete it" in again.output
    site.write("content/newsletters/cord/04.md", "---\ntitle: Notes\n---\nMine.\n")  # no issue
    result = run(site, "propose")
    assert (result.exit_code, "04.md is already there, and nothing is overwritten" in result.output) == (
        1,
        True,
    )
    assert (site.root / "content/newsletters/cord/04.md").read_text("utf-8").endswith("Mine.\n")


def test_a_file_at_the_place_of_a_proposal_stays(site):
    site.write("content/newsletters/cord/04.fr.md", ISSUE.replace("number: 3", "number: 9\nlang: fr"))
    site.write("content/newsletters/cord/10.fr.md", "---\nnot: an issue\n---\n")
    result = run(site, "propose", "--lang", "fr")
    assert (result.exit_code, "10.fr.md is already there" in result.output) == (1, True), result.output
    assert (site.root / "content/newsletters/cord/10.fr.md").read_text("utf-8") == "---\nnot: an issue\n---\n"


def test_a_review_of_a_year_is_proposed(site):
    result = run(site, "propose", "--review", "2019")
    assert result.exit_code == 0, result.output
    assert "THE NEXT SOCIETY: One" in result.stdout
    text = (site.root / "content/newsletters/cord/04.md").read_text("utf-8")
    assert "title: Cord letter 2019" in text
    assert "news/one" in text
    assert "news/four" not in text


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("crod",), 2, 'there is no newsletter "crod"; did you mean "cord"?'),
        (("--lang", "de"), 2, 'the site has no language "de"; it has en, fr, ar'),
        (("--review", "1999"), 1, "nothing is new in 1999"),
    ],
)
def test_what_cannot_be_proposed_is_said(site, words, code, said):
    result = run(site, "propose", *words)
    assert (result.exit_code, said in result.output) == (code, True), result.output


def test_clashes_with_drafts_stop_no_preview(site, tmp_path_factory):
    site.write("content/partners/alpha.md", "---\ntitle: Alpha\nnumber: PP1\n---\nText.\n")
    site.write("content/partners/zulu.md", "---\ntitle: Zulu\nnumber: PP1\n---\nText.\n")
    site.write("content/news/2.md", "---\ntitle: Same\ndate: 2019-04-12\nurl: /same/\n---\nText.\n")
    site.write("content/news/1.md", "---\ntitle: Same\ndate: 2019-04-12\nurl: /same/\n---\nText.\n")
    folder = str(tmp_path_factory.mktemp("p") / "look")
    result = run(site, "preview", "3", "--to", folder)
    assert result.exit_code == 1
    assert "PP1 already is the number of content/partners/alpha.md" in result.output
    for path in ("content/partners/alpha.md", "content/news/1.md"):
        site.write(path, (site.root / path).read_text("utf-8").replace("title:", "draft: true\ntitle:"))
    result = run(site, "preview", "3", "--to", folder)
    assert result.exit_code == 0, result.output
