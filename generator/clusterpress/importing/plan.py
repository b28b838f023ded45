"""Plan: the types and keys of a foreign site, and what each becomes."""

from collections.abc import Mapping

from msgspec import Struct, field

from clusterpress.values.kinds import Kind

TARGETS: Mapping[str, Kind] = {
    "news": "news",
    "event": "event",
    "person": "author",
    "partner": "partner",
    "cluster": "cluster",
    "programme": "programme",
    "page": "page",
    "newsletter": "issue",
}
"""Word in a plan → kind of item. The word "skip" leaves a type out."""
SKIP = "skip"
WORD_OF: Mapping[Kind, str] = {kind: word for word, kind in TARGETS.items()}
"""Kind of item → word in a plan."""

_MAX_EXAMPLES = 3
_MAX_EXAMPLE_LENGTH = 70


class Choice(Struct):
    """One line of a plan."""

    target: str
    """A word of `TARGETS`, one of our keys, or ``skip`` or ``drop``; "" to leave a key to the import."""
    count: int = 0
    """How many records have this type or key."""
    examples: list[str] = field(default_factory=list)
    """Titles of records, or values of the key."""

    def add(self, example: str) -> None:
        """Count one more, with an example."""
        self.count += 1
        example = " ".join(example.split())[:_MAX_EXAMPLE_LENGTH].strip()
        if example and example not in self.examples and len(self.examples) < _MAX_EXAMPLES:
            self.examples.append(example)


class Plan(Struct):
    """The types and keys of a foreign site, and what becomes of them."""

    kinds: dict[str, Choice] = field(default_factory=dict)
    """Type of record, or folder → what it becomes."""
    keys: dict[str, Choice] = field(default_factory=dict)
    """Custom field, or front-matter key → key of ours."""

    def kind(self, name: str, target: str, example: str) -> None:
        """Count a record of a type."""
        self.kinds.setdefault(name, Choice(target)).add(example)

    def key(self, name: str, target: str, example: str) -> None:
        """Count a value of a key."""
        self.keys.setdefault(name, Choice(target)).add(example)

    @property
    def kinds_of_items(self) -> dict[str, Kind | None]:
        """Type → kind of item; None for types to leave out."""
        return {name: TARGETS.get(choice.target) for name, choice in self.kinds.items()}

    @property
    def mapped_keys(self) -> dict[str, str]:
        """Key → our key, or "drop", where the plan names one."""
        return {name: choice.target for name, choice in self.keys.items() if choice.target}
