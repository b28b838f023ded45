"""Plan all outputs of a site: pages, issues, feeds, calendars, pictures, files, search index.

Most problems of a site are found here, before a page is rendered.
"""

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.calendars.plan import outputs as calendars_outputs
from clusterpress.feeds.plan import outputs as feeds_outputs
from clusterpress.feeds.views import PrintedPage
from clusterpress.library.build import excuse_drafts
from clusterpress.library.collections import check_collections
from clusterpress.library.entries import Entry
from clusterpress.library.icons import drawn_from
from clusterpress.library.language_checks import check_languages
from clusterpress.library.library import Library
from clusterpress.library.menus import check_menus
from clusterpress.library.obligations import check_funding, check_statements
from clusterpress.library.publication import STATIC
from clusterpress.library.subscriptions import check_subscriptions
from clusterpress.library.topics import calendar_topics, feed_topics
from clusterpress.media.icons import icon_outputs
from clusterpress.media.outputs import copy_outputs
from clusterpress.media.outputs import outputs as media_outputs
from clusterpress.pipeline.cache.manifest import Manifest
from clusterpress.pipeline.cache.store import Store
from clusterpress.pipeline.path_checks import find_unusable_paths
from clusterpress.pipeline.paths import CONFIG
from clusterpress.pipeline.plan import Plan, find_escaping_paths
from clusterpress.pipeline.project import Project
from clusterpress.pipeline.snapshot import Snapshot
from clusterpress.search.shards import Shard, folders
from clusterpress.theme.theme import section_words
from clusterpress.values.active_files import describe_active, has_known_type, is_markup
from clusterpress.values.digests import digest
from clusterpress.values.outputs import Bundle, Output, PageRow, Planned
from clusterpress.values.problems import Problem, Severity
from clusterpress.values.rules import default_severity, with_levels
from clusterpress.website.assets import colour_problems
from clusterpress.website.mkdocs_block import non_page_local_plugins
from clusterpress.website.outputs import outputs as website_outputs


def make_plan(
    project: Project,
    snapshot: Snapshot,
    shards: Sequence[Shard] = (),
    indexed: Callable[[], Iterable[Bundle]] = tuple,
    manifest: Manifest | None = None,
    faulty: Collection[str] = (),
) -> Plan:
    """Return the plan for a project, without rendering anything.

    Args:
        project: the opened project.
        snapshot: what was found in it.
        shards: the shards of its search index.
        indexed: waits for the index; returns its files.
        manifest: of the output folder; without it, no bundle stays closed.
        faulty: source paths of the entries with faults that did not stop the last build.
    """
    library = snapshot.library
    issue_plan = _plan_issues(project, library)
    plan = Plan(manifest.bundles() if manifest else {}, faulty)
    plan.add(_list_outputs(project, snapshot, issue_plan, shards, plan))
    plan.add(indexed())
    known = manifest.fingerprints(plan.outputs) if manifest else {}
    plan.open_conflicting(has_new=len(known) < len(plan.outputs))
    replaced = [*plan.prefer_static()]
    has_lost_files = manifest is not None and manifest.count() > len(plan.kept) + len(known)
    unchecked = tuple(plan.unchecked(library.entries))
    faults = [
        *library.faults(unchecked),
        *_find_dead_links(library.entries if has_lost_files else unchecked, plan),
    ]
    plan.faulty = frozenset(problem.path for problem in faults)
    problems = [
        *issue_plan.problems,
        *faults,
        *replaced,
        *_find_unlinked_texts(snapshot),
        *_find_active_files(project, snapshot),
        *colour_problems(library, project.theme),
        *plan.conflicts(entry.path for entry in library.entries if entry.state == "draft"),
        *_find_print_problems(project, library),
        *find_escaping_paths(plan.outputs),
        *find_unusable_paths(plan.outputs, library.entries),
    ]
    plan.problems = tuple(sorted(problems))
    return plan


class _IssuePlan(Struct, frozen=True):
    outputs: tuple[Output, ...] = ()
    printed: tuple[Output, ...] = ()
    """The PDFs among them."""
    pages: tuple[PageRow, ...] = ()
    problems: tuple[Problem, ...] = ()


def _plan_issues(project: Project, library: Library) -> _IssuePlan:
    """Return the outputs of issues; without any issue, their package is not even imported."""
    settings, theme = project.settings, project.theme
    if not any(library.of_kind("issue", lang) for lang in settings.languages):
        return _IssuePlan()
    from clusterpress.newsletters.images import cover_outputs, social_image_outputs
    from clusterpress.newsletters.mail.plan import mail_outputs, mail_problems
    from clusterpress.newsletters.pdf.checks import check_glyphs
    from clusterpress.newsletters.pdf.plan import pdf_outputs
    from clusterpress.newsletters.resolve import check_words, resolve_issues
    from clusterpress.newsletters.web.plan import web_outputs, web_pages

    issues, faults = resolve_issues(library)
    printed = tuple(pdf_outputs(issues, settings, theme))
    others = (
        *web_outputs(issues, library, theme),
        *mail_outputs(issues, library, theme),
        *social_image_outputs(issues, settings, theme),
        *cover_outputs(issues, theme),
    )
    by_path = library.by_path
    problems = (
        *excuse_drafts(faults, lambda path: by_path[path].state if path in by_path else None),
        *check_words(issues, theme),
        *check_glyphs(issues, theme),
        *mail_problems(issues, library),
    )
    return _IssuePlan((*printed, *others), printed, tuple(web_pages(issues)), problems)


def _list_outputs(
    project: Project, snapshot: Snapshot, issue_plan: _IssuePlan, shards: Sequence[Shard], plan: Plan
) -> Iterator[Planned]:
    library, settings, theme = snapshot.library, project.settings, project.theme
    topics = tuple(feed_topics(library, section_words(theme)))
    # The PDF of an issue is in the folder of its page.
    printed = (
        PrintedPage(
            page=f"{posixpath.dirname(one.path)}/",
            path=one.path,
            type="application/pdf",
            fingerprint=digest(one.fingerprint()),
        )
        for one in issue_plan.printed
    )
    searched = folders(shards)
    yield from website_outputs(library, settings, theme, topics, issue_plan.pages, searched, plan.part_of)
    yield from issue_plan.outputs
    yield from feeds_outputs(topics, settings, printed, library.shared_digest)
    yield from calendars_outputs(calendar_topics(library, section_words(theme)), settings)
    if library.with_field("extras"):
        from clusterpress.posters.plan import outputs as print_outputs

        yield from print_outputs(library, settings, theme)
    if settings.editor:
        from clusterpress.editor_page.site_editor import outputs as editor_outputs

        yield from editor_outputs(library, settings)
    # Only files that published items show or link to: nothing of a draft may leak out.
    used = library.shown_files() | {f"content/{settings.logo.removeprefix('/').removeprefix('content/')}"}
    shown = (p for p in snapshot.pictures if p.source in used or p.source.startswith(STATIC))
    yield from media_outputs(shown, settings.pictures)
    if logo := drawn_from(library):
        yield from icon_outputs(logo, settings.name, settings.root)
    yield from copy_outputs(
        (url, file.path, file.digest)
        for url, file in snapshot.copies
        if file.path in used or file.path.startswith(STATIC)
    )


def _find_print_problems(project: Project, library: Library) -> Iterator[Problem]:
    if library.with_field("extras"):
        from clusterpress.posters.plan import find_problems as find_print_problems

        yield from find_print_problems(library, project.settings, project.theme)


_TEXTS = (
    ".adoc", ".doc", ".docx", ".htm", ".html", ".ipynb", ".odt", ".org", ".pages", ".qmd", ".rst",
    ".rtf", ".textile", ".txt", ".wpd",
)  # fmt: skip
"""Ends of the names of files that somebody may take for items."""
_DATA = (
    ".astro", ".css", ".csv", ".js", ".json", ".less", ".liquid", ".mjs", ".njk", ".sass", ".scss", ".toml",
    ".ts", ".tsv", ".xml", ".yaml", ".yml",
)  # fmt: skip
"""Ends of the names of data and code, which other programs read as part of a site."""


def _find_unlinked_texts(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield a warning for each text beside items that is neither an item nor linked."""
    texts = [file.path for _, file in snapshot.copies if file.path.lower().endswith((*_TEXTS, *_DATA))]
    if not texts:
        return
    known = {problem.path for problem in snapshot.problems} | snapshot.library.shown_files()
    severity, message = default_severity("ignored-file"), "no item links to this file, so it is not published"
    write = "write items in Markdown, with names that end in .md, or link to the file"
    move = "link to it, move it to content/static/, or take it out of content/"
    for path in texts:
        if path not in known and not path.startswith(STATIC):
            hint = write if path.lower().endswith(_TEXTS) else move
            yield Problem(path=path, severity=severity, message=message, hint=hint, rule="ignored-file")


_SNIFFED = 1024
"""Bytes from which browsers guess the type of a file, at most."""


def _find_active_files(project: Project, snapshot: Snapshot) -> Iterator[Problem]:
    """Yield an error for each published file that browsers or servers run, with ``html: safe``."""
    if project.settings.html != "safe":
        return
    shown = snapshot.library.shown_files()
    for _, file in snapshot.copies:
        if not (file.path in shown or file.path.startswith(STATIC)):
            continue
        what = describe_active(file.path)
        if not what and not has_known_type(file.path):
            with (project.root / file.path).open("rb") as opened:
                what = "a page for browsers" if is_markup(opened.read(_SNIFFED)) else ""
        if what:
            message = f'this is {what}, and the settings say "html: safe"'
            yield Problem(path=file.path, message=message, hint="publish it as an item, a picture or a PDF")


def _find_dead_links(entries: Iterable[Entry], plan: Plan) -> Iterator[Problem]:
    """Yield a problem for each link to an address of this site that will not exist."""
    for entry in entries:
        if not any(link[0].startswith("/") for link in entry.index_record.links):
            continue
        lines = {link[0]: link[4] for link in entry.index_record.links}
        for target, place in entry.targets:
            path = place.partition("#")[0].partition("?")[0]
            # The address of a file is percent-encoded, its name is not.
            if target.startswith("/") and not (_is_made(path, plan) or _is_made(unquote(path), plan)):
                yield Problem(
                    path=entry.path,
                    line=lines[target] or 1,
                    severity=default_severity("dead-page"),
                    message=f'link to "{target}", but the site has no such page',
                    hint="link to the source file (../clusters/name.md): such links are checked",
                    rule="dead-page",
                )


def _is_made(path: str, plan: Plan) -> bool:
    page = posixpath.join(path, "index.html")
    return path in plan.outputs or path in plan.kept or page in plan.outputs or page in plan.kept


def find_problems(
    project: Project, store: Store, snapshot: Snapshot, plan: Plan, *, previews: bool
) -> set[Problem]:
    """Return the problems of sources, plan, website engine and funding.

    Args:
        project: the opened project.
        store: contains the result of the last check of the engine.
        snapshot: the sources.
        plan: the planned outputs.
        previews: legal problems are only warnings, because nothing is published.
    """
    library = snapshot.library
    legal = [
        *check_funding(library),
        *check_statements(library),
        *check_subscriptions(library, project.theme),
    ]
    if previews:
        legal = [replace(one, severity=Severity.WARNING) for one in legal]
    languages = check_languages(library, project.theme)
    placed = _place_in_settings(
        project, (*check_menus(library), *check_collections(library), *languages, *legal)
    )
    found = (*snapshot.problems, *plan.problems, *_check_engine(project, store), *placed)
    return {*with_levels(found, project.settings.levels)}


def _check_theme(project: Project) -> list[Problem]:
    """Return the faults of the page templates, if the theme is the project's own."""
    from clusterpress.website.engine import check_theme

    if not Path(project.theme.folder).is_relative_to(project.root / "themes"):
        return []
    return [*check_theme(project.settings, project.theme, f"themes/{project.theme.name}")]


def _place_in_settings(project: Project, problems: Sequence[Problem]) -> Sequence[Problem]:
    """Return problems, those of the settings at the lines of their fields."""
    if all(one.path != CONFIG for one in problems):
        return problems
    from clusterpress.config.reader import place_problems  # YAML takes longer to import than to read

    text = (project.root / CONFIG).read_text("utf-8-sig", errors="replace")
    return tuple(place_problems(problems, text, CONFIG))


def engine_key(project: Project) -> bytes:
    """Return the key of the stored problems of the ``mkdocs:`` block."""
    return digest("engine", project.settings.engine, project.settings.mkdocs, project.theme)


def _check_engine(project: Project, store: Store) -> list[Problem]:
    """Return the problems of the ``mkdocs:`` block; the website engine checks each block once."""
    settings, key = project.settings, engine_key(project)
    cached = store.find([key])
    if not cached:
        from clusterpress.website.engine import check_block

        found = check_block(settings, project.theme)
        cached = {key: found or _check_theme(project)}
        store.save(cached.items())
    problems: list[Problem] = list(cached[key])
    if non_page_local := non_page_local_plugins(settings):
        names = ", ".join(non_page_local)
        message = f"{names} may depend on other pages: each build makes every page again"
        hint = "if a plugin depends on the page alone, name it under mkdocs: extra: page_local:"
        problems.append(
            Problem(path=CONFIG, field="mkdocs", severity=Severity.WARNING, message=message, hint=hint)
        )
    return problems
