"""Assembly: from items and outlines to the library, with every fault between items on the way."""

import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from clusterpress.config.settings import Settings
from clusterpress.content.items import Event, Issue, Item, News, Partner, Programme
from clusterpress.digests import digest
from clusterpress.library.cards import finish, make_entry
from clusterpress.library.doubles import doubles, without_words
from clusterpress.library.durations import contradictions
from clusterpress.library.entries import Entry, Label, Picture, Taxonomy
from clusterpress.library.grouping import group_entries
from clusterpress.library.library import Library
from clusterpress.library.links import (
    Places,
    head_images,
    missing_picture,
    place_of,
    resolve_figures,
    resolve_links,
    resolve_logos,
    resolve_path,
)
from clusterpress.library.names import Register, open_registers, term_slug
from clusterpress.library.near_misses import near_misses
from clusterpress.library.permalinks import permalink, prefix
from clusterpress.library.picture_faults import picture_faults
from clusterpress.library.report_dates import early_reports
from clusterpress.library.translations import Translations, group_translations
from clusterpress.library.visibility import State, state_of
from clusterpress.markup import Outline, place_problems
from clusterpress.problems import Problem, Severity
from clusterpress.slugs import slugify

RECORDS = ("programme", "cluster", "partner", "author")
"""Kinds that are terms of a taxonomy."""

FIELDS: tuple[tuple[Taxonomy, str, str], ...] = (
    ("programmes", "programme", "programme"),
    ("clusters", "cluster", "cluster"),
    ("partners", "partners", "partner"),
    ("authors", "author", "author"),
)
"""Taxonomy, front-matter key, kind of its records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """An item with what is known of its body."""

    item: Item
    body: bytes
    """Key of the stored body."""
    outline: Outline


@dataclass(slots=True)
class _Assembly:
    """What the steps of one assembly share."""

    settings: Settings
    zone: ZoneInfo
    pictures: Mapping[str, Picture]
    files: Mapping[str, str]
    broken: Collection[str]
    problems: list[Problem]
    reading: bytes
    """Digest of the settings, on which it depends what front matter means."""
    states: Mapping[str, State]
    """Source path → what its item is at this moment."""
    broken_names: frozenset[str]
    """Slugs of files with faults: a name of theirs may be right."""
    registers: dict[str, Register] = field(default_factory=dict)
    labels: dict[tuple[str, str, str], Label] = field(default_factory=dict)
    """(kind, slug, language) → label of a record."""
    colours: dict[str, str] = field(default_factory=dict)
    """Slug of a programme → its colour."""
    names: dict[tuple[Taxonomy, str], str] = field(default_factory=dict)
    """(taxonomy, slug) → name, for terms without a record."""


def assemble(
    sourced: Sequence[Sourced],
    *,
    pictures: Mapping[str, Picture],
    files: Mapping[str, str],
    settings: Settings,
    now: datetime,
    previews: bool = False,
    broken: Collection[str] = (),
) -> tuple[Library, list[Problem]]:
    """Return the library at the time ``now``, and all faults between items.

    Args:
        sourced: all items with their outlines, in any order.
        pictures: source path → published picture.
        files: source path of any other file below content/ → path below the root.
        settings: the site's settings.
        now: the time of the build, with its zone.
        previews: take drafts, embargoed and expired items too.
        broken: source paths of items and pictures with faults: what is wrong with them was said already.
    """
    zone = ZoneInfo(settings.time_zone)
    # Everything below goes by this order, so the order in which files were found cannot show anywhere.
    sourced = sorted(sourced, key=lambda one: one.item.source.path)
    states = {one.item.source.path: state_of(one.item, now, zone) for one in sourced}
    shown = [one for one in sourced if previews or states[one.item.source.path] == "published"]
    hidden = {path: state for path, state in states.items() if state != "published" and not previews}
    translations, problems = group_translations([one.item for one in shown], settings.language)
    desk = _Assembly(
        settings=settings,
        zone=zone,
        pictures=pictures,
        files=files,
        broken=broken,
        problems=problems,
        reading=digest(settings),
        states=states,
        broken_names=frozenset(slugify(posixpath.splitext(posixpath.basename(path))[0]) for path in broken),
    )
    for one in shown:
        desk.problems += place_problems(one.outline, one.item.source.path, one.item.source.body_line)
    _register_records(desk, [one.item for one in shown], translations)
    drafts = [_enter(desk, one, translations) for one in shown]
    places = _places(drafts, hidden, pictures, files, broken)
    entries = [_link(desk, entry, places, translations) for entry in drafts]
    today = now.astimezone(zone).date()
    desk.problems += [
        *_unannounced(entries, today),
        *contradictions(entries),
        *early_reports(entries, desk.registers["event"]),
        *doubles(entries),
        *without_words(entries),
        *near_misses(entries, desk.registers),
        *picture_faults(pictures.values()),
    ]
    library = group_entries(
        entries,
        settings=settings,
        today=today,
        names=desk.names,
        files=files,
        registers=_directory(desk),
    )
    return library, desk.problems


def _slug_of(item: Item, translations: Translations, settings: Settings) -> str:
    """Return an item's slug; a record's translations go by the slug of the original."""
    if isinstance(item, Issue):
        return str(item.number)
    if item.kind in RECORDS:
        return translations.original(item, settings.language).slug
    return item.slug


def _register_records(desk: _Assembly, items: Iterable[Item], translations: Translations) -> None:
    records: dict[str, list[tuple[Item, str]]] = defaultdict(list)
    for item in items:
        slug = _slug_of(item, translations, desk.settings)
        records[item.kind].append((item, slug))
        if item.kind in RECORDS:
            url = permalink(item, slug, item.lang, desk.settings)
            desk.labels[item.kind, slug, item.lang] = Label(name=item.title, slug=slug, url=url)
        if isinstance(item, Programme) and item.colour:
            desk.colours.setdefault(slug, item.colour)
    desk.registers, problems = open_registers(records)
    desk.problems += problems
    desk.problems += _doubled_numbers([item for item, _ in records["partner"]], translations)


def _doubled_numbers(partners: Iterable[Item], translations: Translations) -> Iterator[Problem]:
    holders: dict[str, Item] = {}
    for partner in partners:
        if not isinstance(partner, Partner) or not partner.number:
            continue
        first = holders.setdefault(partner.number, partner)
        if translations.of(first) is not translations.of(partner):
            yield _problem(
                partner,
                "number",
                f"{partner.number} already is the number of {first.source.path}",
                "give each partner a number of its own",
            )


def _unannounced(entries: Iterable[Entry], today: date) -> Iterator[Problem]:
    """Yield a warning for each coming event that feeds cannot tell of, because nothing dates its news."""
    for entry in entries:
        if isinstance(entry.item, Event) and entry.published.date() > today:
            yield replace(
                _problem(
                    entry.item,
                    "date",
                    "a coming event without a date of announcement is in no feed until it begins",
                    "add date: with the day of its announcement",
                ),
                severity=Severity.WARNING,
            )


def _enter(desk: _Assembly, one: Sourced, translations: Translations) -> Entry:
    item = one.item
    slug = _slug_of(item, translations, desk.settings)
    terms: dict[Taxonomy, tuple[Label, ...]] = {
        taxonomy: tuple(_labels(desk, item, taxonomy, field_name, kind))
        for taxonomy, field_name, kind in FIELDS
    }
    terms["tags"] = tuple(dict.fromkeys(_free_label(desk, "tags", tag, item.lang) for tag in item.tags))
    colour = next(
        (desk.colours[label.slug] for label in terms["programmes"] if label.slug in desk.colours), ""
    )
    desk.problems += _unknown_events(desk, item)
    for image in head_images(item):
        file = resolve_path(item.source.path, image.src)
        if file not in desk.pictures and file not in desk.broken:
            words = missing_picture(item.source.path, image.src, desk.pictures, desk.files)
            desk.problems.append(_problem(item, "image.src", *words, "image"))
    return make_entry(
        item,
        one.outline,
        slug=slug,
        url=permalink(item, slug, item.lang, desk.settings),
        body=one.body,
        terms=terms,
        colour=desk.colours.get(slug, "") if item.kind == "programme" else colour,
        pictures=desk.pictures,
        settings=desk.settings,
        zone=desk.zone,
        state=desk.states[item.source.path],
    )


def _labels(desk: _Assembly, item: Item, taxonomy: Taxonomy, key: str, kind: str) -> Iterator[Label]:
    """Yield the label of each name that ``item`` gives under ``key``, each record once."""
    seen = set()
    for index, name in enumerate(getattr(item, key, ())):
        label = _find_label(desk, taxonomy, kind, name, item.lang)
        if label is None and term_slug(name) in desk.broken_names:
            continue
        if label is None:
            desk.problems.append(
                _problem(
                    item, f"{key}.{index}", f'{key}: no {kind} is called "{name}"',
                    desk.registers[kind].suggest(name), key,
                )
            )  # fmt: skip
        elif label.slug not in seen:
            seen.add(label.slug)
            yield label


def _unknown_events(desk: _Assembly, item: Item) -> Iterator[Problem]:
    """Yield a problem for each event that a report names and nobody has a file for."""
    for index, name in enumerate(item.event if isinstance(item, News) else ()):
        if desk.registers["event"].find(name) is None and term_slug(name) not in desk.broken_names:
            hint = desk.registers["event"].suggest(name)
            yield _problem(item, f"event.{index}", f'event: no event is called "{name}"', hint, "event")


def _find_label(desk: _Assembly, taxonomy: Taxonomy, kind: str, name: str, lang: str) -> Label | None:
    """Return the label for a name; an author may also be a cluster or a partner."""
    kinds = ("author", "cluster", "partner") if kind == "author" else (kind,)
    for one in kinds:
        slug = desk.registers[one].find(name)
        if slug is None:
            continue
        label = desk.labels.get((one, slug, lang))
        if label and one == kind:
            return label
        original = label or desk.labels.get((one, slug, desk.settings.language))
        original = original or next(held for key, held in desk.labels.items() if key[:2] == (one, slug))
        if one != kind:
            desk.names.setdefault((taxonomy, slug), original.name)
        url = f"{prefix(lang, desk.settings)}{taxonomy}/{slug}/"
        return Label(name=original.name, slug=slug, url=url)
    if getattr(desk.settings.vocabulary, kind) == "open":
        return _free_label(desk, taxonomy, name, lang)
    return None


def _free_label(desk: _Assembly, taxonomy: Taxonomy, name: str, lang: str) -> Label:
    """Return the label of a term without a record; the first spelling (by source path) names it."""
    slug = term_slug(name)
    known = desk.names.setdefault((taxonomy, slug), name)
    return Label(name=known, slug=slug, url=f"{prefix(lang, desk.settings)}{taxonomy}/{slug}/")


def _places(
    entries: Sequence[Entry],
    hidden: Mapping[str, str],
    pictures: Mapping[str, Picture],
    files: Mapping[str, str],
    broken: Collection[str],
) -> Places:
    slugs: dict[str, str] = {}
    for entry in entries:
        path = entry.item.source.path
        slugs.setdefault(posixpath.join(posixpath.dirname(path), entry.item.slug), path)
    return Places(
        urls={entry.item.source.path: entry.url for entry in entries},
        hidden=hidden,
        anchors={entry.item.source.path: entry.outline.anchors for entry in entries},
        pictures=pictures,
        files=files,
        broken=broken,
        slugs=slugs,
    )


def _link(desk: _Assembly, entry: Entry, places: Places, translations: Translations) -> Entry:
    item = entry.item
    targets, broken = resolve_links(item, entry.outline, places)
    figures, missing = resolve_figures(item, entry.outline, places)
    logos, lost = resolve_logos(item, places)
    desk.problems += broken + missing + lost
    more = []
    for index, link in enumerate(item.more):
        if "://" in link.url or link.url.startswith(("mailto:", "tel:")):
            continue
        place = place_of(item.source.path, link.url, places)
        if isinstance(place, str):
            more.append((link.url, place))
        else:
            desk.problems.append(_problem(item, f"more.{index}.url", *place, "more"))
    siblings = translations.of(item)
    others = tuple(
        (lang, places.urls[siblings[lang].source.path])
        for lang in desk.settings.languages
        if lang in siblings and len(siblings) > 1
    )
    return finish(
        entry,
        targets=(*targets, *more),
        figures=figures + logos,
        translations=others,
        reading=desk.reading,
    )


def _directory(desk: _Assembly) -> dict[str, dict[str, Label]]:
    """Return kind → folded name → label, in the site's first language."""
    directory: dict[str, dict[str, Label]] = {}
    for kind, register in desk.registers.items():
        found = (
            (name, desk.labels.get((kind, slug, desk.settings.language)))
            for name, slug in register.slugs.items()
        )
        directory[kind] = {name: label for name, label in found if label}
    return directory


def _problem(item: Item, key: str, message: str, hint: str, field_name: str = "") -> Problem:
    top = key.partition(".")[0]
    line, column = item.source.lines.get(key) or item.source.lines.get(top) or (1, 1)
    return Problem(
        path=item.source.path, line=line, column=column, message=message, hint=hint, field=field_name or key,
        severity=Severity.ERROR,
    )  # fmt: skip
