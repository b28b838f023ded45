"""The newsletter issues of a project: outputs made on demand, the preview and the export of an issue."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.library.library import Library
from clusterpress.newsletters import local
from clusterpress.newsletters.client_views import show_dark, show_in_outlook, show_light
from clusterpress.newsletters.composer import Composition, write_composer
from clusterpress.newsletters.issues import ResolvedIssue, editions_of, preheader_of, subject_of
from clusterpress.newsletters.mail.content import UNSUBSCRIBE_TAGS
from clusterpress.newsletters.mail.plan import mail_outputs
from clusterpress.newsletters.omissions import find_omissions, find_unpublished
from clusterpress.newsletters.pdf.plan import pdf_outputs, render_pages
from clusterpress.newsletters.resolve import resolve_issues
from clusterpress.pipeline.cache.store import Store
from clusterpress.pipeline.make_plan import make_plan
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.render import make
from clusterpress.pipeline.run_context import RunContext
from clusterpress.pipeline.snapshot import open_snapshot
from clusterpress.values.outputs import Output
from clusterpress.values.problems import Problem

Service = Literal["none", "listmonk", "mailchimp", "brevo", "buttondown"]
"""The mailing service whose unsubscribe tag a mail carries."""


class NoMailError(Exception):
    """The issue has no e-mail edition."""

    def __init__(self, issue: ResolvedIssue) -> None:
        path = issue.item.source.path
        super().__init__(f'{path}: the issue has no e-mail edition: add "email" to its editions')


class OpenIssues(Struct, frozen=True, kw_only=True):
    """The issues of a project, as long as it is open."""

    issues: tuple[ResolvedIssue, ...]
    library: Library
    project: Project
    outputs: Mapping[str, Output]
    """Path → output, for the whole site."""
    problems: tuple[Problem, ...]
    """All problems of the site's sources."""
    store: Store

    def make(self, output: Output) -> bytes:
        """Return the bytes of an output.

        Raises:
            OutputError: a fault in its sources shows only now.
        """
        return make(output, self.project.root, self.store.values(output.stored))

    def arguments(self, output: Output) -> dict[str, Any]:
        """Return the arguments of the maker of an output, by name."""
        return {**output.inputs, "stored": tuple(self.store.values(output.stored))}


@contextmanager
def open_issues(project: Project, *, now: datetime, previews: bool, run: RunContext) -> Iterator[OpenIssues]:
    """Provide the issues of a project, while no build runs.

    For the arguments, see `build_snapshot`.

    Raises:
        BusyError: a build is running.
    """
    with open_snapshot(project, now=now, previews=previews, run=run) as (snapshot, store):
        plan = make_plan(project, snapshot)
        issues, _ = resolve_issues(snapshot.library)
        yield OpenIssues(
            issues=issues,
            library=snapshot.library,
            project=project,
            outputs=plan.outputs,
            problems=tuple(sorted({*snapshot.problems, *plan.problems})),
            store=store,
        )


def preview_files(opened: OpenIssues, issue: ResolvedIssue) -> dict[str, bytes]:
    """Return path → bytes of everything that shows an issue, with an overview in ``index.html``.

    Raises:
        OutputError: a fault in its sources shows only now.
    """
    settings = opened.library.settings
    resolve = local.path_resolver(settings.url, settings.root)
    made = {
        path: opened.make(output) for path, output in opened.outputs.items() if path.startswith(issue.path)
    }
    _add_loaded(opened, made, resolve)
    local_files = frozenset(made)
    files = {
        path: local.relativise_links(path, content, resolve, local_files, settings.url)
        if path.endswith(".html")
        else content
        for path, content in made.items()
    }
    pages = {
        f"pages/{number:02}.png": page
        for output in pdf_outputs([issue], settings, opened.project.theme)
        for number, page in enumerate(render_pages(**opened.arguments(output)), start=1)
    }
    page = write_composer(_compose(opened, issue, made, list(pages)))
    return {"index.html": page, **pages, **_mail_views(issue, files), **files}


def _compose(
    opened: OpenIssues, issue: ResolvedIssue, made: Mapping[str, bytes], pages: list[str]
) -> Composition:
    editions = editions_of(issue.entry)
    previous = issue.previous.day if issue.previous else None
    path = issue.item.source.path
    return Composition(
        issue=issue,
        subject=subject_of(issue),
        preheader=preheader_of(issue),
        editions=editions,
        pages=pages,
        mail_size=len(made.get(editions.html, b"")),
        text=made.get(editions.text, b"").decode(),
        omissions=find_omissions(issue.item, previous, opened.library),
        unpublished=find_unpublished(issue.stories),
        problems=[one for one in opened.problems if one.path == path],
        root=f"{opened.project.root.absolute().as_uri()}/",
    )


def _mail_views(issue: ResolvedIssue, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of `MAIL_VIEWS`, in the folder of the e-mail, whose addresses they share."""
    makers = {"light": show_light, "dark": show_dark, "outlook": show_in_outlook}
    html = files.get(editions_of(issue.entry).html, b"").decode()
    return {f"{issue.path}email-{name}.html": make(html).encode() for name, make in makers.items() if html}


def _plan_mails(opened: OpenIssues, issue: ResolvedIssue, service: Service) -> dict[str, Output]:
    """Return path → output of an issue's e-mail with the unsubscribe tag of a service.

    Raises:
        NoMailError: the issue has no e-mail edition.
    """
    if not editions_of(issue.entry).html:
        raise NoMailError(issue)
    sent = replace(issue, masthead=replace(issue.masthead, unsubscribe=service))
    return {o.path: o for o in mail_outputs([sent], opened.library, opened.project.theme)}


def export_files(opened: OpenIssues, issue: ResolvedIssue, service: Service) -> tuple[dict[str, bytes], int]:
    """Return name → bytes of everything that a mailing service needs, and the bytes of the mail's HTML.

    Args:
        opened: the project's issues.
        issue: the one to be sent.
        service: mailing service whose unsubscribe tag the mail carries, or ``none``.

    Raises:
        NoMailError: the issue has no e-mail edition.
        OutputError: a fault in its sources shows only now.
    """
    editions, settings = editions_of(issue.entry), opened.library.settings
    mails = _plan_mails(opened, issue, service)
    html = opened.make(mails[editions.html])
    files = {"email.html": html}
    for path in (editions.text, editions.message, editions.pdf):
        if path:
            files[PurePosixPath(path).name] = opened.make(mails.get(path) or opened.outputs[path])
    for path in sorted(
        set(local.find_loaded_files(editions.html, html, local.path_resolver(settings.url, settings.url)))
    ):
        if path in opened.outputs:
            files[f"pictures/{PurePosixPath(path).name}"] = opened.make(opened.outputs[path])
    text = local.write_guide(issue, service=service, size=len(html), files=list(files), site=settings.url)
    return {"README.txt": text.encode(), **files}, len(html)


class MailParts(Struct, frozen=True, kw_only=True):
    """The e-mail of an issue, ready to be handed over."""

    subject: str
    preheader: str
    html: str
    text: str
    tag: str
    """The service's tag for unsubscribing; empty without one."""


def make_mail_parts(opened: OpenIssues, issue: ResolvedIssue, service: Service) -> MailParts:
    """Return the e-mail of an issue, with the tag of a service.

    Args:
        opened: the project's issues.
        issue: the one to be sent.
        service: mailing service whose unsubscribe tag the mail carries, or ``none``.

    Raises:
        NoMailError: the issue has no e-mail edition.
        OutputError: a fault in its sources shows only now.
    """
    editions, mails = editions_of(issue.entry), _plan_mails(opened, issue, service)
    return MailParts(
        subject=subject_of(issue),
        preheader=preheader_of(issue),
        html=opened.make(mails[editions.html]).decode(),
        text=opened.make(mails[editions.text]).decode(),
        tag=UNSUBSCRIBE_TAGS.get(service, ""),
    )


def make_list_headers(opened: OpenIssues, issue: ResolvedIssue) -> dict[str, str]:
    """Return the headers of the exported message that concern lists of readers and its language.

    Raises:
        NoMailError: the issue has no e-mail edition.
        OutputError: a fault in its sources shows only now.
    """
    from email.parser import BytesHeaderParser
    from email.policy import SMTP

    draft = opened.make(_plan_mails(opened, issue, "none")[editions_of(issue.entry).message])
    found = BytesHeaderParser(policy=SMTP).parsebytes(draft)
    return {
        name: str(value)
        for name, value in found.items()
        if name.startswith("List-") or name == "Content-Language"
    }


def _add_loaded(opened: OpenIssues, made: dict[str, bytes], resolve: local.ResolvePath) -> None:
    new: Mapping[str, bytes] = dict(made)
    while new:
        wanted = {
            path for name, content in new.items() for path in local.find_loaded_files(name, content, resolve)
        }
        missing = sorted(path for path in wanted - made.keys() if path in opened.outputs)
        new = {path: opened.make(opened.outputs[path]) for path in missing}
        made |= new
