"""Sections: from what an issue's file asks for to the stories it gets, each story once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from clusterpress.content.items import Issue, Section
from clusterpress.library.entries import Entry, Label
from clusterpress.newsletters.issues import COLOURS, Group, ResolvedSection
from clusterpress.newsletters.names import FITTING, Directory, UnknownNameError
from clusterpress.newsletters.selecting import TERMS, check_keys, merge, read_selection
from clusterpress.parsing.values import problem_at
from clusterpress.values.problems import Problem, Severity, did_you_mean
from clusterpress.values.slugs import slugify

GROUPS = tuple(key for key in TERMS if key != "tag")
"""What stories can be grouped by."""

SORTS = ("newest", "oldest", "title", "number")
"""Orders of the stories that a section picks."""


@dataclass(slots=True)
class _Desk:
    """What the steps of one issue share."""

    issue: Issue
    directory: Directory
    previous: date | None
    problems: list[Problem] = field(default_factory=list)
    used: dict[str, str] = field(default_factory=dict)
    """Source path of each story used so far → title of its section."""
    ids: set[str] = field(default_factory=set)
    """Anchors given so far."""

    def report(self, name: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        """Keep a problem at the place of a key of the issue's file."""
        source = self.issue.source
        self.problems.append(problem_at(name, source.lines, source.path, message, hint, severity))


def resolve_sections(
    issue: Issue, directory: Directory, previous: date | None
) -> tuple[tuple[ResolvedSection, ...], list[Problem]]:
    """Return the sections that have stories, and what is wrong with the others.

    What is listed by name is taken first, in all sections; then each section picks by its conditions, in
    order, what is not used yet.

    Args:
        issue: the issue's item.
        directory: all names of the library.
        previous: the date of the issue before it.
    """
    desk = _Desk(issue, directory, previous)
    desk.problems += check_keys(issue.select, "select", issue)
    resolved = []
    for index, (section, stories) in enumerate(zip(issue.sections, _choose(desk), strict=True)):
        if stories:
            resolved.append(_resolve(desk, index, section, stories))
        else:
            _report_empty(desk, index, section)
    _check_unused(desk)
    return tuple(resolved), desk.problems


def choose_stories(
    issue: Issue, directory: Directory, previous: date | None
) -> tuple[tuple[Entry, ...], ...]:
    """Return the stories of every section of the file, in its order; none for what cannot be understood."""
    return _choose(_Desk(issue, directory, previous))


def _choose(desk: _Desk) -> tuple[tuple[Entry, ...], ...]:
    sections = desk.issue.sections
    listed = [tuple(_list_stories(desk, index, section)) for index, section in enumerate(sections)]
    return tuple((*listed[index], *_pick(desk, index, one)) for index, one in enumerate(sections))


def _list_stories(desk: _Desk, index: int, section: Section) -> Iterator[Entry]:
    """Yield the stories that a section lists by name."""
    for key, names in (("items", section.items), ("partners", section.partners)):
        for number, name in enumerate(names):
            place = f"sections.{index}.{key}.{number}"
            try:
                entry = desk.directory.find(name, key == "partners", section.layout, desk.issue.lang)
            except UnknownNameError as fault:
                desk.report(place, fault.message, fault.hint)
                continue
            if _fits(desk, place, entry, section) and _is_new(desk, place, entry, section):
                yield entry


def _fits(desk: _Desk, place: str, entry: Entry, section: Section) -> bool:
    kinds = FITTING.get(section.layout, (entry.kind,))
    if entry.kind not in kinds:
        what = f'"{entry.title}" is of kind {entry.kind}'
        message = f"{what}, but layout {section.layout} sets {' or '.join(kinds)}"
        desk.report(place, message, "list it in another section, or choose another layout")
    return entry.kind in kinds


def _is_new(desk: _Desk, place: str, entry: Entry, section: Section) -> bool:
    holder = desk.used.get(entry.path)
    if holder is not None:
        desk.report(place, f'"{entry.title}" already stands in the section "{holder}"', "list it once")
    desk.used.setdefault(entry.path, section.title)
    return holder is None


def _pick(desk: _Desk, index: int, section: Section) -> tuple[Entry, ...]:
    """Return the stories that a section's conditions ask for and that no other section has."""
    issue = desk.issue
    name = f"sections.{index}"
    if issue.frozen or section.items or section.partners:
        if section.where and not issue.frozen:
            message = f'the "where" of the section "{section.title}" is not looked at, as it lists its items'
            desk.report(f"{name}.where", message, "keep one of the two", Severity.WARNING)
        return ()
    if not section.where:
        hint = "give it items, partners, or a where"
        desk.report(name, f'the section "{section.title}" says nothing about its items', hint)
        return ()
    desk.problems += check_keys(section.where, f"{name}.where", issue)
    selection, faults = read_selection(
        merge(issue.select, section.where),
        issue=issue,
        previous=desk.previous,
        layout=section.layout,
        library=desk.directory.library,
    )
    for key, message, hint in faults:
        desk.report(f"{name}.where.{key}" if key in section.where else f"select.{key}", message, hint)
    if faults:
        return ()
    found = [e for e in selection.pick(desk.directory.library, issue.lang) if e.path not in desk.used]
    chosen = tuple(_sort(desk, name, section, found)[: section.limit or None])
    desk.used.update((entry.path, section.title) for entry in chosen)
    return chosen


def _check_unused(desk: _Desk) -> None:
    """Report what is wrong with an issue's ``select`` when no section picks by it."""
    issue = desk.issue
    if any(section.where and not section.items and not section.partners for section in issue.sections):
        return
    library = desk.directory.library
    _, faults = read_selection(
        issue.select, issue=issue, previous=desk.previous, layout="feature", library=library
    )
    for key, message, hint in faults:
        desk.report(f"select.{key}", message, hint)


def _sort(desk: _Desk, name: str, section: Section, found: list[Entry]) -> list[Entry]:
    order = section.sort or ("oldest" if section.layout == "events" else "")
    if order and order not in SORTS:
        hint = did_you_mean(order, SORTS, f"write one of {', '.join(SORTS)}")
        desk.report(f"{name}.sort", f'"sort" cannot be "{order}"', hint)
    match order:
        case "newest":
            return sorted(found, key=lambda e: e.card.day or date.min, reverse=True)
        case "oldest":
            return sorted(found, key=lambda e: (e.card.day or date.max, e.card.last_day or date.max))
        case "title":
            return sorted(found, key=lambda e: e.title.casefold())
        case "number":
            return sorted(found, key=lambda e: _number(e.card.number))
        case _:
            return found


def _report_empty(desk: _Desk, index: int, section: Section) -> None:
    """Warn of a section without stories, unless an error at its own lines has said why."""
    name = f"sections.{index}"
    if any(problem.field == name or problem.field.startswith(f"{name}.") for problem in desk.problems):
        return
    frozen = desk.issue.frozen and not (section.items or section.partners)
    hint = "list its items, as the issue is frozen" if frozen else "delete it, or ask for more in its where"
    message = f'the section "{section.title}" has no items, so it is left out'
    desk.report(name, message, hint, Severity.WARNING)


def _resolve(desk: _Desk, index: int, section: Section, stories: tuple[Entry, ...]) -> ResolvedSection:
    colour = section.colour or COLOURS[index % len(COLOURS)]
    if colour not in COLOURS:
        hint = did_you_mean(colour, COLOURS, f"write one of {', '.join(COLOURS)}")
        desk.report(f"sections.{index}.colour", f'there is no colour "{colour}"', hint)
    base = slugify(section.title) or "section"
    anchor = base if base not in desk.ids else f"{base}-{index + 1}"
    desk.ids.add(anchor)
    return ResolvedSection(
        id=anchor,
        title=section.title,
        layout=section.layout,
        colour=colour,
        start=section.start,
        stories=stories,
        groups=_group(desk, index, section, stories),
    )


def _group(desk: _Desk, index: int, section: Section, stories: tuple[Entry, ...]) -> tuple[Group, ...]:
    """Return the stories by the first term each has: partners by number, others by name, the rest last."""
    if not section.group_by:
        return ()
    if section.group_by not in GROUPS:
        hint = did_you_mean(section.group_by, GROUPS, f"write one of {', '.join(GROUPS)}")
        desk.report(f"sections.{index}.group_by", f'"group_by" cannot be "{section.group_by}"', hint)
        return ()
    taxonomy, kind = TERMS[section.group_by]
    held: dict[Label, list[Entry]] = {}
    for story in stories:
        label = story.terms[taxonomy][0] if story.terms[taxonomy] else Label(name="")
        held.setdefault(label, []).append(story)
    groups = (
        Group(
            label=label,
            record=desk.directory.library.record(kind, label.slug, desk.issue.lang),
            stories=tuple(members),
        )
        for label, members in held.items()
    )
    return tuple(sorted(groups, key=_group_order))


def _group_order(group: Group) -> tuple[bool, tuple[bool, int], str]:
    number = group.record.card.number if group.record else ""
    return (not group.label.name, _number(number), group.label.name.casefold())


def _number(number: str) -> tuple[bool, int]:
    digits = "".join(character for character in number if character.isdigit())
    return (not digits, int(digits or 0))
