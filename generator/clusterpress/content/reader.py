"""Reads one source file into a checked, frozen item, or reports every fault."""

import re
from datetime import date
from typing import Any

from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.content.checks import MARK, RULES, CheckContext, find_placeholders, find_weekday_mismatches
from clusterpress.content.dates import FIRST_YEAR
from clusterpress.content.foreign_shapes import accept_foreign_shapes
from clusterpress.content.front_matter import (
    LIKE_A_FENCE,
    FrontMatter,
    like_a_fence,
    propose_title,
    read_front_matter,
)
from clusterpress.content.item_values import Moment
from clusterpress.content.items import MODELS, Item, Source
from clusterpress.content.keys import RESERVED, field_name, fields_of, fold_key, map_keys
from clusterpress.content.normalise import NORMALISERS, PartialItem, readers_for
from clusterpress.content.other_front_matter import read_header_lines, read_json_front_matter
from clusterpress.content.paths import kind_of, misplaced, read_name
from clusterpress.content.typography import set_fields
from clusterpress.parsing.fields import read_fields
from clusterpress.parsing.hints import required_fields
from clusterpress.parsing.source_text import decode_source
from clusterpress.values.digests import digest_bytes
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import Problem, Severity, as_warning, errors
from clusterpress.values.rules import with_levels

UNDATED = Moment(date(FIRST_YEAR, 1, 1))
"""The date of a draft without one."""

_OTHER_FENCE = re.compile(r"(?:```\w*|\*{3,}|={3,}|_{3,})[ \t]*$", re.MULTILINE)
_KEY_LINE = re.compile(r"\s*([\w-](?:[\w -]*[\w-])?)\s*:(?:\s|$)")


def read_item(raw: bytes, path: str, settings: Settings) -> tuple[Item | None, list[Problem]]:
    """Read an item and return it with every problem of the file, sorted by position.

    Args:
        raw: the file's bytes.
        path: the file, relative to the project's root, with forward slashes.
        settings: the site's settings.

    Returns:
        The item, or None when there is an error or the file is no item (a README); the problems.
    """
    item, problems = _read(raw, path, settings)
    if item is None and errors(problems):
        problems = [*with_levels((_as_broken(one, settings) for one in problems), settings.levels)]
    return item, problems


def _as_broken(problem: Problem, settings: Settings) -> Problem:
    """Return an error that keeps a file off the site with the rule that sites can soften."""
    has_own = problem.rule and ("broken-item" not in settings.levels or problem.rule in settings.levels)
    return (
        problem if problem.severity is not Severity.ERROR or has_own else replace(problem, rule="broken-item")
    )


def _read(raw: bytes, path: str, settings: Settings) -> tuple[Item | None, list[Problem]]:
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
    front = _read_front_matter(text, path, settings)
    if problem := _like_front_matter(front, text, path):
        return None, [problem]
    if _is_without_fences(front, kind, settings):
        hint = 'put a line with "---" above and below them'
        line = text[: len(text) - len(text.lstrip())].count("\n") + 1
        return None, [Problem(path=path, line=line, message="the keys stand without fences", hint=hint)]
    if errors(front.parsed.problems) and not front.parsed.values:
        return None, sorted(front.parsed.problems)
    remarks: list[Problem] = []
    if path.lower().endswith(".mdx"):
        from clusterpress.content.mdx import without_mdx  # most sites have no such files

        front, remarks = without_mdx(front, path)
    item, problems = _make(front, kind, raw, path, settings)
    return item, sorted([*front.parsed.problems, *with_levels(remarks, settings.levels), *problems])


def _read_front_matter(text: str, path: str, settings: Settings) -> FrontMatter:
    """Return the front matter of a file in any form."""
    is_json = text[:80].lstrip().startswith(("{", "---json", "--- json"))
    other = read_json_front_matter(text, path) if is_json else None
    front = other or read_front_matter(text, path)
    if settings.header_lines and not front.fenced:
        front = read_header_lines(text, path) or front
    return front


def _make(
    front: FrontMatter, kind: Kind, raw: bytes, path: str, settings: Settings
) -> tuple[Item | None, list[Problem]]:
    """Make an item of front matter and body; return it with its problems."""
    keys = map_keys(front.parsed, kind, path, settings)
    item = PartialItem(
        values=keys.values,
        lines=keys.lines,
        body=front.body,
        body_line=front.body_line,
        name=read_name(path, settings.languages),
        path=path,
        settings=settings,
    )
    accept_foreign_shapes(item, fields_of(kind))
    for normalise in NORMALISERS:
        normalise(item, fields_of(kind))
    model: Any = MODELS[kind]
    fields, problems = read_fields(
        model,
        item.values,
        item.lines,
        path,
        readers=readers_for(item),
        reserved=RESERVED,
        hints=None if "title" in item.values and "date" in item.values else _hints(item.body),
    )
    context = CheckContext(fields, item.lines, settings, model.kind)
    problems += [found.at(item.lines, path) for rule in RULES for found in rule(context)]
    problems += [*keys.problems, *item.problems, *find_weekday_mismatches(item)]
    # What could not be read is not missing.
    broken = {field_name(key, settings) for key in front.parsed.broken}
    problems = [problem for problem in problems if problem.field not in broken]
    if MARK.encode() in raw and not fields.get("draft"):
        problems += find_placeholders(item)
    problems = [*with_levels(problems, settings.levels)]
    if fields.get("draft"):
        problems = [as_warning(problem) for problem in problems]
        fields = _complete_draft(fields, item, model)
    missing = required_fields(model) - RESERVED - fields.keys()
    if missing or errors((*problems, *front.parsed.problems)):
        return None, problems
    source = Source(
        path=path, digest=digest_bytes(raw), body=item.body, body_line=item.body_line, lines=item.lines
    )
    fields = set_fields(fields, kind, settings)
    return model(source=source, terms=keys.terms, unknown=keys.unknown, **fields), problems


def _complete_draft(fields: dict[str, Any], item: PartialItem, model: type) -> dict[str, Any]:
    """Return the fields of a draft with a title and a date, so that it can be listed and previewed."""
    given = {"title": propose_title(item.body) or item.name.stem, "date": UNDATED}
    missing = given.keys() & required_fields(model) - fields.keys()
    return fields | {name: given[name] for name in missing}


def _like_front_matter(front: FrontMatter, text: str, path: str) -> Problem | None:
    """Return the problem of a text that begins with keys below something like a fence: ``—--``."""
    if front.fenced:
        return None
    start = text.lstrip()
    found = LIKE_A_FENCE.match(start) or _OTHER_FENCE.match(start)
    if not found or not _KEY_LINE.match(start[found.end() :]):
        return None
    line = text[: len(text) - len(text.lstrip())].count("\n") + 1
    message, hint = like_a_fence(found[0].strip(), "opens")
    return Problem(path=path, line=line, message=message, hint=hint)


def _is_without_fences(front: FrontMatter, kind: Kind, settings: Settings) -> bool:
    """Return whether a file begins with keys without fences (``Title: …``), as in Pelican."""
    first = _KEY_LINE.match(front.body)
    if front.fenced or not first:
        return False
    key = fold_key(first[1])
    return key in fields_of(kind) or key in {fold_key(foreign) for foreign in settings.front_matter}


def _hints(body: str) -> dict[str, str]:
    proposal = propose_title(body).replace('"', "'")
    return {
        "title": f'add one, for example: title: "{proposal}"' if proposal else 'add "title: …"',
        "date": 'add "date: 15 June 2019", or begin the file\'s name with "2019-06-15-"',
    }
