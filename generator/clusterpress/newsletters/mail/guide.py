"""Guide: how staff send an exported issue, with each mailing service."""

from collections.abc import Mapping, Sequence
from textwrap import fill

from clusterpress.newsletters.issues import ResolvedIssue

_AFTER_TEST = (
    "Send a test to yourself, then send. {} fills in the link at the foot by which readers unsubscribe."
)

SERVICES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "listmonk": (
        "listmonk",
        (
            'Campaigns → New: name, subject, lists, Format "Raw HTML"; leave the template empty.',
            "Content: paste the whole of email.html.",
            '"Add alternate plain text message": paste the whole of email.txt.',
            _AFTER_TEST.format("listmonk"),
        ),
    ),
    "mailchimp": (
        "Mailchimp",
        (
            "Create a campaign: audience, from, subject, preview text.",
            'Design Email → "Code your own" → "Paste in code": paste the whole of email.html.',
            '"Plain-text email": replace what stands there by email.txt.',
            _AFTER_TEST.format("Mailchimp") + " Its own footer may come on top.",
        ),
    ),
    "brevo": (
        "Brevo",
        (
            "Campaigns → Create → Email: name, subject, preview text, from, recipients.",
            'Design → "Code your own" → "Paste your code": paste the whole of email.html.',
            "Brevo writes the text part by itself; email.txt is for other uses.",
            _AFTER_TEST.format("Brevo"),
        ),
    ),
}
"""Service → its name, and the steps to take there."""

_DRAFT = (
    "Double-click the file that ends in .eml: Outlook, Apple Mail and Thunderbird open it as a draft.",
    "Put your readers into Bcc, never into To or Cc: nobody may see the others' addresses.",
    "Send it to yourself first. Readers unsubscribe by writing to you: keep that list.",
)


def write_guide(
    issue: ResolvedIssue, *, service: str, subject: str, size: int, files: Sequence[str], site: str
) -> str:
    """Return the guide as plain text.

    Args:
        issue: the issue.
        service: the mailing service whose tags are in the HTML, or ``none``.
        subject: subject line of the e-mail.
        size: bytes of the e-mail's HTML.
        files: names of the other exported files.
        site: address of the site.
    """
    name, steps = SERVICES.get(service, ("a mail program", _DRAFT))
    parts = [
        _title(f"{issue.masthead.name} no. {issue.number}: how to send it", "="),
        (
            f"Subject:       {subject}\nPreview text:  {issue.item.preheader or '(none)'}\n"
            f"Size of HTML:  {size / 1000:.0f} KB (Gmail cuts mails at 102 KB)"
        ),
        _title("What is here", "-"),
        "\n".join(f"- {file}" for file in files),
        _title("Before you send", "-"),
        _steps(
            (
                f"Publish the site: links and pictures of the mail come from {site}",
                "Should your service ask for the pictures: they are in the folder pictures/.",
                'Pin the issue with "clusterpress newsletter freeze", so that it stays as you sent it.',
                "Look at a test mail on a computer and on a phone, in light and in dark.",
            )
        ),
        _title(f"With {name}", "-"),
        _steps(steps),
    ]
    if service in SERVICES:
        parts += [_title("With a mail program instead", "-"), _steps(_DRAFT)]
    else:
        services = ", ".join(SERVICES)
        parts.append(fill(f"For a mailing service, export again with --service ({services}).", 78))
    return "\n\n".join(parts) + "\n"


def _steps(steps: Sequence[str]) -> str:
    return "\n".join(
        fill(step, 78, initial_indent=f"{number}. ", subsequent_indent="   ", break_long_words=False)
        for number, step in enumerate(steps, start=1)
    )


def _title(text: str, sign: str) -> str:
    return f"{text}\n{sign * len(text)}"
