"""Reads the path of a source file: kind of item, date, language and slug."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from clusterpress.config.settings import Settings
from clusterpress.values.kinds import FOLDERS, Kind
from clusterpress.values.problems import Problem, Severity, did_you_mean
from clusterpress.values.source_names import is_markdown, is_temporary, strip_markdown

_DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:[-_ ]+(.*))?$", re.DOTALL)
_IN_LANGUAGE = re.compile(r"(.+)\.([A-Za-z]{2,3}(?:-[A-Za-z]{4})?)$", re.DOTALL)


_DOUBLE_END = re.compile(r"(.+)(\.(?:md|markdown|mdown)\.(?:txt|text|rtf|docx?|html?))", re.IGNORECASE)
"""Windows hides the last part of a name, and text editors add one."""

HANDBOOK = "content/README.md"
"""The handbook for staff, which every site has."""


class FileName(Struct, frozen=True):
    """The parts of a source file's name."""

    stem: str
    """The name without date, language and end; the folder's for an ``index.md``."""
    date: str
    """``2019-04-12`` if the name begins with a date, else ""."""
    language: str
    """``fr`` of ``x.fr.md``, else ""."""


def kind_of(path: str, settings: Settings) -> Kind | None:
    """Return the kind of item that a file of the project is, or None when it is no item.

    Not items are README files, files in ``content/static/``, names that begin with ``.`` or ``_``, files
    other than Markdown, and files that `misplaced` reports. Markdown has several endings, in any case.
    Folders that the settings name may begin with ``_``.
    """
    known = _folders(settings)
    folder = _folder_of(path, settings)
    if folder is None:
        return None
    while folder not in known:  # from the most precise folder outwards
        folder, slash, _ = folder.rpartition("/")
        if not slash:
            return known.get(".")
    return known[folder]


def misplaced(path: str, settings: Settings) -> Problem | None:
    """Return a problem if a file looks like an item and is none, because of its name or its folder."""
    if problem := _left_out(path, settings):
        return problem
    folder = _folder_of(path, settings)
    if folder is None or kind_of(path, settings):
        return None
    known = _folders(settings)
    first = folder.split("/")[0]
    if not first:
        hint = f"move it to one of {', '.join(sorted(known))}"
        return Problem(path=path, message="a file directly in content/ is no item", hint=hint)
    otherwise = f'give the kind of its items in site_config.yml: "kinds: {{{first}: news}}"'
    message = f"content/{first}/ is not a folder of items"
    return Problem(path=path, message=message, hint=did_you_mean(first, known, otherwise))


def _left_out(path: str, settings: Settings) -> Problem | None:
    """Return a problem if the name of a file keeps it off the site."""
    parts = path.split("/")[1:]
    name = parts[-1]
    if parts[0] == "static" or path == HANDBOOK:
        return None
    severity, rule, message, hint = Severity.WARNING, "ignored-file", "", ""
    if found := _DOUBLE_END.fullmatch(name):
        message, hint = f'the name ends in "{found[2]}", so it is no item', "take the last part off its name"
    elif any(part.startswith(".") for part in parts):
        message, hint = 'a name that begins with "." keeps a file off the site', "move it to content/static/"
    elif not is_markdown(name):
        return None
    elif strip_markdown(name).casefold() == "readme":
        severity, message = Severity.NOTE, "a README is for those who edit the site, and not published"
        hint = "give it another name if it is an item"
    elif name.casefold() == "_index.md":
        message, hint = (
            "a text about a folder is not published here",
            "move it to content/pages/, or delete it",
        )
    elif any(part.startswith("_") for part in _undeclared(path, settings)):
        message = 'a name that begins with "_" keeps a file off the site'
        hint = "rename it, and write draft: true if it is not finished"
    if not message:
        return None
    return Problem(path=path, severity=severity, message=message, hint=hint, rule=rule)


def name_left_out(paths: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each file or folder that a scan has left out because of its name."""
    for path in paths:
        name = path.rpartition("/")[2]
        if is_temporary(name):
            message, hint = "left by a program that edits files; it is not published", "delete it after that"
            yield Problem(path=path, severity=Severity.NOTE, message=message, hint=hint, rule="ignored-file")
        else:
            message, hint = 'a name that begins with "." keeps a file off the site', "rename or delete it"
            yield Problem(
                path=path, severity=Severity.WARNING, message=message, hint=hint, rule="ignored-file"
            )


def folders_around(path: str) -> list[str]:
    """Return the folders of content/ in which a file lies, the outermost first: ``news``, ``news/2019``."""
    parts = path.split("/")[1:-1]
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def read_name(path: str, languages: tuple[str, ...]) -> FileName:
    """Return the parts of a source file's name.

    A suffix of two letters is always a language. Otherwise a translation into a language that is missing from
    the settings would be published as English.
    """
    *folders, name = path.split("/")
    stem, language = strip_markdown(name), ""
    found = _IN_LANGUAGE.match(stem)
    if found and (len(found[2]) == len("fr") or found[2] in languages):
        stem, language = found[1], found[2]
    if stem == "index" and folders:
        stem = folders[-1]
    if dated := _DATED.match(stem):
        return FileName(dated[2] or stem, dated[1], language)
    return FileName(stem, "", language)


def _folder_of(path: str, settings: Settings) -> str | None:
    """Return the folder below content/ of a file that should be an item, or None."""
    top, *folders, name = path.split("/")
    if top != "content" or not is_markdown(name) or strip_markdown(name).casefold() == "readme":
        return None
    if folders[:1] == ["static"] or any(part.startswith((".", "_")) for part in _undeclared(path, settings)):
        return None
    return "/".join(folders)


def _undeclared(path: str, settings: Settings) -> list[str]:
    """Return the parts of a path below the folder that the settings name, such as ``_posts: news``."""
    inside = path.partition("/")[2]
    declared = (f"{folder.strip('/')}/" for folder in settings.kinds)
    start = max((folder for folder in declared if inside.startswith(folder)), key=len, default="")
    return inside.removeprefix(start).split("/")


def _folders(settings: Settings) -> dict[str, Kind]:
    return {**FOLDERS, **{folder.strip("/"): kind for folder, kind in settings.kinds.items()}}
