"""The composer: one page with all editions of an issue, its place in an inbox, and what it leaves out."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from clusterpress.newsletters.issues import Editions, ResolvedIssue, in_order
from clusterpress.newsletters.mail.plan import GMAIL_CLIP_SIZE, WARNING_SIZE
from clusterpress.newsletters.omissions import Omission
from clusterpress.values.problems import Problem

if TYPE_CHECKING:
    from jinja2 import Environment

MAX_OMISSIONS = 40
"""Longest list of items that are left out."""


class Inbox(Struct, frozen=True, kw_only=True):
    """A list of mails, and how much of a mail it shows."""

    name: str
    subject: int
    """Characters of the subject."""
    line: int
    """Characters of the preview text; of subject and preview text together if they share a line."""
    is_shared: bool


INBOXES = (
    Inbox(name="Computer", subject=70, line=110, is_shared=True),
    Inbox(name="Phone", subject=38, line=75, is_shared=False),
)
"""Typical widths: of Gmail in a browser, and of the mail programs of telephones."""


class InboxLine(Struct, frozen=True, kw_only=True):
    """A mail in an inbox."""

    inbox: str
    subject: str
    preheader: str
    is_cut: bool
    """Whether the subject is too long."""


class Place(Struct, frozen=True, kw_only=True):
    """A place in a source file."""

    path: str
    """From the project's root."""
    line: int
    url: str
    """Address of the file on this machine."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


class MailView(Struct, frozen=True, kw_only=True):
    """An e-mail as one kind of program shows it."""

    title: str
    file: str
    """Name in the folder of the e-mail."""
    width: int
    """Width of the program's window in CSS pixels."""
    note: str = ""


MAIL_VIEWS = (
    MailView(title="Light", file="email-light.html", width=640),
    MailView(title="Dark", file="email-dark.html", width=640),
    MailView(title="Phone", file="email-light.html", width=360),
    MailView(
        title="Outlook for Windows",
        file="email-outlook.html",
        width=640,
        note="its tables opened; fonts differ",
    ),
)
"""The views of an e-mail; the files are made by `client_views`."""


class Composition(Struct, frozen=True, kw_only=True):
    """Everything that the composer shows."""

    issue: ResolvedIssue
    subject: str
    preheader: str
    editions: Editions
    pages: Sequence[str]
    """The PDF's pages as pictures, in order."""
    mail_size: int
    """Bytes of the e-mail's HTML; 0 if there is none."""
    text: str
    """The e-mail as text."""
    omissions: Sequence[Omission]
    unpublished: Sequence[Omission]
    problems: Sequence[Problem]
    """Those of the issue's own file."""
    root: str
    """Address of the project's folder on this machine, with a slash at its end."""


def show_in_inbox(inbox: Inbox, subject: str, preheader: str) -> InboxLine:
    """Return a mail as a list of mails shows it: too long words are cut with an ellipsis."""
    shown = _cut(subject, inbox.subject)
    room = max(0, inbox.line - len(shown)) if inbox.is_shared else inbox.line
    return InboxLine(
        inbox=inbox.name, subject=shown, preheader=_cut(preheader, room), is_cut=len(subject) > inbox.subject
    )


def _cut(text: str, length: int) -> str:
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return f"{text[: length - 1].rstrip()}…" if length > 1 else ""


def write_composer(composition: Composition) -> bytes:
    """Return the page."""
    issue = composition.issue
    lines, path = issue.item.source.lines, issue.item.source.path
    subject, preheader = composition.subject, composition.preheader

    def place(file: str, line: int = 1) -> Place:
        return Place(path=file, line=line, url=composition.root + file)

    def key(name: str) -> Place:
        """Return where a key of the issue's file stands, or where the file begins."""
        return place(path, lines.get(name, (1, 1))[0])

    size = composition.mail_size
    page = _templates().get_template("composer.html")
    return page.render(
        composition=composition,
        issue=issue,
        title=f"{issue.masthead.name} no. {issue.number}",
        inboxes=[show_in_inbox(one, subject, preheader) for one in INBOXES],
        views=MAIL_VIEWS if size else (),
        size_state="bad" if size >= GMAIL_CLIP_SIZE else "poor" if size >= WARNING_SIZE else "good",
        share=min(100, round(100 * size / GMAIL_CLIP_SIZE)),
        omissions=composition.omissions[:MAX_OMISSIONS],
        more=max(0, len(composition.omissions) - MAX_OMISSIONS),
        in_order=in_order,
        place=place,
        key=key,
    ).encode()


@lru_cache(maxsize=1)
def _templates() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader(__package__, ".")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
