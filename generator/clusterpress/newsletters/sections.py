"""Sections: find the stories of each section of an issue, each story once."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from clusterpress.content.items import Issue, Section
from clusterpress.library.entries import Entry, Label
from clusterpress.library.links import link_rule
from clusterpress.newsletters.issues import COLOURS, Group, Layout, ResolvedSection
from clusterpress.newsletters.names import LAYOUT_KINDS, HiddenNameError, NameIndex, UnknownNameError
from clusterpress.newsletters.selection import (
    KEYS,
    TERMS,
    Condition,
    Selection,
    merge_conditions,
    read_selection,
)
from clusterpress.parsing.values import problem_at
from clusterpress.values.problems import Problem, Severity, did_you_mean
from clusterpress.values.rules import default_severity, is_timed
from clusterpress.values.slugs import slugify

GROUPS = tuple(key for key, (_, kind) in TERMS.items() if kind)
"""Keys by which stories can be grouped."""

SORTS = ("newest", "oldest", "title", "number")
"""Orders of the stories that a section selects."""


class SectionContext(Struct):
    """The data that the steps of one issue share."""

    issue: Issue
    name_index: NameIndex
    previous: date | None
    problems: list[Problem] = field(default_factory=list)
    used: dict[str, str] = field(default_factory=dict)
    """Source path of each story used so far → title of its section."""
    ids: set[str] = field(default_factory=set)
    """Anchors given so far."""

    def report(self, name: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        """Record a problem in the issue's file.

        Args:
            name: dotted key at whose position it is, such as ``sections.0.items``.
            message: what is wrong.
            hint: what to do about it.
            severity: error or warning.
        """
        source = self.issue.source
        self.problems.append(problem_at(name, source.lines, source.path, message, hint, severity))

    def report_empty(self, name: str, message: str, hint: str, *, selects: bool) -> None:
        """Warn of a section without stories; if it selects them, they come and go with time."""
        self.report(name, message, hint, Severity.WARNING)
        self.problems[-1] = replace(self.problems[-1], timed=selects)

    def report_hidden(self, name: str, fault: HiddenNameError) -> None:
        """Record that the issue lists an item which is not published now; ``name`` is that of `report`."""
        rule = link_rule(fault.state)
        self.report(name, fault.message, fault.hint, default_severity(rule))
        self.problems[-1] = replace(self.problems[-1], rule=rule, timed=is_timed(rule))


def resolve_sections(context: SectionContext) -> tuple[ResolvedSection, ...]:
    """Return the sections that have stories or a text; the context then holds the problems of all.

    Items listed by name are assigned first, in all sections; then each section selects by its conditions, in
    order, from the items that are left.
    """
    _check_keys(context, context.issue.select, "select")
    resolved = []
    chosen = zip(context.issue.sections, choose_stories(context), strict=True)
    for index, (section, stories) in enumerate(chosen):
        if stories or section.text or section.close:
            resolved.append(_resolve(context, index, section, stories))
        if not stories:
            _report_empty(context, index, section)
    _check_unused(context)
    return tuple(resolved)


def choose_stories(context: SectionContext) -> tuple[tuple[Entry, ...], ...]:
    """Return the stories of every section of the file, in its order; none for an invalid section."""
    sections = context.issue.sections
    listed = [tuple(_list_stories(context, index, section)) for index, section in enumerate(sections)]
    return tuple((*listed[index], *_select(context, index, one)) for index, one in enumerate(sections))


def _list_stories(context: SectionContext, index: int, section: Section) -> Iterator[Entry]:
    for key, names in (("items", section.items), ("partners", section.partners)):
        for number, name in enumerate(names):
            key_path = f"sections.{index}.{key}.{number}"
            try:
                entry = context.name_index.find(name, key == "partners", section.layout, context.issue.lang)
            except HiddenNameError as fault:
                context.report_hidden(key_path, fault)
                continue
            except UnknownNameError as fault:
                context.report(key_path, fault.message, fault.hint)
                continue
            if _fits(context, key_path, entry, section) and _is_new(context, key_path, entry, section):
                yield entry


def _fits(context: SectionContext, key_path: str, entry: Entry, section: Section) -> bool:
    kinds = LAYOUT_KINDS.get(section.layout, (entry.kind,))
    if entry.kind not in kinds:
        what = f'"{entry.title}" is of kind {entry.kind}'
        message = f"{what}, but layout {section.layout} shows only {' or '.join(kinds)}"
        context.report(key_path, message, "list it in another section, or choose another layout")
    return entry.kind in kinds


def _is_new(context: SectionContext, key_path: str, entry: Entry, section: Section) -> bool:
    other_section = context.used.get(entry.path)
    if other_section is not None:
        message = f'"{entry.title}" is already in the section "{other_section}"'
        context.report(key_path, message, "list it once")
    context.used.setdefault(entry.path, section.title)
    return other_section is None


def _select(context: SectionContext, index: int, section: Section) -> tuple[Entry, ...]:
    """Return the stories that match a section's conditions and that no other section has."""
    issue = context.issue
    name = f"sections.{index}"
    if issue.frozen or section.items or section.partners:
        if section.where and not issue.frozen:
            what = f'the "where" of the section "{section.title}"'
            message = f"{what} is ignored, as the section lists its items"
            context.report(f"{name}.where", message, "keep one of the two", Severity.WARNING)
        return ()
    if not section.where:
        if section.text or section.close:
            return ()
        hint = "give it items, partners, a where, or a text"
        context.report(name, f'the section "{section.title}" does not say which items it has', hint)
        return ()
    _check_keys(context, section.where, f"{name}.where")
    found = [entry for entry in match_stories(context, index, section) if entry.path not in context.used]
    chosen = tuple(found[: section.limit or None])
    context.used.update((entry.path, section.title) for entry in chosen)
    return chosen


def match_stories(context: SectionContext, index: int, section: Section) -> list[Entry]:
    """Return the stories that match the conditions of a section, in its order, also those of other sections.

    Args:
        context: the issue.
        index: position of the section in the file.
        section: the section.
    """
    name = f"sections.{index}"
    selection = _read_selection(context, f"{name}.where", section.where, section.layout)
    if selection is None:
        return []
    found = list(selection.select(context.name_index.library, context.issue.lang))
    return _sort(context, name, section, found)


def _read_selection(context: SectionContext, name: str, where: Condition, layout: Layout) -> Selection | None:
    """Return what the conditions under a key select; None if they have faults, which are reported."""
    selection, faults = read_selection(
        merge_conditions(context.issue.select, where),
        issue=context.issue,
        previous=context.previous,
        layout=layout,
        library=context.name_index.library,
    )
    for key, message, hint in faults:
        context.report(f"{name}.{key}" if key in where else f"select.{key}", message, hint)
    return None if faults else selection


def _check_keys(context: SectionContext, conditions: Condition, name: str) -> None:
    for key in conditions:
        if key not in KEYS:
            hint = did_you_mean(key, KEYS, f"known here: {', '.join(KEYS)}")
            context.report(f"{name}.{key}", f'unknown key "{key}"', hint)


def _check_unused(context: SectionContext) -> None:
    """Report the problems of an issue's ``select`` if no section uses it."""
    sections = context.issue.sections
    if not any(section.where and not section.items and not section.partners for section in sections):
        _read_selection(context, "", {}, "feature")


def _sort(context: SectionContext, name: str, section: Section, found: list[Entry]) -> list[Entry]:
    order = section.sort or ("oldest" if section.layout == "events" else "")
    if order and order not in SORTS:
        hint = did_you_mean(order, SORTS, f"write one of {', '.join(SORTS)}")
        context.report(f"{name}.sort", f'"sort" cannot be "{order}"', hint)
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


def _report_empty(context: SectionContext, index: int, section: Section) -> None:
    """Warn of a section without stories, unless an error in its own lines explains why."""
    name = f"sections.{index}"
    if any(problem.field == name or problem.field.startswith(f"{name}.") for problem in context.problems):
        return
    selects = bool(section.where) and not context.issue.frozen
    if section.where and (section.text or section.close):
        message = f'the section "{section.title}" has no items, only its text'
        context.report_empty(name, message, "delete it, or ask for more in its where", selects=selects)
        return
    if section.text or section.close:
        return
    frozen = context.issue.frozen and not (section.items or section.partners)
    hint = "list its items, as the issue is frozen" if frozen else "delete it, or ask for more in its where"
    message = f'the section "{section.title}" has no items, so it is left out'
    context.report_empty(name, message, hint, selects=selects)


def _resolve(
    context: SectionContext, index: int, section: Section, stories: tuple[Entry, ...]
) -> ResolvedSection:
    colour = section.colour or COLOURS[index % len(COLOURS)]
    if colour not in COLOURS:
        hint = did_you_mean(colour, COLOURS, f"write one of {', '.join(COLOURS)}")
        context.report(f"sections.{index}.colour", f'there is no colour "{colour}"', hint)
        colour = COLOURS[index % len(COLOURS)]  # previews show drafts with errors
    base = slugify(section.title) or "section"
    anchor = base if base not in context.ids else f"{base}-{index + 1}"
    context.ids.add(anchor)
    return ResolvedSection(
        id=anchor,
        title=section.title,
        layout=section.layout,
        colour=colour,
        start=section.start,
        stories=stories,
        text=section.text,
        close=section.close,
        groups=_group(context, index, section, stories),
    )


def _group(
    context: SectionContext, index: int, section: Section, stories: tuple[Entry, ...]
) -> tuple[Group, ...]:
    """Return the stories by their first term: partners by number, others by name, the rest last."""
    if not section.group_by:
        return ()
    if section.group_by not in GROUPS:
        hint = did_you_mean(section.group_by, GROUPS, f"write one of {', '.join(GROUPS)}")
        context.report(f"sections.{index}.group_by", f'"group_by" cannot be "{section.group_by}"', hint)
        return ()
    taxonomy, kind = TERMS[section.group_by]
    by_label: dict[Label, list[Entry]] = {}
    for story in stories:
        label = story.terms[taxonomy][0] if story.terms[taxonomy] else Label(name="")
        by_label.setdefault(label, []).append(story)
    groups = (
        Group(
            label=label,
            record=context.name_index.library.record(kind, label.slug, context.issue.lang),
            stories=tuple(members),
        )
        for label, members in by_label.items()
    )
    return tuple(sorted(groups, key=_group_order))


def _group_order(group: Group) -> tuple[bool, tuple[bool, int], str]:
    number = group.record.card.number if group.record else ""
    return (not group.label.name, _number(number), group.label.name.casefold())


def _number(number: str) -> tuple[bool, int]:
    digits = "".join(character for character in number if character.isdigit())
    return (not digits, int(digits or 0))
