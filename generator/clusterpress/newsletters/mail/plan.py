"""The plan of the e-mail edition: every file of it, as outputs, and what is missing for it."""

from collections.abc import Iterable, Iterator
from functools import partial

from clusterpress.library.library import Library
from clusterpress.newsletters.addresses import EMBLEM
from clusterpress.newsletters.document import entries_of
from clusterpress.newsletters.issues import ResolvedIssue
from clusterpress.newsletters.mail.content import MessageContext, build_message_context
from clusterpress.newsletters.mail.outputs import (
    is_embedded,
    make_emblem,
    make_html,
    make_message,
    make_picture,
    make_text,
    own_picture,
)
from clusterpress.newsletters.mail.size import check_size
from clusterpress.newsletters.mail.unsubscribe import UNSUBSCRIBE_TAGS
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Output
from clusterpress.values.problems import Problem, Severity


def mail_outputs(issues: Iterable[ResolvedIssue], library: Library, theme: Theme) -> Iterator[Output]:
    """Yield every file of the e-mail editions, without rendering anything.

    Args:
        issues: all issues, as resolved; those without an e-mail edition are passed over.
        library: the library.
        theme: how they look.
    """
    made = False
    for issue in issues:
        if "email" in issue.item.editions:
            made = True
            yield from _issue_outputs(issue, build_message_context(issue, library), theme)
    if made:
        yield Output(path=EMBLEM, make=partial(make_emblem))


def mail_problems(issues: Iterable[ResolvedIssue], library: Library) -> Iterator[Problem]:
    """Yield a warning for each newsletter whose mails lack what the law asks for."""
    sent = {issue.newsletter: issue for issue in issues if "email" in issue.item.editions}
    for name, issue in sorted(sent.items()):
        masthead = issue.masthead
        if not masthead.address:
            message = f'the newsletter "{masthead.name}" has no postal address, which its e-mails must show'
            yield _warning(f"newsletters.{name}.address", message, "add its publisher's address:")
        if masthead.unsubscribe not in UNSUBSCRIBE_TAGS and not build_message_context(issue, library).contact:
            message = f'readers of the newsletter "{masthead.name}" cannot unsubscribe'
            yield _warning(
                "contact", message, "add contact: with an e-mail address, or unsubscribe: with your service"
            )


def _warning(field: str, message: str, hint: str) -> Problem:
    return Problem(path="site_config.yml", field=field, severity=Severity.WARNING, message=message, hint=hint)


def _issue_outputs(issue: ResolvedIssue, context: MessageContext, theme: Theme) -> Iterator[Output]:
    sections, source = issue.sections, (issue.item.source.path,)
    bodies = tuple(entry.body for entry in entries_of(context.metadata, sections))
    editions = context.editions
    own = own_picture(context)
    picture = (own.key,) if own and is_embedded(context) else ()
    make = partial(make_html, theme=theme, context=context, sections=sections)
    yield Output(path=editions.html, make=make, stored=bodies, sources=source, inspect=check_size)
    make = partial(make_text, theme=theme, context=context, sections=sections)
    yield Output(path=editions.text, make=make, stored=bodies, sources=source)
    make = partial(make_message, theme=theme, context=context, sections=sections)
    yield Output(path=editions.message, make=make, stored=bodies + picture, sources=source)
    if own is None:
        make = partial(make_picture, theme=theme, context=context, sections=sections)
        yield Output(path=editions.picture, make=make, sources=source)
