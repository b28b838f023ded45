"""Assembly: from the abstracts of all items to the library, with every fault between items on the way.

All items pass through here on every build, whatever changed: what is done for each of them is kept to a few
look-ups, and digests are made of digests.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from posixpath import basename, splitext
from typing import NamedTuple

from clusterpress.config.settings import Settings
from clusterpress.content.items import Item
from clusterpress.digests import digest, joined
from clusterpress.library.abstracts import FIELDS, RECORDS, Abstract, Head, Reference, make_abstract
from clusterpress.library.doubles import doubles
from clusterpress.library.durations import contradictions
from clusterpress.library.entries import Entry, Label, Picture, Taxonomy
from clusterpress.library.grouping import KIND_OF, group_entries
from clusterpress.library.library import TAXONOMIES, Library
from clusterpress.library.links import Places, missing_picture, place_of
from clusterpress.library.names import Named, Register, open_registers, term_slug
from clusterpress.library.near_misses import near_misses
from clusterpress.library.permalinks import fill_pattern, prefix
from clusterpress.library.picture_faults import picture_faults
from clusterpress.library.report_dates import early_reports
from clusterpress.library.stacks import Stacks
from clusterpress.library.translations import Translations, group_translations
from clusterpress.library.visibility import State, state_at
from clusterpress.markup import Outline
from clusterpress.problems import Problem, Severity
from clusterpress.slugs import slugify

_KINDS = tuple(KIND_OF.get(taxonomy, "") for taxonomy in TAXONOMIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """An item with what is known of its body."""

    item: Item
    body: bytes
    """Key of the stored body."""
    outline: Outline


class _Meaning(NamedTuple):
    """Whom a name means."""

    alone: tuple[Label, ...]
    """The label; nothing if it means nobody."""
    digest: bytes


@dataclass(slots=True)
class _Assembly:
    """What the steps of one assembly share."""

    settings: Settings
    stacks: Stacks
    pictures: Mapping[str, Picture]
    picture_digests: Mapping[str, bytes]
    files: Mapping[str, str]
    broken: Collection[str]
    problems: list[Problem]
    broken_names: frozenset[str]
    """Slugs of files with faults: a name of theirs may be right."""
    registers: dict[str, Register] = field(default_factory=dict)
    labels: dict[tuple[str, str, str], Label] = field(default_factory=dict)
    """(kind, slug, language) → label of a record."""
    colours: dict[str, str] = field(default_factory=dict)
    """Slug of a programme → its colour."""
    names: dict[tuple[Taxonomy, str], str] = field(default_factory=dict)
    """(taxonomy, slug) → name, for terms without a record."""
    meanings: dict[str, tuple[dict[str, _Meaning], ...]] = field(default_factory=dict)
    """Language → for each taxonomy, name as written → whom it means."""

    def known(self, lang: str) -> tuple[dict[str, _Meaning], ...]:
        """Return what names mean in a language, as far as they were looked up."""
        if lang not in self.meanings:
            self.meanings[lang] = tuple({} for _ in TAXONOMIES)
        return self.meanings[lang]


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
    """Return the library of items that are all in memory, and all faults between them.

    The arguments are those of `assemble_abstracts`.
    """
    items = {one.item.source.digest + one.item.source.path.encode(): one for one in sourced}
    outlines = {one.body: one.outline for one in sourced}
    stacks = Stacks(settings, lambda key: items[key].item, outlines.__getitem__)
    abstracts = [
        make_abstract(one.item, one.outline, key=key, body=one.body, settings=settings)
        for key, one in items.items()
    ]
    return assemble_abstracts(
        abstracts, stacks, pictures=pictures, files=files, now=now, previews=previews, broken=broken
    )


def assemble_abstracts(
    abstracts: Iterable[Abstract],
    stacks: Stacks,
    *,
    pictures: Mapping[str, Picture],
    files: Mapping[str, str],
    now: datetime,
    previews: bool = False,
    broken: Collection[str] = (),
) -> tuple[Library, list[Problem]]:
    """Return the library at the time ``now``, and all faults between items.

    Args:
        abstracts: of all items, in any order.
        stacks: where the items lie, and the settings of the site.
        pictures: source path → published picture.
        files: source path of any other file below content/ → path below the root.
        now: the time of the build, with its zone.
        previews: take drafts, embargoed and expired items too.
        broken: source paths of items and pictures with faults: what is wrong with them was said already.
    """
    settings = stacks.settings
    # Everything below goes by this order, so the order in which files were found cannot show anywhere.
    ordered = sorted(abstracts)
    moment = now.timestamp()
    states = {one.path: state_at(one.draft, one.opens, one.closes, moment) for one in ordered}
    shown = ordered if previews else [one for one in ordered if states[one.path] == "published"]
    hidden = {} if previews else {path: state for path, state in states.items() if state != "published"}
    translations, problems = group_translations(shown, settings.language, stacks)
    desk = _Assembly(
        settings=settings,
        stacks=stacks,
        pictures=pictures,
        picture_digests={path: digest(picture) for path, picture in pictures.items()},
        files=files,
        broken=broken,
        problems=problems,
        broken_names=frozenset(slugify(splitext(basename(path))[0]) for path in broken),
    )
    problems += [problem for one in shown for problem in one.problems]
    _register_records(desk, shown, translations)
    entries = [_enter(desk, one, states[one.path], translations) for one in shown]
    places = _places(desk, entries, hidden)
    for entry in entries:
        _link(desk, entry, places, translations)
    today = now.astimezone(stacks.zone).date()
    problems += [
        *_unannounced(entries, today.toordinal()),
        *contradictions(entries),
        *early_reports(entries, desk.registers["event"]),
        *doubles(entries),
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
    return library, problems


def _slug_of(item: Abstract, translations: Translations, settings: Settings) -> str:
    """Return an item's slug; a record's translations go by the slug of the original."""
    if item.kind in RECORDS:
        return translations.original(item, settings.language).slug
    return item.slug


def _register_records(desk: _Assembly, items: Iterable[Abstract], translations: Translations) -> None:
    records: dict[str, list[tuple[Abstract, str]]] = defaultdict(list)
    for item in items:
        if not item.names:
            continue
        slug = _slug_of(item, translations, desk.settings)
        records[item.kind].append((item, slug))
        if item.kind in RECORDS:
            url = fill_pattern(item.kind, slug, item.lang, desk.settings)
            desk.labels[item.kind, slug, item.lang] = Label(name=item.title, slug=slug, url=url)
        if item.colour:
            desk.colours.setdefault(slug, item.colour)
    fetch = desk.stacks.item
    desk.registers, problems = open_registers(
        {
            kind: [(Named(one.names, partial(fetch, one.item)), slug) for one, slug in found]
            for kind, found in records.items()
        }
    )
    desk.problems += problems
    desk.problems += _doubled_numbers(desk, [item for item, _ in records["partner"]], translations)


def _doubled_numbers(
    desk: _Assembly, partners: Iterable[Abstract], translations: Translations
) -> Iterator[Problem]:
    holders: dict[str, Abstract] = {}
    for partner in partners:
        number = partner.facts.number
        if not number:
            continue
        first = holders.setdefault(number, partner)
        if first.path not in {one.path for one in translations.of(partner).values()}:
            yield _problem(
                desk,
                partner,
                "number",
                f"{number} already is the number of {first.path}",
                "give each partner a number of its own",
            )


def _unannounced(entries: Iterable[Entry], today: int) -> Iterator[Problem]:
    """Yield a warning for each coming event that feeds cannot tell of, because nothing dates its news."""
    for entry in entries:
        if entry.abstract.kind == "event" and entry.abstract.day > today:
            yield _at_key(
                entry.item,
                "date",
                "a coming event without a date of announcement is in no feed until it begins",
                "add date: with the day of its announcement",
                severity=Severity.WARNING,
            )


def _enter(desk: _Assembly, one: Abstract, state: State, translations: Translations) -> Entry:
    """Return an entry with its terms; its links and its digests are filled in by `_link`."""
    slug = _slug_of(one, translations, desk.settings)
    terms: dict[Taxonomy, tuple[Label, ...]] = {}
    for taxonomy, known, names in zip(TAXONOMIES, desk.known(one.lang), one.terms, strict=True):
        alone = known[names[0]].alone if len(names) == 1 and names[0] in known else ()
        terms[taxonomy] = alone or (_labels(desk, one, taxonomy, known) if names else ())
    if one.events:
        desk.problems += _unknown_events(desk, one)
    head = desk.pictures.get(one.heads[0][1]) if one.heads else None
    for picture in map(Head._make, one.heads):
        if picture.file not in desk.pictures and picture.file not in desk.broken:
            found = missing_picture(one.path, picture.src, desk.pictures, desk.files)
            desk.problems.append(_problem(desk, one, "image.src", *found, "image"))
    if one.kind == "programme":
        colour = desk.colours.get(slug, "")
    else:
        colour = next(
            (desk.colours[label.slug] for label in terms["programmes"] if label.slug in desk.colours), ""
        )
    return Entry(
        abstract=one,
        slug=one.facts.number if one.kind == "issue" else slug,
        url=one.url or fill_pattern(one.kind, slug, one.lang, desk.settings),
        terms=terms,
        head=head,
        colour=colour,
        state=state,
        stacks=desk.stacks,
    )


def _labels(
    desk: _Assembly, item: Abstract, taxonomy: Taxonomy, known: dict[str, "_Meaning"]
) -> tuple[Label, ...]:
    """Return the label of each name that an item gives for a taxonomy, each record once."""
    place = TAXONOMIES.index(taxonomy)
    found: dict[str, Label] = {}
    for index, name in enumerate(item.terms[place]):
        meaning = known.get(name)
        if meaning is None:
            label = _find_label(desk, place, name, item.lang)
            meaning = known[name] = _Meaning((label,) if label else (), digest(label))
        if meaning.alone:
            found.setdefault(meaning.alone[0].slug, meaning.alone[0])
        elif term_slug(name) not in desk.broken_names:
            key, kind = FIELDS[place], _KINDS[place]
            message = f'{key}: no {kind} is called "{name}"'
            hint = desk.registers[kind].suggest(name)
            desk.problems.append(_problem(desk, item, f"{key}.{index}", message, hint, key))
    return tuple(found.values())


def _unknown_events(desk: _Assembly, item: Abstract) -> Iterator[Problem]:
    """Yield a problem for each event that a report names and nobody has a file for."""
    for index, name in enumerate(item.events):
        if desk.registers["event"].find(name) is None and term_slug(name) not in desk.broken_names:
            hint = desk.registers["event"].suggest(name)
            message = f'event: no event is called "{name}"'
            yield _problem(desk, item, f"event.{index}", message, hint, "event")


def _find_label(desk: _Assembly, place: int, name: str, lang: str) -> Label | None:
    """Return the label for a name; an author may also be a cluster or a partner."""
    taxonomy, kind = TAXONOMIES[place], _KINDS[place]
    if not kind:
        return _free_label(desk, taxonomy, name, lang)
    for one in ("author", "cluster", "partner") if kind == "author" else (kind,):
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


def _places(desk: _Assembly, entries: Sequence[Entry], hidden: Mapping[str, str]) -> Places:
    slugs: dict[str, str] = {}
    by_path = {entry.abstract.path: entry for entry in entries}
    for path, entry in by_path.items():
        slugs.setdefault(f"{path.rpartition('/')[0]}/{entry.abstract.slug}", path)
    return Places(
        urls={path: entry.url for path, entry in by_path.items()},
        hidden=hidden,
        anchors=_anchors_of(by_path),
        pictures=desk.pictures,
        files=desk.files,
        broken=desk.broken,
        slugs=slugs,
    )


def _anchors_of(by_path: Mapping[str, Entry]) -> Callable[[str], tuple[str, ...]]:
    return lambda path: by_path[path].outline.anchors


def _link(desk: _Assembly, entry: Entry, places: Places, translations: Translations) -> None:
    """Fill in an entry's links and pictures, its translations, and its digests."""
    one = entry.abstract
    if one.links:
        entry.targets = tuple(_targets(desk, one, places))
    parts = [one.digest, one.card]
    if one.figures:
        entry.figures = tuple(_figures(desk, one))
        parts += [desk.picture_digests[file] for _, file, _ in one.figures if file in desk.pictures]
    if one.logos:
        entry.figures += tuple(_logos(desk, one))
        parts += [digest(entry.figures)]
    if translations.groups:
        entry.translations = _versions(desk, one, places, translations)
    known = desk.known(one.lang)
    for meanings, names in zip(known, one.terms, strict=True):
        for name in names:
            parts.append(meanings[name].digest)
    card = [one.card, desk.picture_digests[one.heads[0][1]] if entry.head else b""]
    card += [known[0][name].digest for name in one.terms[0]]
    card.append(f"{entry.url} {entry.colour} {entry.state}".encode())
    entry.card_digest = joined(card)
    parts.append(entry.card_digest)
    if entry.targets or entry.translations:
        parts.append(digest(entry.targets, entry.translations))
    entry.digest = joined(parts)


def _figures(desk: _Assembly, one: Abstract) -> Iterator[tuple[str, Picture]]:
    """Yield (source as written, published picture) for each picture of a body."""
    found: dict[str, Picture] = {}
    for src, file, line in one.figures:
        if picture := desk.pictures.get(file):
            found[src] = picture
        elif file not in desk.broken:
            message, hint = missing_picture(one.path, src, desk.pictures, desk.files)
            desk.problems.append(Problem(path=one.path, line=line, message=message, hint=hint))
    yield from found.items()


def _logos(desk: _Assembly, one: Abstract) -> Iterator[tuple[str, Picture]]:
    """Yield (file as written, published picture) for each logo beside the emblem of a programme."""
    found: dict[str, Picture] = {}
    for src, file, key in one.logos:
        if picture := desk.pictures.get(file):
            found[src] = picture
        elif key != "logo":  # a missing logo of the item itself is reported with its other pictures
            message, hint = missing_picture(one.path, src, desk.pictures, desk.files)
            desk.problems.append(_problem(desk, one, key, message, hint))
    yield from found.items()


def _targets(desk: _Assembly, one: Abstract, places: Places) -> Iterator[tuple[str, str]]:
    """Yield (target as written, path below the root) for each link that leads somewhere."""
    urls = places.urls
    for link in one.links:
        target, file, fragment, tail, line, key = link
        if not fragment and (url := urls.get(file)):
            yield target, url + tail
            continue
        place = place_of(Reference._make(link), places)
        if isinstance(place, str):
            yield target, place
        elif key:
            desk.problems.append(_problem(desk, one, key, *place, "more"))
        else:
            desk.problems.append(Problem(path=one.path, line=line, message=place[0], hint=place[1]))


def _versions(
    desk: _Assembly, one: Abstract, places: Places, translations: Translations
) -> tuple[tuple[str, str], ...]:
    siblings = translations.groups.get(one.path, {})
    return tuple(
        (lang, places.urls[siblings[lang].path])
        for lang in desk.settings.languages
        if lang in siblings and len(siblings) > 1
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


def _problem(
    desk: _Assembly, one: Abstract, key: str, message: str, hint: str, field_name: str = ""
) -> Problem:
    return _at_key(desk.stacks.item(one.item), key, message, hint, field_name)


def _at_key(
    item: Item,
    key: str,
    message: str,
    hint: str,
    field_name: str = "",
    severity: Severity = Severity.ERROR,
) -> Problem:
    top = key.partition(".")[0]
    line, column = item.source.lines.get(key) or item.source.lines.get(top) or (1, 1)
    return Problem(
        path=item.source.path, line=line, column=column, message=message, hint=hint, field=field_name or key,
        severity=severity,
    )  # fmt: skip
