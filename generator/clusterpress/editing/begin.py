"""A new site, begun in the browser: the steps of its form, the check of each answer, and its files."""

import re
from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo, available_timezones

from clusterpress.editing.pictures import place_logo, read_shown
from clusterpress.editing.workspace import Workspace
from clusterpress.editor_page.words import words_of
from clusterpress.importing.sources.documents.pictures import Picture
from clusterpress.parsing.values import ValueFault
from clusterpress.pipeline.paths import CONFIG
from clusterpress.scaffolding.questions import needs_of
from clusterpress.scaffolding.site import SiteAnswers, scaffold_site
from clusterpress.scaffolding.site_answers import (
    COLOURS,
    DEFAULT_COLOUR,
    check_answer,
    complete_answer,
    describe_rules,
    read_languages,
)
from clusterpress.scaffolding.site_folder import check_languages, find_others, known_languages, write_site
from clusterpress.values.problems import with_hint

Answers = dict[str, str]

STEPS: Mapping[str, tuple[str, ...]] = {
    "site": ("name", "url"),
    "publisher": ("publisher", "contact", "address"),
    "languages": ("languages", "time_zone"),
    "funding": ("programme", "rules", "grant", "authority", "boilerplate"),
    "newsletter": ("newsletter",),
    "look": ("colour", "logo"),
}
"""Step of the form → its questions."""
_NEEDED = frozenset({"name", "url", "publisher", "contact", "address"})
_DEFAULTS = {"languages": "en", "time_zone": "Europe/Brussels", "colour": DEFAULT_COLOUR}
_LOGO_SIZE = 1_000_000
"""Bytes of a logo, at most: the form keeps it with the other answers."""
_DATA = re.compile(r"data:[\w.+/-]*;name=([^;,]*);base64,([A-Za-z0-9+/=]*)")
"""A file as an answer (RFC 2397), with its name."""
_FUNDING = ("rules", "grant", "authority")


def must_begin(workspace: Workspace) -> bool:
    """Return whether there is no site yet, and one can be begun."""
    return not (workspace.root / CONFIG).is_file() and not find_others(workspace.root)


def describe_begin(workspace: Workspace) -> dict[str, Any]:
    """Return the form of a new site: its steps, and the choices of its questions."""
    rules = [
        {"name": name, "words": words, "needs": list(needs_of({"funding.rules": name}))}
        for name, words in describe_rules()
    ]
    return {
        "begin": {
            "steps": [{"name": name, "questions": list(questions)} for name, questions in STEPS.items()],
            "needed": sorted(_NEEDED),
            "defaults": _DEFAULTS,
            "rules": [one for one in rules if "logo" not in one["needs"]],
            "languages": known_languages(workspace.root),
            "zones": sorted(zone for zone in available_timezones() if not check_answer("time_zone", zone)),
            "folder": workspace.root.name,
            "colours": COLOURS,
            "logo_size": _LOGO_SIZE,
        },
        "words": words_of("en"),
    }


def check_answers(workspace: Workspace, given: Mapping[str, Any]) -> dict[str, Answers]:
    """Return the answers in full, and what is wrong with them: name of the question → message.

    Args:
        workspace: the folder of the new site.
        given: name of the question → answer as typed; others are not looked at.
    """
    known = [name for questions in STEPS.values() for name in questions if name in given]
    answers = {name: complete_answer(name, str(given[name] or "")) for name in known}
    faults = {name: fault for name in known if (fault := _check(workspace, name, answers, given))}
    return {"answers": answers, "faults": faults}


def _check(workspace: Workspace, name: str, answers: Answers, given: Mapping[str, Any]) -> str:
    answer = answers[name] or _DEFAULTS.get(name, "")
    # Funding rules bind by contract: who names a programme says which apply, or that none do.
    needs = ("rules", *needs_of({"funding.rules": given.get("rules")})) if given.get("programme") else ()
    if not answer:
        is_needed = name in _NEEDED or (name in needs and name in _FUNDING)
        return words_of("en")["begin"]["missing"] if is_needed else ""
    if name in _FUNDING and not given.get("programme"):
        return ""
    fault = _check_logo(answer) if name == "logo" else check_answer(name, answer)
    return fault or (check_languages(workspace.root, read_languages(answer)) if name == "languages" else "")


def _check_logo(answer: str) -> str:
    try:
        _read_logo(answer)
    except ValueFault as fault:
        return with_hint(fault.message, fault.hint)
    return ""


def _read_logo(answer: str) -> Picture:
    """Return the picture in an answer.

    Raises:
        ValueFault: it is none that browsers show.
    """
    found = _DATA.fullmatch(answer)
    name = unquote(found[1]) if found else "logo"
    content = _decode(found[2]) if found else b""
    if len(content) > _LOGO_SIZE:
        raise ValueFault(f"{name} is too large for a logo", "choose a file of less than 1 MB")
    return read_shown(content, name)


def _decode(text: str) -> bytes:
    try:
        return b64decode(text)
    except ValueError:
        return b""


def create_site(workspace: Workspace, given: Mapping[str, Any]) -> dict[str, Answers]:
    """Write the files of a new site if nothing is wrong with the answers; see `check_answers`.

    Raises:
        ScaffoldError: the folder is not empty any more, or the answers do not fit together.
        OSError: the disk takes no more; nothing is left behind then.
    """
    every = {name: given.get(name, "") for questions in STEPS.values() for name in questions}
    found = check_answers(workspace, every)
    if not found["faults"]:
        answers = {name: word or _DEFAULTS.get(name, "") for name, word in found["answers"].items()}
        today = datetime.now(ZoneInfo(answers["time_zone"])).date()
        logo, pictures = place_logo(_read_logo(answers["logo"]) if answers["logo"] else None)
        files = scaffold_site(_site_answers(workspace, answers, logo), today)
        write_site(workspace.root, files, pictures)
    return found


def _site_answers(workspace: Workspace, answers: Answers, logo: str) -> SiteAnswers:
    has_programme = bool(answers["programme"])
    plain = (
        "name",
        "url",
        "publisher",
        "contact",
        "address",
        "programme",
        "newsletter",
        "time_zone",
        "colour",
    )
    return SiteAnswers(
        folder=workspace.root.name,
        funding={key: answers[key] for key in _FUNDING} if has_programme else {},
        boilerplate=answers["boilerplate"] if has_programme else "",
        languages=read_languages(answers["languages"]),
        logo=logo,
        **{key: answers[key] for key in plain},
    )
