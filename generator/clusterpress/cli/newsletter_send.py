"""``clusterpress newsletter send``: a draft at a mailing service, or a test mail to one address."""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import click

from clusterpress.cli.newsletter import newsletter, number_argument, open_issue
from clusterpress.cli.project import FAULTS, MACHINE, now_option, stop
from clusterpress.cli.reporting import progress
from clusterpress.config.settings import Settings
from clusterpress.config.subscriptions import SendSettings

if TYPE_CHECKING:
    from clusterpress.newsletters.issues import ResolvedIssue
    from clusterpress.pipeline.issues import MailParts, OpenIssues, Service
    from clusterpress.publishing.mailing.campaign import Campaign

_SERVICES = tuple(name for name in SendSettings.__struct_fields__ if name != "smtp")
_EXAMPLE = "send: {brevo: {list: 4}}"


@newsletter.command()
@number_argument
@click.option(
    "--to", "service", type=click.Choice(_SERVICES), help="Mailing service [default: the only one]."
)
@click.option("--draft", is_flag=True, help="Create or update a draft there; the default.")
@click.option(
    "--test", "recipient", metavar="ADDRESS", help="Send a test mail to one address instead, by SMTP."
)
@now_option
@click.pass_obj
def send(
    root: Path, name: str, service: str | None, draft: bool, recipient: str | None, now: datetime
) -> None:
    """Hand an issue over to a mailing service as a draft, or send a test mail.

    Nothing is sent to a list: staff send the draft at the service. A second run updates the draft. Describe
    the services in site_config.yml under "send:" of the newsletter. Keys come from the environment
    (CLUSTERPRESS_BREVO_KEY) or the keyring of your system.
    """
    from clusterpress.pipeline.issues import NoMailError
    from clusterpress.publishing.errors import PublishError

    if draft and recipient:
        stop("--draft and --test exclude each other")
    with open_issue(root, name, now, previews=bool(recipient)) as (opened, issue):
        blocks = issue.masthead.send or SendSettings()
        try:
            if recipient:
                _send_test(opened, issue, blocks, recipient)
            else:
                _hand_over(opened, issue, blocks, service or _only_service(blocks, issue))
        except NoMailError as fault:
            stop(str(fault), FAULTS)
        except PublishError as fault:
            stop(str(fault), MACHINE)


def _only_service(blocks: SendSettings, issue: "ResolvedIssue") -> str:
    known = [name for name in _SERVICES if getattr(blocks, name)]
    if not known:
        where = f"newsletters.{issue.newsletter}"
        stop(f"{where} has no mailing service in site_config.yml; add one, for example {_EXAMPLE}")
    if len(known) > 1:
        stop(f"there are several services; choose one with --to: {', '.join(known)}")
    return known[0]


def _hand_over(opened: "OpenIssues", issue: "ResolvedIssue", blocks: SendSettings, service: str) -> None:
    from clusterpress.pipeline.issues import make_mail_parts
    from clusterpress.publishing.mailing.campaign import hand_over
    from clusterpress.publishing.mailing.secrets import find_key
    from clusterpress.publishing.mailing.services import REMARKS, open_service

    block = getattr(blocks, service)
    if block is None:
        stop(f'newsletters.{issue.newsletter} has no "{service}" under "send:" in site_config.yml')
    key = find_key(service, os.environ, opened.project.root)
    account = open_service(service, block, key)
    parts = make_mail_parts(opened, issue, cast("Service", service))
    sender = getattr(block, "sender", "")
    needs_sender = service in ("brevo", "mailchimp")
    campaign = _campaign(opened, issue, parts, sender, service, needs_sender=needs_sender)
    with progress() as report:
        done = hand_over(account, campaign, report)
    word = "created" if done.is_new else "updated"
    click.echo(f'{account.title}: {word} the draft "{campaign.name}" ({done.id}); nothing was sent')
    click.echo(
        f"Publish the site before you send: links and pictures come from {opened.library.settings.url}"
    )
    for remark in (*done.remarks, *REMARKS.get(service, ())):
        click.echo(f"Note: {remark}", err=True)


def _send_test(opened: "OpenIssues", issue: "ResolvedIssue", blocks: SendSettings, recipient: str) -> None:
    from clusterpress.parsing.values import ValueFault, check_email
    from clusterpress.pipeline.issues import make_list_headers, make_mail_parts
    from clusterpress.publishing.mailing.secrets import find_key
    from clusterpress.publishing.mailing.smtp import TrialMail, send_test

    try:
        check_email(recipient)
    except ValueFault as fault:
        stop(f"{fault.message}; {fault.hint}")
    server = blocks.smtp
    if server is None:
        stop(f'newsletters.{issue.newsletter} has no "smtp" under "send:" in site_config.yml: add it')
    password = find_key("smtp", os.environ, opened.project.root) if server.user else ""
    parts = make_mail_parts(opened, issue, "none")
    campaign = _campaign(opened, issue, parts, server.sender, "", needs_sender=True)
    mail = TrialMail(campaign=campaign, recipient=recipient, headers=make_list_headers(opened, issue))
    with progress() as report:
        send_test(server, password, mail, report)
    click.echo(
        f"{server.host}: sent a test mail to {recipient} ({len(parts.html.encode()) / 1000:.0f} KB of HTML)"
    )


def _campaign(
    opened: "OpenIssues",
    issue: "ResolvedIssue",
    parts: "MailParts",
    sender: str,
    service: str,
    *,
    needs_sender: bool,
) -> "Campaign":
    from clusterpress.publishing.errors import PublishError
    from clusterpress.publishing.mailing.campaign import Campaign, protect
    from clusterpress.publishing.mailing.services import SIGNS

    settings: Settings = opened.library.settings
    sender = sender or (settings.contact if needs_sender else "")
    if needs_sender and not sender:
        raise PublishError(
            "the mail has no sender", 'add "sender: …" to the service, or "contact: …" to the settings'
        )
    signs = SIGNS.get(service, ())
    block = issue.masthead.subscribe
    return Campaign(
        name=f"{urlsplit(settings.url).hostname}: {issue.newsletter} {issue.number} ({issue.lang})",
        subject=" ".join(parts.subject.split()),
        preheader=" ".join(parts.preheader.split()),
        html=protect(parts.html, parts.tag, signs, is_html=True),
        text=protect(parts.text, parts.tag, signs, is_html=False),
        sender_name=issue.masthead.name,
        sender=sender,
        tracking=bool(block and block.tracking),
    )
