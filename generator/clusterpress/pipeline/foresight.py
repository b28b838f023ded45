"""Foresight: no site stops because of the time alone; what time will bring is reported when it is written.

A site is built every day without an editor. Each day, items appear (their embargo ends) and disappear (they
expire). Two comparisons keep a build that succeeded on one day from failing on a later one, if nobody edits:

- A problem that is not there when every item is shown exists only because an item is hidden now. It becomes a
  warning, which does not stop a strict build either.
- A problem that a coming item will bring stops the build today, while its editor is there.

This is enough because each problem has conditions of two kinds: something is shown (two items with one
address), or something is not (the target of a link). Those of the first kind hold if all coming items are
shown, those of the second if all items are; every day to come lies between them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.pipeline.snapshot import Snapshot
from clusterpress.values.problems import Problem, as_timed, stops
from clusterpress.values.rules import Level

_LATEST = datetime(9999, 1, 1, tzinfo=UTC).timestamp()
"""Later times have no date in every time zone."""

Find = Callable[[Snapshot], Collection[Problem]]
"""Returns all problems of a snapshot."""


class Foresight(Struct, frozen=True, kw_only=True):
    """A snapshot with its problems, to be compared with those of other times."""

    snapshot: Snapshot
    now: datetime
    """The time of the snapshot, with its zone."""
    find: Find
    strict: bool
    """Whether warnings stop the build."""

    def settle(
        self, problems: Collection[Problem], levels: Mapping[str, Level], lasting: Collection[Problem] = ()
    ) -> tuple[Problem, ...]:
        """Return the problems, those that time alone brings as warnings, and those that it will bring.

        Args:
            problems: of the snapshot.
            levels: rule → severity that the site has chosen.
            lasting: the problems among them that no hidden item can bring.
        """
        states = {one.state for one in self.snapshot.library.resolver.link_targets.hidden.values()}
        if states <= {"draft"}:
            return tuple(problems)
        coming = dict(self._coming(problems)) if "scheduled" in states else {}
        if not any(map(self._stops, (*problems, *coming))):
            return tuple(problems)
        always = {*_keys(self.find(self.snapshot.at(self.now, "ever"))), *_keys(lasting)}

        def excuse(one: Problem) -> Problem:
            is_lasting = _key(one) in always or levels.get(one.rule) == "error"
            return one if is_lasting or not self._stops(one) else as_timed(one)

        told = (replace(excuse(one), message=f"{one.message} (from {day} on)") for one, day in coming.items())
        return (*map(excuse, problems), *told)

    def _stops(self, problem: Problem) -> bool:
        return stops(problem, strict=self.strict)

    def _coming(self, problems: Collection[Problem]) -> Iterator[tuple[Problem, date]]:
        """Yield the problems that stop a build from some day on, and the day."""
        known = {*_keys(problems)}
        missing = {*_keys(self._new(self.snapshot.at(self.now, "later"), known))}
        for moment in self._moments() if missing else ():
            for one in self._new(self.snapshot.at(moment, "now"), known):
                known.add(_key(one))
                if _key(one) in missing:
                    missing.remove(_key(one))
                    yield one, moment.date()
            if not missing:
                return

    def _new(self, snapshot: Snapshot, known: Collection[tuple[object, ...]]) -> list[Problem]:
        return [one for one in self.find(snapshot) if self._stops(one) and _key(one) not in known]

    def _moments(self) -> list[datetime]:
        """Return the times at which items will be published, the next one first."""
        hidden = self.snapshot.library.resolver.link_targets.hidden.values()
        times = {min(one.record.publish_at, _LATEST) for one in hidden if one.state == "scheduled"}
        zone = self.snapshot.library.resolver.item_loader.zone
        return [datetime.fromtimestamp(one, zone) for one in sorted(times)]


def _keys(problems: Iterable[Problem]) -> Iterator[tuple[object, ...]]:
    return map(_key, problems)


def _key(problem: Problem) -> tuple[object, ...]:
    """Return what a problem is, whatever its severity and whichever names are suggested."""
    return problem.path, problem.line, problem.column, problem.message
