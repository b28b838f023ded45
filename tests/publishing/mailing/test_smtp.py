"""Test mails, as a real server receives them."""
# ruff: noqa: ARG001, ARG002, N802 -- aiosmtpd calls these methods with these arguments

import email
import email.policy
import shutil
import socket
import ssl
import subprocess

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from msgspec.structs import replace

from clusterpress.config.subscriptions import SmtpSettings
from clusterpress.publishing.errors import PublishError
from clusterpress.publishing.mailing import smtp
from clusterpress.publishing.mailing.campaign import Campaign
from clusterpress.publishing.mailing.smtp import TrialMail, send_test

CAMPAIGN = Campaign(
    name="x.eu: letter 3 (en)",
    subject="Third letter: «Ünïcode», and so much of it that the line has to be folded somewhere",
    preheader="What is new",
    html=f"<!doctype html>\n<p>Hëllo</p>\n.\n..dots\nFrom here\n<p>{'x' * 2000}</p>\n",
    text="Hëllo مرحبا\n.\n..dots\nFrom here\n",
    sender_name="The Letter, monthly",
    sender="news@x.eu",
)
HEADERS = {
    "List-Id": "<letter.x.eu>",
    "List-Unsubscribe": f"<https://x.eu/out?{'r' * 200}>, <mailto:news@x.eu?subject=Leave>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "Content-Language": "en",
}
MAIL = TrialMail(campaign=CAMPAIGN, recipient="me@x.eu", headers=HEADERS)


class Mailbox:
    def __init__(self):
        self.received, self.refuse = [], {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "rcpt" in self.refuse:
            return self.refuse["rcpt"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(self, server, session, envelope, address, options):
        if "mail" in self.refuse:
            return self.refuse["mail"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if "data" in self.refuse:
            return self.refuse["data"]
        self.received.append(envelope)
        return "250 OK"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    if not shutil.which("openssl"):
        pytest.skip("there is no openssl on this machine")
    folder = tmp_path_factory.mktemp("certificate")
    words = (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    subprocess.run(
        ["openssl", *words.split(), "-keyout", folder / "key", "-out", folder / "cert"],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture
def serve(certificate, monkeypatch):
    running = []

    def begin(*, security="starttls", trusted=True, accepts="sesame", user=""):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate / "cert", certificate / "key")
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert"))
        box = Mailbox()

        def allow(server, session, envelope, mechanism, data):
            return AuthResult(
                success=data.login == b"press" and data.password == accepts.encode(), handled=False
            )

        options = {"tls_context": context, "require_starttls": True} if security == "starttls" else {}
        if security == "tls":
            options = {"ssl_context": context}
        if user:
            options |= {
                "authenticator": allow,
                "auth_require_tls": security == "starttls",
                "auth_required": True,
            }
        controller = Controller(box, hostname="localhost", port=0, **options)
        with socket.socket() as free:
            free.bind(("localhost", 0))
            controller.port = free.getsockname()[1]
        controller.start()
        running.append(controller)
        asked = security if security in ("starttls", "tls") else "none"
        return box, SmtpSettings(host="localhost", port=controller.port, security=asked, user=user)

    yield begin
    for controller in running:
        controller.stop()


def refusal(settings, password=""):
    with pytest.raises(PublishError) as fault:
        send_test(settings, password, MAIL, lambda *_: None)
    return str(fault.value)


@pytest.mark.parametrize("security", ["starttls", "none"])
def test_what_arrives_is_what_was_sent_part_by_part(serve, security):
    box, settings = serve(security=security)
    stages = []
    send_test(settings, "", MAIL, lambda *stage: stages.append(stage))
    (envelope,) = box.received
    assert (envelope.mail_from, envelope.rcpt_tos) == ("news@x.eu", ["me@x.eu"])
    message = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert message["Subject"] == CAMPAIGN.subject
    assert message["From"].addresses[0].display_name == "The Letter, monthly"
    assert message["To"] == "me@x.eu"
    assert {name: message[name] for name in HEADERS} == HEADERS
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == CAMPAIGN.text
    assert message.get_body(("html",)).get_content().replace("\r\n", "\n") == CAMPAIGN.html
    assert max(map(len, envelope.content.splitlines())) <= 998
    assert [done for _, done, _ in stages] == [0, 1, 2]


def test_each_test_mail_has_an_id_of_its_own(serve):
    box, settings = serve()
    send_test(settings, "", MAIL, lambda *_: None)
    send_test(settings, "", MAIL, lambda *_: None)
    ids = {email.message_from_bytes(one.content)["Message-ID"] for one in box.received}
    assert len(ids) == 2
    assert all(one.endswith("@x.eu>") for one in ids)


def test_a_user_logs_in_under_encryption(serve):
    box, settings = serve(user="press")
    send_test(settings, "sesame", MAIL, lambda *_: None)
    assert len(box.received) == 1
    message = refusal(settings, "wrong")
    assert (
        "refuses user or password; check smtp.user in the settings, and CLUSTERPRESS_SMTP_PASSWORD" in message
    )
    assert "wrong" not in message
    assert len(box.received) == 1


def test_a_server_without_encryption_gets_neither_mail_nor_password(serve):
    box, settings = serve(security="none", user="")
    message = refusal(replace(settings, security="starttls", user="press"), "sesame")
    assert "offers no encryption" in message
    assert box.received == []


def test_a_certificate_that_nobody_vouches_for_is_refused(serve):
    box, settings = serve(trusted=False)
    assert "cannot be spoken to with encryption" in refusal(settings)
    assert box.received == []


@pytest.mark.parametrize(
    ("step", "answer", "words"),
    [
        ("rcpt", "550 no such user", "does not accept me@x.eu (550 no such user); check the address"),
        ("mail", "553 not yours", "does not accept the sender news@x.eu (not yours)"),
        ("data", "554 looks like spam", "refuses the mail (554 looks like spam); nothing was sent"),
    ],
)
def test_every_refusal_is_told(serve, step, answer, words):
    box, settings = serve()
    box.refuse[step] = answer
    assert words in refusal(settings)
    assert box.received == []


def test_no_server_and_no_answer_are_told(monkeypatch):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert f"127.0.0.1:{port} cannot be reached" in refusal(SmtpSettings(host="127.0.0.1", port=port))
    monkeypatch.setattr(smtp, "TIMEOUT", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        settings = SmtpSettings(host="127.0.0.1", port=deaf.getsockname()[1])
        assert "does not answer" in refusal(settings)


def test_tls_from_the_start(serve):
    box, settings = serve(security="tls")
    send_test(settings, "", MAIL, lambda *_: None)
    assert len(box.received) == 1


@pytest.mark.parametrize("recipient", ["jürgen@x.eu", "me@bücher.eu"])
def test_an_address_that_the_server_cannot_take_is_told(serve, recipient):
    box, settings = serve(security="none")
    with pytest.raises(PublishError, match="ASCII characters only"):
        send_test(settings, "", replace(MAIL, recipient=recipient), lambda *_: None)
    assert box.received == []
