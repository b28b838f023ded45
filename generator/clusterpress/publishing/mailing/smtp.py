"""Test mails by SMTP: the finished e-mail goes to one address, encrypted, with words for what fails."""

import smtplib
import ssl
from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime, make_msgid

from msgspec import Struct

from clusterpress.config.subscriptions import SmtpSettings
from clusterpress.publishing.errors import PublishError
from clusterpress.publishing.mailing.campaign import Campaign, Report

TIMEOUT = 30.0
"""Seconds to wait for the server."""


class TrialMail(Struct, frozen=True, kw_only=True):
    """A test mail."""

    campaign: Campaign
    recipient: str
    headers: Mapping[str, str]
    """Further headers of the mail to readers: its language, and those of mailing lists (RFC 2369, 2919)."""


def compose(mail: TrialMail) -> EmailMessage:
    """Return the message: text and HTML, as a mailing service would send them.

    Each message has its own id, as mail programs hide a message whose id they have seen.
    """
    campaign = mail.campaign
    message = EmailMessage(policy=SMTP.clone(max_line_length=998))
    message["Subject"] = campaign.subject
    message["From"] = Address(display_name=campaign.sender_name, addr_spec=campaign.sender)
    message["To"] = Address(addr_spec=mail.recipient)
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain=campaign.sender.partition("@")[2])
    message.set_content(campaign.text, cte="quoted-printable")
    message.add_alternative(campaign.html, subtype="html", cte="quoted-printable")
    for name, value in mail.headers.items():  # set_content() removes those of the content
        message[name] = value
    return message


def send_test(settings: SmtpSettings, password: str, mail: TrialMail, report: Report) -> None:
    """Send a test mail to its one recipient.

    Args:
        settings: the server.
        password: empty if the server asks for none.
        mail: the mail.
        report: called with the progress.

    Raises:
        PublishError: the server cannot be reached, or refuses.
    """
    stage, steps = f"sending to {mail.recipient}", 2
    report(stage, 0, steps)
    try:
        message = compose(mail)
        with _connect(settings) as server:
            report(stage, 1, steps)
            if settings.user:
                server.login(settings.user, password)
            # Not `send_message`, which writes ">From" for "From" at the start of a line.
            server.sendmail(mail.campaign.sender, [mail.recipient], message.as_bytes())
    except (smtplib.SMTPException, OSError) as error:
        raise _explain(error, settings, mail) from error
    except ValueError as error:
        what = "the mail server takes addresses, user and password in ASCII characters only"
        hint = f"check {mail.recipient}, {mail.campaign.sender} and smtp.user"
        raise PublishError(what, hint) from error
    report(stage, steps, steps)


def _connect(settings: SmtpSettings) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if settings.security == "tls":
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=TIMEOUT, context=context)
    server = smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT)
    try:
        if settings.security == "starttls":
            server.starttls(context=context)
    except (smtplib.SMTPException, OSError):
        server.close()
        raise
    return server


def _explain(error: Exception, settings: SmtpSettings, mail: TrialMail) -> PublishError:
    where = f"{settings.host}:{settings.port}"
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, TimeoutError):
        error = error.__context__
    match error:
        case smtplib.SMTPAuthenticationError():
            hint = "check smtp.user in the settings, and CLUSTERPRESS_SMTP_PASSWORD"
            return PublishError(f"{where} refuses user or password", hint)
        case smtplib.SMTPRecipientsRefused():
            code, reason = next(iter(error.recipients.values()))
            return PublishError(
                f"{where} does not accept {mail.recipient} ({code} {_text(reason)})", "check the address"
            )
        case smtplib.SMTPSenderRefused():
            hint = "write an address of your own under smtp.sender"
            return PublishError(
                f"{where} does not accept the sender {error.sender} ({_text(error.smtp_error)})", hint
            )
        case smtplib.SMTPNotSupportedError():
            hint = 'choose another "security" under smtp: (tls, usually with port 465)'
            return PublishError(f"{where} offers no encryption or no login as asked for ({error})", hint)
        case ssl.SSLError():
            hint = 'check "security" and "port" under smtp:, and the certificate of the server'
            return PublishError(
                f"{where} cannot be spoken to with encryption ({error.reason or error})", hint
            )
        case TimeoutError():
            return PublishError(f"{where} does not answer", 'check "host", "port" and "security" under smtp:')
        case smtplib.SMTPResponseException():
            message = f"{where} refuses the mail ({error.smtp_code} {_text(error.smtp_error)})"
            return PublishError(message, "nothing was sent; ask the operator of the server")
    return PublishError(
        f"{where} cannot be reached ({error})", 'check the connection, and "host" and "port" under smtp:'
    )


def _text(reason: bytes | str) -> str:
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
