"""The report of an import: every record has one fate, and whatever needs a person's eye has a line."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from clusterpress.importing.records import Skipped
from clusterpress.values.problems import Problem


class ImportStatus(StrEnum):
    """What became of a record."""

    NEW = "new"
    """It was written."""
    CHANGED = "changed"
    """It changed in its source since the last import, and nobody had edited it here: it was written again."""
    UNCHANGED = "unchanged"
    """It is here already."""
    EDITED = "edited since"
    """Somebody edited it here: it was left as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One record and what became of it."""

    path: str
    """Its file in the project."""
    status: ImportStatus
    place: str
    """The file it comes from."""
    line: int
    """Its line there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an import did, or with ``--dry-run`` would do."""

    name: str
    """What was imported."""
    outcomes: tuple[Outcome, ...] = ()
    """One for each record that is taken."""
    copied: tuple[str, ...] = ()
    """Pictures and files that were copied."""
    warnings: tuple[Problem, ...] = ()
    """What an editor should look at, sorted by place."""
    skipped: tuple[Skipped, ...] = ()
    """What stays behind, and why."""

    @property
    def counts(self) -> Mapping[ImportStatus, int]:
        """Fate → number of records."""
        return Counter(outcome.status for outcome in self.outcomes)

    @property
    def is_idle(self) -> bool:
        """Whether there was nothing to do."""
        return not self.copied and not {ImportStatus.NEW, ImportStatus.CHANGED} & self.counts.keys()
