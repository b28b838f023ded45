"""Names: find the item that a section lists as ``2011/what-is-a-metacluster``, ``techdays`` or ``PP8``."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.library.links import Hidden
from clusterpress.library.publication import State
from clusterpress.newsletters.issues import Layout
from clusterpress.parsing.values import ValueFault
from clusterpress.values.problems import did_you_mean
from clusterpress.values.slugs import term_slug
from clusterpress.values.source_names import strip_markdown
from clusterpress.values.suggestions import KnownNames

RECORD_KINDS = ("partner", "cluster", "author", "programme")
"""Kinds whose items can be listed by any of their names."""

LAYOUT_KINDS: dict[Layout, tuple[str, ...]] = {"profiles": RECORD_KINDS, "events": ("event",)}
"""Layout → kinds of items that it can show; the other layouts show all kinds."""

PREFERRED_KINDS: dict[Layout, tuple[str, ...]] = {
    **LAYOUT_KINDS,
    "feature": ("news",),
    "briefs": ("news",),
    "text": ("page", "news"),
}
"""Layout → the preferred kinds, best first, if a name fits items of several kinds."""


class UnknownNameError(ValueFault):
    """No item has the name, or several have it."""


class HiddenNameError(UnknownNameError):
    """The item with the name is not published now."""

    def __init__(self, name: str, state: State) -> None:
        self.state: State = state
        super().__init__(f'"{name}" is not published ({state})', "it is left out until it is")


class NameIndex(Struct, frozen=True, dict=True):
    """All names by which a section may list items."""

    library: Library
    by_name: dict[str, tuple[Entry, ...]]
    """Slug, path or end of a path (without ``.md``, ``/index`` and language) → entries."""

    def find(self, name: str, partners_only: bool, layout: Layout, lang: str) -> Entry:
        """Return the item that a section of this layout means by ``name``.

        Where an item exists in several languages, the issue's own is taken, else the site's first, else any.

        Args:
            name: as written.
            partners_only: whether it stands in a list of partners.
            layout: layout of the section; it decides between items of different kinds with one name.
            lang: the language of the issue.

        Raises:
            HiddenNameError: the item is not published now.
            UnknownNameError: no item, or more than one, has the name.
        """
        found = () if partners_only else self.by_name.get(_normalise_path(name), ())
        found = found or self._records(name, ("partner",) if partners_only else RECORD_KINDS)
        hidden = self._hidden(name, ("partner",) if partners_only else ())
        if hidden and not found:
            raise HiddenNameError(name, hidden[0].state)
        if not found:
            what = "partner" if partners_only else "published item"
            raise UnknownNameError(f'no {what} is called "{name}"', self._suggest(name, partners_only))
        kinds = PREFERRED_KINDS[layout]

        def rank(kind: str) -> tuple[int, str]:
            return (kinds.index(kind) if kind in kinds else len(kinds), kind)

        _, best = min(rank(entry.kind) for entry in found)
        # An item of another kind with the same name does not stand in for one that is hidden now.
        meant = [one for one in hidden if one.state != "draft" and rank(one.record.kind) < rank(best)]
        if meant:
            raise HiddenNameError(name, meant[0].state)
        same = [entry for entry in found if entry.kind == best]
        langs = (lang, self.library.settings.language, same[0].lang)
        candidates = next(filter(None, ([e for e in same if e.lang == one] for one in langs)))
        if len(candidates) > 1:
            paths = ", ".join(sorted(path_of(entry) for entry in candidates))
            hint = "write the path of the one you mean"
            raise UnknownNameError(f'several items are called "{name}": {paths}', hint)
        return candidates[0]

    def _records(self, name: str, kinds: Sequence[str]) -> tuple[Entry, ...]:
        for kind in kinds:
            if label := self.library.registers.get(kind, {}).get(term_slug(name)):
                keys = ((kind, label.slug, lang) for lang in self.library.settings.languages)
                return tuple(entry for key in keys if (entry := self.library.records.get(key)))
        return ()

    def _hidden(self, name: str, kinds: Sequence[str]) -> Sequence[Hidden]:
        """Return the items with a name that are not published now, of some kinds or of any."""
        known = self._hidden_by_name
        found = {
            one.record.path: one
            for key in (_normalise_path(name), term_slug(name))
            for one in known.get(key, ())
        }
        return [one for one in found.values() if not kinds or one.record.kind in kinds]

    @cached_property
    def _hidden_by_name(self) -> Mapping[str, Sequence[Hidden]]:
        found: dict[str, list[Hidden]] = defaultdict(list)
        for one in self.library.resolver.link_targets.hidden.values():
            record = one.record
            if record.kind != "issue":
                names = (record.slug, *map(term_slug, record.names), *_path_ends(record.path, record.lang))
                for name in dict.fromkeys(names):
                    found[name].append(one)
        return found

    def _suggest(self, name: str, partners_only: bool) -> str:
        if partners_only:
            return did_you_mean(name, self._partner_names, "add a record for it in content/partners/")
        hint = "write a slug, or a path such as 2019/techdays; is it published?"
        return did_you_mean(_normalise_path(name), self._names, hint)

    @cached_property
    def _partner_names(self) -> KnownNames:
        partners = [e for (kind, _, _), e in self.library.records.items() if kind == "partner"]
        return KnownNames(text for e in partners for text in (e.card.number, e.title, e.slug) if text)

    @cached_property
    def _names(self) -> KnownNames:
        return KnownNames(self.by_name)


def build_name_index(library: Library) -> NameIndex:
    """Return the index of all names in a library."""
    by_name: dict[str, list[Entry]] = defaultdict(list)
    for entry in library.entries:
        if entry.kind != "issue":
            ends = _path_ends(entry.path, entry.lang)
            for name in dict.fromkeys((entry.slug, entry.index_record.slug, *ends)):
                by_name[name].append(entry)
    return NameIndex(library, {name: tuple(entries) for name, entries in by_name.items()})


def path_of(entry: Entry) -> str:
    """Return the unique name of an item: its path below content/, without ``.md`` and language."""
    return _path_below_content(entry.path, entry.lang)


def _path_below_content(path: str, lang: str) -> str:
    return strip_markdown(path.removeprefix("content/")).removesuffix(f".{lang}").removesuffix("/index")


def _path_ends(path: str, lang: str) -> Iterator[str]:
    """Yield the path of an item below content/, and each end of it, whole folders at a time."""
    parts = _path_below_content(path, lang).split("/")
    return ("/".join(parts[start:]) for start in range(len(parts)))


def _normalise_path(name: str) -> str:
    return name.strip().strip("/").removeprefix("content/").removesuffix(".md").removesuffix("/index")
