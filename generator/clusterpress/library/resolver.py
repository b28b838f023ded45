"""Resolving: what the names, links and pictures of an item mean on this site, and what is wrong with them.

Entries are resolved one by one, when somebody asks: a build that makes a few pages again need not know what
ten thousand items name. What an entry would be resolved to is known before by its origins.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from clusterpress.config.settings import Settings
from clusterpress.library.entries import Entry, Label, Picture, Resolved
from clusterpress.library.index_records import IndexRecord, LeadImage, Reference
from clusterpress.library.item_loader import ItemLoader
from clusterpress.library.links import LinkTargets, explain_missing_picture, resolve_link
from clusterpress.library.names import Register, term_slug
from clusterpress.library.permalinks import prefix
from clusterpress.library.translations import Translations
from clusterpress.values.digests import digest, join_digests
from clusterpress.values.problems import Problem
from clusterpress.values.taxonomies import TAXONOMIES, TAXONOMY_NAMES, Taxonomy


class ResolvedTerm(NamedTuple):
    """Whom a name means."""

    labels: tuple[Label, ...]
    """The label; nothing if it means nobody."""
    digest: bytes

    @property
    def slug(self) -> str:
        """The label's slug; empty if it means nobody."""
        return self.labels[0].slug if self.labels else ""


@dataclass(slots=True, kw_only=True)
class Resolver:
    """Everything that items may name."""

    settings: Settings
    item_loader: ItemLoader
    pictures: Mapping[str, Picture]
    """Source path → published picture."""
    files: Mapping[str, str]
    """Source path of any other file → path below the root."""
    broken: Collection[str]
    """Source paths of items and pictures with faults: what is wrong with them was said already."""
    broken_names: frozenset[str]
    """Slugs of files with faults: a name of theirs may be right."""
    translations: Translations
    registers: Mapping[str, Register]
    """Kind → the names of its records."""
    labels: Mapping[tuple[str, str, str], Label]
    """(kind, slug, language) → label of a record."""
    colours: Mapping[str, str]
    """Slug of a programme → its colour."""
    link_targets: LinkTargets = field(init=False)
    """Where everything is that a link may name; known when all entries have their addresses."""
    items: Sequence[IndexRecord] = ()
    """All items, as they were when the library was assembled."""
    names: dict[tuple[Taxonomy, str], str] = field(default_factory=dict)
    """(taxonomy, slug) → name, for terms without a record."""
    ambiguous_terms: dict[tuple[Taxonomy, str], str] = field(default_factory=dict)
    """Those of them that are spelt in several ways: which spelling names them is up to all items."""
    resolved_terms: dict[str, tuple[dict[str, ResolvedTerm], ...]] = field(default_factory=dict)
    """Language → for each taxonomy, name as written → whom it means."""
    _linked_by_fragment: set[str] | None = field(default=None, init=False)

    def resolve_terms(self, items: Sequence[IndexRecord]) -> None:
        """Find out whom the names of all items mean; they come in the order of their paths."""
        self.items = items
        for lang in sorted({one.lang for one in items}):
            # Most items name what others name as well: each combination is looked at once.
            columns = zip(*[one.terms for one in items if one.lang == lang], strict=True)
            self.resolved_terms[lang] = tuple(
                {
                    name: self._resolve_term(place, name, lang)
                    for name in dict.fromkeys(chain.from_iterable(dict.fromkeys(column)))
                }
                for place, column in enumerate(columns)
            )

    def _resolve_term(self, place: int, name: str, lang: str) -> ResolvedTerm:
        label = self._find_label(place, name, lang)
        return ResolvedTerm((label,) if label else (), digest(label))

    def group(self, entries: Iterable[Entry], lang: str) -> tuple[dict[str, list[Entry]], ...]:
        """Return for each taxonomy slug → those of some entries of a language that have the term."""
        members = tuple(entries)
        if not members:
            return tuple({} for _ in TAXONOMIES)
        columns = zip(*[entry.index_record.terms for entry in members], strict=True)
        return tuple(
            _group(members, names, known)
            for names, known in zip(columns, self.resolved_terms[lang], strict=True)
        )

    def resolve(self, entry: Entry) -> Resolved:
        """Return what an entry names; what is wrong with it is left out, see `faults`."""
        one = entry.index_record
        resolved_terms = self.resolved_terms[one.lang]
        terms = {
            taxonomy: self._labels(known, names)
            for taxonomy, known, names in zip(TAXONOMY_NAMES, resolved_terms, one.terms, strict=True)
        }
        lead_image = self.pictures.get(one.lead_images[0][1]) if one.lead_images else None
        colour = self._colour(entry, terms["programmes"])
        figures = {src: self.pictures[file] for src, file, _ in _shown(one) if file in self.pictures}
        translations = self.versions(one)
        card = [one.teaser_digest, self.pictures[one.lead_images[0][1]].key if lead_image else b""]
        card += [resolved_terms[0][name].digest for name in one.terms[0]]
        card.append(f"{entry.url} {colour} {entry.state}".encode())
        card_digest = join_digests(card)
        # Where links lead, and which pictures are there, is part of the origin.
        parts = [entry.dependency_digest, card_digest]
        parts += [
            known[name].digest
            for known, names in zip(resolved_terms, one.terms, strict=True)
            for name in names
        ]
        return Resolved(
            terms, lead_image, colour, tuple(figures.items()), translations, join_digests(parts), card_digest
        )

    def resolve_links(self, entry: Entry) -> tuple[tuple[str, str], ...]:
        """Return (target as written, path below the root) for each link of an entry that leads somewhere."""
        targets = self._targets(entry.index_record)
        return tuple((target, place) for target, place, _ in targets if place is not None)

    def dependency_digests(self, entry: Entry) -> tuple[bytes, bytes]:
        """Return the origins of an entry and of its card."""
        one = entry.index_record
        card = one.teaser_digest
        if one.lead_images or entry.state != "published":
            lead_image = self.pictures.get(one.lead_images[0][1]) if one.lead_images else None
            card = join_digests([card, lead_image.key if lead_image else b"", entry.state.encode()])
        parts = [one.digest, card]
        if one.figures or one.logos:
            pictures = self.pictures
            for _, file, _ in (*one.figures, *one.logos):
                parts.append(pictures[file].key if file in pictures else b"-")
        if one.links:
            parts += self._link_digests(one)
        if self.translations.groups and one.path in self.translations.groups:
            parts.append(digest(self.versions(one)))
        return join_digests(parts), card

    def _link_digests(self, one: IndexRecord) -> list[bytes]:
        """Return where each link leads, with the anchors that are there if it names one; or why nowhere."""
        urls, found = self.link_targets.urls, []
        for link in one.links:
            target, file, fragment = link[:3]
            url = urls.get(file)
            if url is not None:
                found.append(url.encode() + (self.link_targets.body(file) if fragment else b""))
            elif target.startswith("/") and file not in self.files and file not in self.pictures:
                found.append(b"/")  # to a page of the site, by its address: it leads there whatever happens
            else:
                found.append(str(resolve_link(Reference._make(link), self.link_targets)).encode())
        return found

    def linked_by_fragment(self) -> set[str]:
        """Return the source paths of the items to whose headings somebody links."""
        if self._linked_by_fragment is None:
            links = (link for one in self.items for link in one.links)
            self._linked_by_fragment = {link[1] for link in links if link[2]}
        return self._linked_by_fragment

    def faults(self, entry: Entry) -> Iterator[Problem]:
        """Yield what is wrong with the names, links and pictures of an entry."""
        one = entry.index_record
        yield from self._unknown_names(one)
        if one.events:
            yield from self._unknown_events(one)
        for picture in map(LeadImage._make, one.lead_images):
            if picture.file not in self.pictures and picture.file not in self.broken:
                message, hint = explain_missing_picture(one.path, picture.src, self.pictures, self.files)
                yield self._problem(one, "image.src", message, hint, "image")
        if len(entry.targets) < len(one.links):
            yield from (problem for _, _, problem in self._targets(one) if problem)
        for src, file, line in one.figures:
            if file not in self.pictures and file not in self.broken:
                message, hint = explain_missing_picture(one.path, src, self.pictures, self.files)
                yield Problem(path=one.path, line=line, message=message, hint=hint)
        for src, file, key in one.logos:
            # A missing logo of the item itself is reported with its other pictures.
            if file not in self.pictures and file not in self.broken and key != "logo":
                message, hint = explain_missing_picture(one.path, src, self.pictures, self.files)
                yield self._problem(one, key, message, hint)

    def directory(self) -> dict[str, dict[str, Label]]:
        """Return kind → folded name → label, in the site's first language."""
        directory: dict[str, dict[str, Label]] = {}
        for kind, register in self.registers.items():
            found = (
                (name, self.labels.get((kind, slug, self.settings.language)))
                for name, slug in register.slugs.items()
            )
            directory[kind] = {name: label for name, label in found if label}
        return directory

    def _labels(self, known: Mapping[str, ResolvedTerm], names: tuple[str, ...]) -> tuple[Label, ...]:
        """Return the label of each name that means somebody, each once."""
        if len(names) == 1:
            return known[names[0]].labels
        found: dict[str, Label] = {}
        for name in names:
            for label in known[name].labels:
                found.setdefault(label.slug, label)
        return tuple(found.values())

    def _colour(self, entry: Entry, programmes: tuple[Label, ...]) -> str:
        if entry.index_record.kind == "programme":
            return self.colours.get(entry.slug, "")
        return next((self.colours[label.slug] for label in programmes if label.slug in self.colours), "")

    def _find_label(self, place: int, name: str, lang: str) -> Label | None:
        """Return the label for a name; an author may also be a cluster or a partner."""
        taxonomy, _, kind = TAXONOMIES[place]
        if not kind:
            return self._free_label(taxonomy, name, lang)
        for one in ("author", "cluster", "partner") if kind == "author" else (kind,):
            slug = self.registers[one].find(name)
            if slug is None:
                continue
            label = self.labels.get((one, slug, lang))
            if label and one == kind:
                return label
            original = label or self.labels.get((one, slug, self.settings.language))
            original = original or next(known for key, known in self.labels.items() if key[:2] == (one, slug))
            if one != kind:
                self.names.setdefault((taxonomy, slug), original.name)
            url = f"{prefix(lang, self.settings)}{taxonomy}/{slug}/"
            return Label(name=original.name, slug=slug, url=url)
        if getattr(self.settings.vocabulary, kind) == "open":
            return self._free_label(taxonomy, name, lang)
        return None

    def _free_label(self, taxonomy: Taxonomy, name: str, lang: str) -> Label:
        """Return the label of a term without a record; the first spelling (by source path) names it."""
        slug = term_slug(name)
        known = self.names.setdefault((taxonomy, slug), name)
        if known != name:
            self.ambiguous_terms[taxonomy, slug] = known
        return Label(name=known, slug=slug, url=f"{prefix(lang, self.settings)}{taxonomy}/{slug}/")

    def _targets(self, one: IndexRecord) -> Iterator[tuple[str, str | None, Problem | None]]:
        """Yield (target as written, path below the root or None, what is wrong) for each link."""
        urls = self.link_targets.urls
        for link in one.links:
            target, file, fragment, tail, line, key = link
            if not fragment and (url := urls.get(file)):
                yield target, url + tail, None
                continue
            place = resolve_link(Reference._make(link), self.link_targets)
            if isinstance(place, str):
                yield target, place, None
            elif key:
                yield target, None, self._problem(one, key, *place, "more")
            else:
                yield target, None, Problem(path=one.path, line=line, message=place[0], hint=place[1])

    def versions(self, one: IndexRecord) -> tuple[tuple[str, str], ...]:
        """Return (language, path below the root) of an item and its versions, if there are any."""
        siblings = self.translations.groups.get(one.path, {})
        if len(siblings) < 2:  # noqa: PLR2004 -- an item alone has no versions
            return ()
        urls = self.link_targets.urls
        return tuple(
            (lang, urls[siblings[lang].path]) for lang in self.settings.languages if lang in siblings
        )

    def _unknown_names(self, one: IndexRecord) -> Iterator[Problem]:
        """Yield a problem for each name of a record that nobody has."""
        for place, (known, names) in enumerate(zip(self.resolved_terms[one.lang], one.terms, strict=True)):
            for index, name in enumerate(names):
                if not known[name].labels and term_slug(name) not in self.broken_names:
                    _, key, kind = TAXONOMIES[place]
                    message = f'{key}: no {kind} is called "{name}"'
                    hint = self.registers[str(kind)].suggest(name)
                    yield self._problem(one, f"{key}.{index}", message, hint, key)

    def _unknown_events(self, one: IndexRecord) -> Iterator[Problem]:
        """Yield a problem for each event that a report names and nobody has a file for."""
        events = self.registers["event"]
        for index, name in enumerate(one.events):
            if events.find(name) is None and term_slug(name) not in self.broken_names:
                message = f'event: no event is called "{name}"'
                yield self._problem(one, f"event.{index}", message, events.suggest(name), "event")

    def _problem(self, one: IndexRecord, key: str, message: str, hint: str, field_name: str = "") -> Problem:
        lines = self.item_loader.item(one.item).source.lines
        line, column = lines.get(key) or lines.get(key.partition(".")[0]) or (1, 1)
        return Problem(
            path=one.path, line=line, column=column, message=message, hint=hint, field=field_name or key
        )


def _shown(one: IndexRecord) -> tuple[tuple[str, str, object], ...]:
    """Return (as written, source path, where) of each picture of a body, and of each logo."""
    return (*one.figures, *one.logos) if one.logos else one.figures


def _group(
    entries: Sequence[Entry], names: Iterable[tuple[str, ...]], known: Mapping[str, ResolvedTerm]
) -> dict[str, list[Entry]]:
    """Return slug → entries, given the names that each of them has."""
    slugs: dict[tuple[str, ...], set[str]] = {}
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry, combination in zip(entries, names, strict=True):
        if combination not in slugs:
            slugs[combination] = {known[name].slug for name in combination} - {""}
        for slug in slugs[combination]:
            found[slug].append(entry)
    return found
