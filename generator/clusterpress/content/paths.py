"""Reads the path of a source file: kind of item, date, language and slug."""

import re
from dataclasses import dataclass

from clusterpress.config.settings import Settings
from clusterpress.values.kinds import FOLDERS, Kind
from clusterpress.values.problems import Problem, did_you_mean

_DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:[-_ ]+(.*))?$", re.DOTALL)
_IN_LANGUAGE = re.compile(r"(.+)\.([A-Za-z]{2,3}(?:-[A-Za-z]{4})?)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FileName:
    """The parts of a source file's name."""

    stem: str
    """The name without date, language and ``.md``; the folder's for an ``index.md``."""
    date: str
    """``2019-04-12`` if the name begins with a date, else ""."""
    language: str
    """``fr`` of ``x.fr.md``, else ""."""


def kind_of(path: str, settings: Settings) -> Kind | None:
    """Return the kind of item that a file of the project is, or None when it is no item.

    Not items are README files, files in ``content/static/``, names that begin with ``.`` or ``_``, files
    other than Markdown, and files that `misplaced` reports.
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
    """Return a problem if a Markdown file is outside the folders of items."""
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
    stem, language = name[: -len(".md")], ""
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
    if top != "content" or not name.endswith(".md") or name.casefold() == "readme.md":
        return None
    if folders[:1] == ["static"] or any(part.startswith((".", "_")) for part in (*folders, name)):
        return _named_folder(folders, name, settings)
    return "/".join(folders)


def _named_folder(folders: list[str], name: str, settings: Settings) -> str | None:
    """Return the folder of a file below a folder such as ``_posts`` that the settings name, or None."""
    here = "/".join(folders)
    named = [one.strip("/") for one in settings.kinds if "_" in one]
    around = [one for one in named if f"{here}/".startswith(f"{one}/")]
    rest = here.removeprefix(max(around, key=len)) if around else here
    hidden = any(part.startswith((".", "_")) for part in (*rest.split("/"), name))
    return here if around and not hidden else None


def _folders(settings: Settings) -> dict[str, Kind]:
    return {**FOLDERS, **{folder.strip("/"): kind for folder, kind in settings.kinds.items()}}
