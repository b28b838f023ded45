"""Editions: the files of one issue for a folder of their own, to look at or to hand on."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Literal

from clusterpress.newsletters import local
from clusterpress.newsletters.issues import ResolvedIssue, editions_of
from clusterpress.newsletters.mail.plan import mail_outputs
from clusterpress.newsletters.pdf.plan import pdf_outputs, render_pages
from clusterpress.pipeline.issues import OpenIssues

Service = Literal["none", "listmonk", "mailchimp", "brevo"]
"""The mailing service whose unsubscribe tag a mail carries."""


class NoMailError(Exception):
    """The issue has no e-mail edition."""


def preview_files(opened: OpenIssues, issue: ResolvedIssue) -> dict[str, bytes]:
    """Return path → bytes of everything that shows an issue, with an overview in ``index.html``.

    Raises:
        CannotMakeError: a fault in its sources shows only now.
    """
    settings = opened.library.settings
    resolve = local.path_resolver(settings.url, settings.root)
    made = {
        path: opened.make(output) for path, output in opened.outputs.items() if path.startswith(issue.path)
    }
    mail = len(made.get(editions_of(issue.entry).html, b""))
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
    title = f"{issue.masthead.name} no. {issue.number}"
    overview = local.write_overview(title, editions_of(issue.entry), pages=list(pages), mail=mail)
    return {"index.html": overview, **pages, **files}


def export_files(opened: OpenIssues, issue: ResolvedIssue, service: Service) -> tuple[dict[str, bytes], int]:
    """Return name → bytes of everything that a mailing service needs, and the bytes of the mail's HTML.

    Args:
        opened: the project's issues.
        issue: the one to be sent.
        service: mailing service whose unsubscribe tag the mail carries, or ``none``.

    Raises:
        NoMailError: the issue has no e-mail edition.
        CannotMakeError: a fault in its sources shows only now.
    """
    editions = editions_of(issue.entry)
    if not editions.html:
        path = issue.item.source.path
        raise NoMailError(f'{path}: the issue has no e-mail edition: add "email" to its editions')
    settings = opened.library.settings
    sent = replace(issue, masthead=replace(issue.masthead, unsubscribe=service))
    mails = {o.path: o for o in mail_outputs([sent], opened.library, opened.project.theme)}
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
    text = local.write_guide(
        issue,
        service=service,
        size=len(html),
        files=list(files),
        site=settings.url,
    )
    return {"README.txt": text.encode(), **files}, len(html)


def _add_loaded(opened: OpenIssues, made: dict[str, bytes], resolve: local.ResolvePath) -> None:
    """Add the files that pages load, and those that their style sheets load."""
    new: Mapping[str, bytes] = dict(made)
    while new:
        wanted = {
            path for name, content in new.items() for path in local.find_loaded_files(name, content, resolve)
        }
        new = _make_all(opened, wanted - made.keys())
        made |= new


def _make_all(opened: OpenIssues, paths: Iterable[str]) -> dict[str, bytes]:
    return {path: opened.make(opened.outputs[path]) for path in sorted(paths) if path in opened.outputs}
