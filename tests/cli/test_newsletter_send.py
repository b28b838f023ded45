"""``clusterpress newsletter send`` as staff type it, against stand-ins and a real mail server on this machine."""

import email
import email.policy
import re
import socket

import pytest
from aiosmtpd.controller import Controller
from click.testing import CliRunner

from clusterpress.cli.commands import main
from tests.newsletters.make import issue
from tests.publishing.mailing.stand_ins import ALL, Listmonk, serving
from tests.publishing.mailing.test_services import shown
from tests.publishing.mailing.test_smtp import Mailbox
from tests.sites.small_site import FILES, Site

pytestmark = pytest.mark.slow
PATH = "content/newsletters/cord/03.md"
ISSUE = issue(
    "  - {title: News, where: {until: 2022-01-01}}",
    body="Of `{{ braces }}` and `*|bars|*`.",
    subject="Third letter",
    preheader="What is new",
)
NAME = "example.eu: cord 3 (en)"


@pytest.fixture
def make(tmp_path):
    def begin(send, contact="us@example.eu"):
        site = Site(tmp_path, {**FILES, PATH: ISSUE})
        newsletter = f"newsletters:\n  cord:\n    name: Cord letter\n    address: Linz\n    send: {send}\n"
        config = (site.root / "site_config.yml").read_text("utf-8")
        site.write("site_config.yml", config + newsletter + (f"contact: {contact}\n" if contact else ""))
        return site

    return begin


def run(site, *words, env=None):
    clean = dict.fromkeys(
        ("CLUSTERPRESS_SMTP_PASSWORD", *(f"CLUSTERPRESS_{one.service.upper()}_KEY" for one in ALL))
    )
    command = ["--project", str(site.root), "newsletter", "send", *words, "--now", "2022-01-01"]
    result = CliRunner().invoke(main, command, env=clean | (env or {}))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def settings_of(there, address):
    number = {"mailchimp": ", list: ab12", "buttondown": ""}.get(there.service, ", list: 3")
    return f"{{{there.service}: {{url: '{address}'{number}}}}}"


@pytest.mark.parametrize("service", ALL, ids=lambda one: one.service)
def test_two_runs_create_one_draft_and_update_it(make, service):
    there = service()
    with serving(there) as address:
        site = make(settings_of(there, address))
        env = {f"CLUSTERPRESS_{there.service.upper()}_KEY": there.key}
        first = run(site, "3", env=env)
        assert first.exit_code == 0, first.output
        assert "created the draft" in first.stdout
        assert "nothing was sent" in first.stdout
        assert "Publish the site before you send" in first.stdout
        creates = len(there.requests("POST"))
        site.write(PATH, ISSUE.replace("Third letter", "Third, corrected"))
        second = run(site, "cord/3", "--to", there.service, "--draft", env=env)
        assert "updated the draft" in second.stdout
        assert len(there.requests("POST")) == creates
    assert there.wrong == []
    name, subject, preheader, html, text = shown(there)
    assert (name, subject) == (NAME, "Third, corrected")
    assert preheader in ("What is new", None)
    tag = {
        "listmonk": "{{ UnsubscribeURL }}",
        "brevo": "{{ unsubscribe }}",
        "mailchimp": "*|UNSUB|*",
        "buttondown": "{{ unsubscribe_url }}",
    }
    assert tag[there.service] in html
    foreign = "*|bars|*" if there.service == "mailchimp" else "{{ braces }}"
    assert foreign not in html
    assert foreign not in (text or "")
    assert "&#" not in "".join(re.findall(r"<style.*?</style>", html, re.DOTALL))  # CSS knows no references
    assert "https://example.eu/newsletters/cord/3/email.png" in html  # pictures by address


def test_a_test_mail_is_the_mail_part_by_part(make, tmp_path_factory):
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="localhost", port=port)
    controller.start()
    try:
        site = make(f"{{smtp: {{host: localhost, port: {port}, security: none}}}}")
        result = run(site, "3", "--test", "me@example.eu")
    finally:
        controller.stop()
    assert result.exit_code == 0, result.output
    assert "localhost: sent a test mail to me@example.eu" in result.stdout
    folder = tmp_path_factory.mktemp("e") / "out"
    exported = [
        "--project",
        str(site.root),
        "newsletter",
        "export",
        "3",
        "--to",
        str(folder),
        "--now",
        "2022-01-01",
    ]
    assert CliRunner().invoke(main, exported).exit_code == 0
    (envelope,) = box.received
    message = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert envelope.rcpt_tos == ["me@example.eu"]
    assert message["Subject"] == "Third letter"
    for kind, name in (("html", "email.html"), ("plain", "email.txt")):
        part = message.get_body((kind,)).get_content().replace("\r\n", "\n").rstrip("\n")
        assert part == (folder / name).read_text("utf-8").rstrip("\n")
    (draft,) = folder.glob("*.eml")
    written = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    names = ("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Language")
    assert [message[name] for name in names] == [written[name] for name in names]
    assert message["List-Id"]
    assert message["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("send", "words", "code", "said"),
    [
        ("{}", ("3",), 2, "has no mailing service in site_config.yml; add one, for example send:"),
        ("{brevo: {list: 3}, buttondown: {}}", ("3",), 2, "choose one with --to: brevo, buttondown"),
        ("{brevo: {list: 3}}", ("3", "--to", "mailchimp"), 2, 'has no "mailchimp" under "send:"'),
        ("{brevo: {list: 3}}", ("3",), 3, "there is no key for brevo; set CLUSTERPRESS_BREVO_KEY"),
        ("{brevo: {list: 3}}", ("3", "--test", "me@x.eu"), 2, 'has no "smtp" under "send:"'),
        ("{smtp: {host: x.eu}}", ("3", "--test", "me"), 2, '"me" is not an e-mail address'),
        ("{smtp: {host: x.eu, user: a}}", ("3", "--test", "me@x.eu"), 3, "set CLUSTERPRESS_SMTP_PASSWORD"),
        ("{brevo: {list: 3}}", ("3", "--draft", "--test", "me@x.eu"), 2, "exclude each other"),
        ("{brevo: {list: 3}}", ("8",), 2, 'there is no issue "8"'),
        ("{brevo: {list: 3, key: x}}", ("3",), 1, "a key must not stand in this file"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_with_the_right_exit_code(make, send, words, code, said):
    result = run(make(send), *words)
    assert (result.exit_code, said in result.output) == (code, True), result.output


def test_a_mail_without_a_sender_is_refused_before_anything_is_asked(make):
    site = make("{brevo: {list: 3}}", contact="")
    result = run(site, "3", env={"CLUSTERPRESS_BREVO_KEY": "x"})
    assert result.exit_code == 3
    assert 'the mail has no sender; add "sender: …"' in result.output


def test_a_draft_issue_is_not_handed_over_but_can_be_tested(make):
    there = Listmonk()
    with serving(there) as address:
        site = make(settings_of(there, address))
        site.write(PATH, ISSUE.replace("number: 3", "number: 3\ndraft: true"))
        result = run(site, "3", env={"CLUSTERPRESS_LISTMONK_KEY": there.key})
    assert result.exit_code == 2
    assert there.asked == []


def test_a_refusal_ends_the_run_with_words_and_the_next_run_repairs(make):
    there = Listmonk()
    with serving(there) as address:
        site = make(settings_of(there, address))
        wrong = run(site, "3", env={"CLUSTERPRESS_LISTMONK_KEY": "press:wrong"})
        assert wrong.exit_code == 3
        assert (
            "clusterpress: listmonk refuses the key (401): invalid key; make a new key there" in wrong.output
        )
        assert "press:wrong" not in wrong.output
        there.fail("POST", "/api/campaigns", 500, {"message": "disk full"})
        broken = run(site, "3", env={"CLUSTERPRESS_LISTMONK_KEY": there.key})
        assert (broken.exit_code, "has a fault of its own (500); run the command again" in broken.output) == (
            3,
            True,
        )
        assert there.campaigns == {}
        assert run(site, "3", env={"CLUSTERPRESS_LISTMONK_KEY": there.key}).exit_code == 0
        assert len(there.campaigns) == 1
    assert there.wrong == []
