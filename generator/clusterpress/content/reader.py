"""Reads one source file into a checked, frozen item, or reports every fault."""

import re
from collections.abc import Iterator

from clusterpress.config.settings import Settings
from clusterpress.content.checks import (
    MARK,
    CheckContext,
    find_faults,
    find_placeholders,
    find_weekday_mismatches,
)
from clusterpress.content.front_matter import FrontMatter, propose_title, read_front_matter
from clusterpress.content.items import MODELS, Item, Source
from clusterpress.content.keys import RESERVED, fields_of, fold_key, map_keys
from clusterpress.content.normalise import NORMALISERS, PartialItem, readers_for
from clusterpress.content.paths import kind_of, misplaced, read_name
from clusterpress.parsing.fields import read_fields
from clusterpress.parsing.source_text import decode_source
from clusterpress.values.digests import digest_bytes
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import Problem, Severity, errors

_KEY_LINE = re.compile(r"\s*([\w -]+?)\s*:(?:\s|$)")


def read_item(raw: bytes, path: str, settings: Settings) -> tuple[Item | None, list[Problem]]:
    """Read an item and return it with every problem of the file, sorted by position.

    Args:
        raw: the file's bytes.
        path: the file, relative to the project's root, with forward slashes.
        settings: the site's settings.

    Returns:
        The item, or None when there is an error or the file is no item (a README); the problems.
    """
    kind = kind_of(path, settings)
    if kind is None:
        problem = misplaced(path, settings)
        return None, [problem] if problem else []
    text, problems = decode_source(raw, path)
    if problems:
        return None, problems
    if not text.strip():
        hint = "write a front matter with a title, or delete the file"
        return None, [Problem(path=path, message="the file is empty", hint=hint)]
    front = read_front_matter(text, path)
    if _is_without_fences(front, kind, settings):
        hint = 'put a line with "---" above and below them'
        line = text[: len(text) - len(text.lstrip())].count("\n") + 1
        return None, [Problem(path=path, line=line, message="the keys stand without fences", hint=hint)]
    if errors(front.parsed.problems) and not front.parsed.values:
        return None, sorted(front.parsed.problems)
    item, problems = _make(front, kind, raw, path, settings)
    return item, sorted([*front.parsed.problems, *problems])


def _make(
    front: FrontMatter, kind: Kind, raw: bytes, path: str, settings: Settings
) -> tuple[Item | None, list[Problem]]:
    """Make an item of front matter and body; return it with its problems."""
    keys = map_keys(front.parsed, kind, path, settings)
    partial_item = PartialItem(
        values=keys.values,
        lines=keys.lines,
        body=front.body,
        body_line=front.body_line,
        name=read_name(path, settings.languages),
        path=path,
        settings=settings,
    )
    for normalise in NORMALISERS:
        normalise(partial_item, fields_of(kind))
    model = MODELS[kind]
    fields, problems = read_fields(
        model,
        partial_item.values,
        partial_item.lines,
        path,
        readers=readers_for(partial_item),
        reserved=RESERVED,
        hints=None
        if "title" in partial_item.values and "date" in partial_item.values
        else _hints(partial_item.body),
    )
    context = CheckContext(fields, partial_item.lines, settings, model.kind)
    problems += [found.at(partial_item.lines, path) for found in find_faults(context)]
    problems += [*keys.problems, *partial_item.problems, *_weekdays(partial_item)]
    if MARK.encode() in raw and not fields.get("draft"):
        problems += find_placeholders(
            partial_item.values, partial_item.lines, partial_item.body, partial_item.body_line, path
        )
    if errors((*problems, *front.parsed.problems)):
        return None, problems
    source = Source(
        path=path,
        digest=digest_bytes(raw),
        body=partial_item.body,
        body_line=partial_item.body_line,
        lines=partial_item.lines,
    )
    return model(source=source, unknown=keys.unknown, **fields), problems


def _weekdays(partial_item: PartialItem) -> Iterator[Problem]:
    """Warn of dates in title, summary and body with a wrong weekday."""
    texts = [(key, partial_item.values.get(key)) for key in ("title", "summary")]
    positions = [(*partial_item.lines.get(key, (1, 1)), text) for key, text in texts if isinstance(text, str)]
    for first, column, text in (*positions, (partial_item.body_line, 1, partial_item.body)):
        for line, words, said in find_weekday_mismatches(text, partial_item.languages):
            yield Problem(
                path=partial_item.path,
                line=first + line - 1,
                column=column,
                severity=Severity.WARNING,
                message=f'"{words}", but {said}',
                hint="which is right? correct the weekday or the date",
            )


def _is_without_fences(front: FrontMatter, kind: Kind, settings: Settings) -> bool:
    """Return whether a file begins with keys without fences (``Title: …``), as in Pelican."""
    first = _KEY_LINE.match(front.body)
    if front.fenced or not first:
        return False
    key = fold_key(first[1])
    return key in fields_of(kind) or key in {fold_key(foreign) for foreign in settings.front_matter}


def _hints(body: str) -> dict[str, str]:
    """Return the hints for required keys that are missing."""
    proposal = propose_title(body).replace('"', "'")
    return {
        "title": f'add one, for example: title: "{proposal}"' if proposal else 'add "title: …"',
        "date": 'add "date: 15 June 2019", or begin the file\'s name with "2019-06-15-"',
    }
