"""What ``new`` asks on a terminal, with the known records to choose from, and the files that it creates."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clusterpress.cli.project import stop
from clusterpress.cli.reporting import shorten

if TYPE_CHECKING:
    from clusterpress.parsing.values import Value
    from clusterpress.scaffolding.questions import Question, Records
    from clusterpress.values.kinds import Kind

_LISTED = 20
"""Up to this number, records are listed with numbers; otherwise the prompt asks for a part of the name."""

_NAMED = 5
"""Number of records that are named if an answer may mean several."""

Check = Callable[["Question", "Value"], str]
"""Returns what is wrong with an answer, or ""."""


class UnknownNameError(Exception):
    """A name means no record, or several."""


def ask(question: "Question", records: "Records", check: Check) -> "Value":
    """Ask until the answer is valid; return it, or "" if it was skipped.

    Args:
        question: the question.
        records: the records of the project, to choose from.
        check: returns what is wrong with an answer.
    """
    offered = records.of(question.offers) if question.offers else ()
    if offered and len(offered) <= _LISTED:
        for number, item in enumerate(offered, start=1):
            click.echo(f"  {number:>2}  {item.title}")
    words = _words(
        question, len(offered), is_open=bool(question.offers) and records.is_open(question.offers or "author")
    )
    while True:
        answer: str = click.prompt(
            words,
            default=question.default,
            show_default=bool(question.default),
            type=click.Choice(question.choices) if question.choices else str,
            show_choices=bool(question.choices),
            prompt_suffix=": ",
        ).strip()
        if not answer and not question.is_needed:
            return ""
        if not answer:
            continue
        try:
            value = resolve_answer(question, (answer,), records, listed=0 < len(offered) <= _LISTED)
        except UnknownNameError as fault:
            click.echo(f"  {fault}")
            continue
        fault_found = check(question, value) if value != "today" else ""
        if not fault_found:
            return value
        click.echo(f"  {fault_found}")


def resolve_answer(
    question: "Question", answers: tuple[str, ...], records: "Records", *, listed: bool = False
) -> "Value":
    """Return what answers mean: the slugs of records, a list, or the text itself.

    Args:
        question: what was asked.
        answers: as written; each may be several names with commas between them.
        records: what the project has.
        listed: whether they were shown with numbers. What is then chosen is said.

    Raises:
        UnknownNameError: a name means no record, or several.
    """
    kind = question.offers
    if kind is None:
        parts = [part.strip() for answer in answers for part in answer.split(",") if part.strip()]
        return [*parts] if question.many else answers[0]
    found: list[str] = []
    for answer in answers:
        # A name may hold a comma itself.
        is_one = len(records.find(kind, answer, listed=listed)) == 1
        names = [answer] if is_one else [part.strip() for part in answer.split(",")]
        found += [_choose(kind, name, records, listed=listed) for name in names if name]
    return [*dict.fromkeys(found)]


def _choose(kind: "Kind", name: str, records: "Records", *, listed: bool) -> str:
    matches = records.find(kind, name, listed=listed)
    if len(matches) > 1:
        several = ", ".join(item.title for item in matches[:_NAMED])
        more = f" and {len(matches) - _NAMED} more" if len(matches) > _NAMED else ""
        raise UnknownNameError(f'"{name}" may be {several}{more}; write more of the name')
    if matches:
        if listed:
            click.echo(f"      {matches[0].title}")
        return matches[0].slug
    if records.is_open(kind) and not (listed and name.isdigit()):
        return name
    if name.isdigit():
        raise UnknownNameError(f"there is no {kind} number {name} in the list")
    raise UnknownNameError(f'there is no {kind} "{name}"; {records.suggest(kind, name)}')


def _words(question: "Question", offered: int, *, is_open: bool) -> str:
    """Return the question with the ways to answer it."""
    ways = []
    if offered:
        part = "any name" if is_open else "a part of the name"
        ways.append(f"number, or {part}" if offered <= _LISTED else part)
    if question.many:
        ways.append("several with commas")
    if not question.is_needed and not question.default:
        ways.append("press Enter to skip")
    return f"{question.words} ({'; '.join(ways)})" if ways else question.words


def create(path: Path, text: str, *, hint: str = "") -> None:
    """Create a file; end the run if it exists, or for an item, a folder of the same name with ``index.md``.

    Args:
        path: the file.
        text: its content.
        hint: what to do if it exists.
    """
    for existing in (path, path.with_suffix("") / "index.md"):
        if existing.exists():
            stop(f"{shorten(existing)} already exists; {hint}".rstrip("; "))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def open_editor(path: Path) -> None:
    """Open a file in $EDITOR, or in the default program of the system."""
    if os.name == "nt" and not (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        os.startfile(path)  # type: ignore[attr-defined]  # noqa: S606 -- the reader's own program
        return
    try:
        click.edit(filename=str(path))
    except click.ClickException as fault:
        stop(f"the file was written, but the editor did not open: {fault.message}", 1)


def is_terminal() -> bool:
    """Return whether the command can ask questions."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_choice(words: str, choices: Sequence[str]) -> str:
    """Ask until the answer is one of the choices; return it."""
    answer: str = click.prompt(words, type=click.Choice(choices), prompt_suffix=": ")
    return answer


def ask_text(
    words: str,
    check: Callable[[str], str],
    *,
    complete: Callable[[str], str] = str.strip,
    default: str = "",
    is_needed: bool = False,
) -> str:
    """Ask until the answer is valid; return it, or "" if it was skipped.

    Args:
        words: the question.
        check: returns what is wrong with an answer, or "".
        complete: returns an answer in full; what it adds is shown.
        default: the answer if none is given.
        is_needed: whether the question cannot be skipped.
    """
    while True:
        typed: str = click.prompt(words, default=default, show_default=bool(default), prompt_suffix=": ")
        answer = complete(typed)
        if not answer and is_needed:
            continue
        if fault := check(answer) if answer else "":
            click.echo(f"  {fault}")
            continue
        if answer != typed.strip():
            click.echo(f"  {answer}")
        return answer
