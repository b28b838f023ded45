"""The e-mail edition: its outputs, their makers, and checks.

Other processes may run the makers. The modules that write a message are imported when one is made: most
builds make none.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from clusterpress.library.library import Library
from clusterpress.markup.body import Body
from clusterpress.newsletters.document import entries_of
from clusterpress.newsletters.images import draw_cover, draw_emblem
from clusterpress.newsletters.issues import EMBLEM, ResolvedIssue, Sections, count_stories
from clusterpress.newsletters.mail.content import (
    UNSUBSCRIBE_TAGS,
    MessageContext,
    build_message,
    build_message_context,
)
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Output
from clusterpress.values.problems import Problem, Severity

GMAIL_CLIP_SIZE = 100_000
"""Bytes. Gmail clips a mail at 102 KB; the hidden rest includes the link to unsubscribe."""

WARNING_SIZE = 80_000
"""Bytes. Mailing services add links and a pixel of their own."""


def mail_outputs(issues: Iterable[ResolvedIssue], library: Library, theme: Theme) -> Iterator[Output]:
    """Yield every file of the e-mail editions, without rendering anything.

    Args:
        issues: all issues, as resolved; those without an e-mail edition are skipped.
        library: the library.
        theme: the theme.
    """
    made = [issue for issue in issues if "email" in issue.item.editions]
    for issue in made:
        yield from _issue_outputs(issue, build_message_context(issue, library), theme)
    if made:
        yield Output(path=EMBLEM, make=partial(draw_emblem))


def mail_problems(issues: Iterable[ResolvedIssue], library: Library) -> Iterator[Problem]:
    """Yield a warning for each newsletter whose mails lack legally required information."""
    sent = {issue.newsletter: issue for issue in issues if "email" in issue.item.editions}
    for name, issue in sorted(sent.items()):
        masthead = issue.masthead
        if not masthead.address:
            message = f'the newsletter "{masthead.name}" has no postal address, which its e-mails must show'
            yield _warning(f"newsletters.{name}.address", message, "add its publisher's address:")
        if masthead.unsubscribe not in UNSUBSCRIBE_TAGS and not build_message_context(issue, library).contact:
            message = f'readers of the newsletter "{masthead.name}" cannot unsubscribe'
            hint = "add contact: with an e-mail address, or unsubscribe: with your service"
            yield _warning("contact", message, hint)


def _issue_outputs(issue: ResolvedIssue, context: MessageContext, theme: Theme) -> Iterator[Output]:
    sections, source = issue.sections, (issue.item.source.path,)
    bodies = tuple(entry.body for entry in entries_of(context.metadata, sections))
    editions = context.editions
    own = context.own_picture
    picture = (own.key,) if own and context.is_embedded else ()
    html, text, message = (
        partial(maker, theme=theme, context=context, sections=sections)
        for maker in (_make_html, _make_text, make_message)
    )
    yield Output(path=editions.html, make=html, stored=bodies, sources=source, inspect=check_size)
    yield Output(path=editions.text, make=text, stored=bodies, sources=source)
    yield Output(path=editions.message, make=message, stored=bodies + picture, sources=source)
    if own is None:
        cover = partial(draw_cover, theme=theme, metadata=context.metadata, counts=count_stories(sections))
        yield Output(path=editions.picture, make=cover, sources=source)


def _make_html(theme: Theme, context: MessageContext, sections: Sections, stored: tuple[Body, ...]) -> bytes:
    """Return the HTML that is pasted into a mailing service."""
    from clusterpress.newsletters.mail.html import write_html

    return write_html(theme, build_message(theme, context, sections, stored)).encode()


def _make_text(theme: Theme, context: MessageContext, sections: Sections, stored: tuple[Body, ...]) -> bytes:
    """Return the plain text of the e-mail."""
    from clusterpress.newsletters.mail.plain_text import write_text

    message = build_message(theme, context, sections, stored)
    return write_text(message, service=context.metadata.masthead.unsubscribe).encode()


def make_message(theme: Theme, context: MessageContext, sections: Sections, stored: tuple[Any, ...]) -> bytes:
    """Return the draft that mail programs open; it has no tags of mailing services.

    Args:
        theme: the theme.
        context: what it needs besides its sections.
        sections: its sections.
        stored: the bodies, and then the bytes of the cover's picture if it has one that is embedded.
    """
    from clusterpress.newsletters.mail.html import write_html, write_message
    from clusterpress.newsletters.mail.plain_text import write_text

    embedded, own = context.is_embedded, context.own_picture
    message = build_message(theme, context, sections, stored[:-1] if embedded and own else stored)
    cover = b""
    if embedded:
        cover = stored[-1] if own else draw_cover(theme, context.metadata, count_stories(sections))
    return write_message(
        message,
        html=write_html(theme, message, draft=True),
        text=write_text(message, service="none"),
        cover=cover,
        picture_type=own.type if own else "image/png",
    )


def check_size(html: bytes, sources: tuple[str, ...]) -> Problem | None:
    """Return a problem with the size of a mail's HTML, or None; the first of its sources is the issue's."""
    size = len(html)
    if size < WARNING_SIZE:
        return None
    too_large = size >= GMAIL_CLIP_SIZE
    limit = "Gmail cuts mails at 102 KB" + ("" if too_large else ", with what the sender adds")
    return Problem(
        path=sources[0],
        severity=Severity.ERROR if too_large else Severity.WARNING,
        message=f"the e-mail has {size // 1000} KB, and {limit}",
        hint="give its sections a limit, or shorten the editorial",
    )


def _warning(field: str, message: str, hint: str) -> Problem:
    return Problem(path="site_config.yml", field=field, severity=Severity.WARNING, message=message, hint=hint)
