"""Resolver: what the names, links and pictures of an item mean on this site, and what is wrong with them.

Entries are resolved one by one, on demand: a build that renders a few pages again need not resolve ten
thousand items. Whether an entry would be resolved differently is known before, from its dependency digest.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.library.entries import Attachment, Entry, Label, Resolved
from clusterpress.library.index_records import IndexRecord, LeadImage, Reference
from clusterpress.library.item_loader import ItemLoader
from clusterpress.library.links import (
    DeadLink,
    LinkTargets,
    explain_dead_link,
    explain_missing_picture,
    link_rule,
    resolve_link,
)
from clusterpress.library.pictures import is_remote
from clusterpress.library.promises import Promises
from clusterpress.library.publication import State
from clusterpress.library.terms import Records, ResolvedTerm, TermIndex
from clusterpress.library.translations import Translations
from clusterpress.parsing.values import problem_at
from clusterpress.values.digests import digest, digest_literals, join_digests
from clusterpress.values.media_types import media_type
from clusterpress.values.problems import Problem, did_you_mean
from clusterpress.values.rules import default_severity, is_timed
from clusterpress.values.slugs import term_slug


class Resolver(Struct, frozen=True, kw_only=True):
    """Everything that items may name."""

    records: Records
    terms: TermIndex
    link_targets: LinkTargets
    translations: Translations
    promises: Promises = Promises()
    """What was published, and must be kept."""

    @property
    def item_loader(self) -> ItemLoader:
        """Fetches items."""
        return self.link_targets.item_loader

    @property
    def settings(self) -> Settings:
        """The settings of the site."""
        return self.item_loader.settings

    def make_entry(self, record: IndexRecord, slug: str, url: str, state: State) -> Entry:
        """Return the entry of an item.

        Args:
            record: the item's index record.
            slug: its slug on this site; a translated record has that of its original.
            url: path below the site's root.
            state: whether it is published.
        """
        kept = self.promises.keep(record, url)
        dependency_digest, card_dependency_digest = self._dependency_digests(kept, state)
        return Entry(
            kept, slug, url, state, self.item_loader, self, dependency_digest, card_dependency_digest
        )

    def resolve(self, entry: Entry, /) -> Resolved:
        """Return what an entry names; unknown names are left out, see `faults`."""
        one, picture_of = entry.index_record, self.link_targets.picture
        resolved = self.terms.resolved[one.lang]
        terms = {
            taxonomy.name: _labels(known, names)
            for taxonomy, known, names in zip(self.terms.taxonomies, resolved, one.terms, strict=True)
        }
        lead_image = picture_of(one.lead_images[0][1]) if one.lead_images else None
        colour = self._colour(entry, terms["programmes"])
        card_digest = join_digests(
            [
                one.teaser_digest,
                digest(lead_image and lead_image.key, entry.url, colour, entry.state),
                *[resolved[0][name].digest for name in one.terms[0]],
            ]
        )
        term_digests = [
            known[name].digest for known, names in zip(resolved, one.terms, strict=True) for name in names
        ]
        shown = ((src, picture_of(file)) for src, file, _ in (*one.figures, *one.logos))
        return Resolved(
            terms=terms,
            lead_image=lead_image,
            colour=colour,
            figures=tuple({src: picture for src, picture in shown if picture}.items()),
            translations=self.versions(one),
            # The dependency digest covers where links lead, and which pictures are there.
            digest=join_digests([entry.dependency_digest, card_digest, *term_digests]),
            card_digest=card_digest,
            attachments=tuple(self._attachments(one)) if one.links else (),
        )

    def _attachments(self, one: IndexRecord) -> Iterator[Attachment]:
        files, sizes = self.link_targets.files, self.link_targets.sizes
        for path in dict.fromkeys(link[1] for link in one.links if link[1] in files):
            kind = media_type(path).partition(";")[0]
            yield Attachment(quote(files[path]), kind, sizes.get(path, 0))

    def resolve_links(self, entry: Entry, /) -> tuple[tuple[str, str], ...]:
        """Return (target as written, path below the root) for each link of an entry that leads somewhere."""
        places = ((link.target, _address(place)) for link, place in self._places(entry.index_record))
        return tuple((target, place) for target, place in places if place is not None)

    def _dependency_digests(self, one: IndexRecord, state: State) -> tuple[bytes, bytes]:
        picture_of, card = self.link_targets.picture, one.teaser_digest
        if one.lead_images or state != "published":
            lead_image = picture_of(one.lead_images[0][1]) if one.lead_images else None
            card = digest(card, lead_image and lead_image.key, state)
        files = [file for _, file, _ in (*one.figures, *one.logos)] if one.figures or one.logos else []
        shown = [picture.key if (picture := picture_of(file)) else None for file in files]
        links = self._link_places(one) if one.links else []
        is_translated = one.path in self.translations.groups
        if not (shown or links or is_translated):
            return join_digests([one.digest, card]), card
        versions = self.versions(one) if is_translated else None
        return digest_literals(one.digest, card, shown, links, versions), card

    def _link_places(self, one: IndexRecord) -> list[object]:
        """Return where each link leads, with the body that has its anchor; None for nowhere."""
        targets, found = self.link_targets, list[object]()
        for link in one.links:
            target, file, fragment = link[:3]
            url = targets.urls.get(file)
            if url is not None:
                found.append((url, targets.records[file].body) if fragment else url)
            elif target.startswith("/") and file not in targets.files and file not in targets.pictures:
                # To a page of the site, by its address: it leads there unless the item is hidden now.
                found.append("" if targets.hidden_at(target) else None)
            else:
                place = _address(resolve_link(Reference._make(link), targets))
                found.append((place, targets.sizes[file]) if file in targets.sizes else place)
        return found

    def faults(self, entry: Entry) -> Iterator[Problem]:
        """Yield what is wrong with the names, links and pictures of an entry."""
        one = entry.index_record
        yield from self._unknown_names(one)
        if len(entry.targets) < len(one.links) or any(link[2] for link in one.links):
            yield from self._dead_links(one)
        for picture in map(LeadImage._make, one.lead_images):
            for rule, message, hint in self._picture_faults(one, picture.src, picture.file):
                yield _under_rule(rule, self._problem(one, "image.src", message, hint, "image"))
        for src, file, line in one.figures:
            for rule, message, hint in self._picture_faults(one, src, file):
                yield _under_rule(rule, Problem(path=one.path, line=line, message=message, hint=hint))
        for src, file, key in one.logos:
            # A missing logo of the item itself is reported with its other pictures.
            for rule, message, hint in self._picture_faults(one, src, file) if key != "logo" else ():
                yield _under_rule(rule, self._problem(one, key, message, hint))

    def _picture_faults(self, one: IndexRecord, src: str, file: str) -> Iterator[tuple[str, str, str]]:
        """Yield (rule, message, hint) if a picture is elsewhere or nowhere and its file was not reported."""
        targets = self.link_targets
        if is_remote(file):
            message = f'picture "{src}" is on another site, which learns who reads the page'
            yield (
                "remote-picture",
                message,
                'save it beside the item: "clusterpress check --fetch-images" does',
            )
        elif file not in targets.pictures and file not in targets.broken:
            yield "missing-picture", *explain_missing_picture(one.path, src, targets)

    def _colour(self, entry: Entry, programmes: tuple[Label, ...]) -> str:
        colours = self.records.colours
        if entry.index_record.kind == "programme":
            return colours.get(entry.slug, "")
        return next((colours[label.slug] for label in programmes if label.slug in colours), "")

    def _places(self, one: IndexRecord) -> Iterator[tuple[Reference, str | DeadLink]]:
        """Yield each link, and the path below the root that it leads to, or why it leads nowhere."""
        urls = self.link_targets.urls
        for link in map(Reference._make, one.links):
            if not link.fragment and (url := urls.get(link.file)):
                yield link, url + link.tail
            else:
                yield link, resolve_link(link, self.link_targets)

    def _dead_links(self, one: IndexRecord) -> Iterator[Problem]:
        """Yield a problem for each link that leads nowhere."""
        for link, place in self._places(one):
            if isinstance(place, str):
                continue
            message, hint = explain_dead_link(link, place, self.link_targets)
            if link.key:
                found = self._problem(one, link.key, message, hint, link.key.partition(".")[0])
            else:
                found = Problem(path=one.path, line=link.line, message=message, hint=hint)
            yield _under_rule(place.rule, found)

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
        """Yield a problem for each name that no record has, and for each reported event without a file."""
        resolved, registers = self.terms.resolved[one.lang], self.records.registers
        unknown = [
            (taxonomy, index, name)
            for taxonomy, known, names in zip(self.terms.taxonomies, resolved, one.terms, strict=True)
            for index, name in enumerate(names)
            if not known[name].labels
        ]
        events = [(index, name) for index, name in enumerate(one.events) if not registers["event"].find(name)]
        named = [(one.field, str(one.kind), index, name) for one, index, name in unknown if one.kind]
        for taxonomy, index, name in unknown:
            if not taxonomy.kind:
                message = f'{taxonomy.field}: "{name}" is no term of {taxonomy.name}'
                hint = did_you_mean(name, taxonomy.closed, f"write one of {', '.join(taxonomy.closed)}")
                yield self._problem(one, f"{taxonomy.field}.{index}", message, hint, taxonomy.field)
        for key, kind, index, name in (*named, *(("event", "event", *event) for event in events)):
            folded, place = term_slug(name), f"{key}.{index}"
            if state := self.records.hidden.get((kind, folded)):
                message, hint = f'{key}: "{name}" is not published ({state})', "it is left out until it is"
                yield _under_rule(link_rule(state), self._problem(one, place, message, hint, key))
            elif folded not in self.link_targets.broken_names:
                hint = registers[kind].suggest(name)
                yield self._problem(one, place, f'{key}: no {kind} is called "{name}"', hint, key)

    def _problem(self, one: IndexRecord, key: str, message: str, hint: str, field_name: str = "") -> Problem:
        found = problem_at(key, self.item_loader.item(one.item).source.lines, one.path, message, hint)
        return replace(found, field=field_name or key)


def _under_rule(rule: str, problem: Problem) -> Problem:
    return replace(problem, severity=default_severity(rule), rule=rule, timed=is_timed(rule))


def _address(place: str | DeadLink) -> str | None:
    """Return the path below the root that a link leads to, or None."""
    return place if isinstance(place, str) else place.place


def _labels(known: Mapping[str, ResolvedTerm], names: tuple[str, ...]) -> tuple[Label, ...]:
    if len(names) == 1:
        return known[names[0]].labels
    found: dict[str, Label] = {}
    for name in names:
        for label in known[name].labels:
            found.setdefault(label.slug, label)
    return tuple(found.values())
