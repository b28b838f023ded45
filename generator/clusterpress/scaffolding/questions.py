"""Questions for a new item of each kind: options of ``clusterpress new``, and prompts on a terminal."""

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args, get_type_hints

import yaml
from msgspec import Struct, field

from clusterpress.config.settings import Settings
from clusterpress.content.items import Item, Partner
from clusterpress.funding.record import RULES, Funding
from clusterpress.library.names import Register
from clusterpress.sources.files import list_files
from clusterpress.sources.items import read_items, registers_of
from clusterpress.values.kinds import Kind
from clusterpress.values.slugs import term_slug


class Question(Struct, frozen=True, kw_only=True):
    """A question about a new item."""

    key: str
    """Front-matter key; a key within a block as ``contact.email``."""
    words: str
    """Text of the prompt, and of the option's help."""
    is_needed: bool = False
    """Whether every item must have it."""
    is_asked: bool = True
    """Whether a terminal prompts for it; the others are options only."""
    many: bool = False
    """Whether several answers may be given."""
    offers: Kind | None = None
    """The kind of records to choose from."""
    choices: tuple[str, ...] = ()
    """The allowed answers; any if empty."""
    needed_by: str = ""
    """A need of funding rules; an answer is required if the rules have that need."""
    default: str = ""
    """The answer when none is given; "today" stands for the current date."""

    @property
    def flag(self) -> str:
        """The option's name: ``--contact-email``."""
        return f"--{self.key.replace('.', '-').replace('_', '-')}"


def is_needed(question: Question, answers: Mapping[str, object]) -> bool:
    """Return whether a question must be answered, given the other answers."""
    return question.is_needed or (question.needed_by != "" and question.needed_by in needs_of(answers))


def needs_of(answers: Mapping[str, object]) -> tuple[str, ...]:
    """Return what the funding rules among the answers require of a record."""
    rules = next((known for known in RULES if known == answers.get("funding.rules")), None)
    return RULES[rules].needs if rules else ()


def _read_questions() -> dict[Kind, tuple[Question, ...]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files(__package__).joinpath("questions.yml").read_text(encoding="utf-8")
    table = yaml.load(text, loader)  # noqa: S506 -- a file of the package, and a safe loader
    del table["shared"]
    return {kind: tuple(_flatten(rows)) for kind, rows in table.items()}


def _flatten(rows: Iterable[Any]) -> Iterator[Question]:
    for row in rows:
        if isinstance(row, list):
            yield from _flatten(row)
        else:
            is_rules = row["key"] == "funding.rules"
            choices = get_args(get_type_hints(Funding)["rules"]) if is_rules else row.get("choices", ())
            yield Question(**{**row, "choices": tuple(choices)})


QUESTIONS: Mapping[Kind, tuple[Question, ...]] = _read_questions()
"""Kind → its questions, in the order in which they are asked."""


_KINDS: tuple[Kind, ...] = ("programme", "cluster", "partner", "author", "issue")


class Records(Struct, frozen=True):
    """The records of a project."""

    items: Mapping[Kind, tuple[Item, ...]]
    """Kind → its items, sorted by title, each once: in the site's main language if there is one."""
    registers: Mapping[str, Register]
    """Kind → names of its records."""
    settings: Settings
    files: frozenset[str] = frozenset()
    """Paths of all files below content/."""
    numbers: Mapping[str, str] = field(default_factory=dict)
    """Number of each partner, also of drafts → path of its file."""

    def of(self, kind: Kind) -> tuple[Item, ...]:
        """Return the records of a kind."""
        return self.items.get(kind, ())

    def find(self, kind: Kind, answer: str, *, listed: bool = False) -> tuple[Item, ...]:
        """Return the records that an answer may mean.

        A full name, in any spelling, means its record only. Otherwise the answer means all records whose name
        contains it, unless the settings allow names without a record.

        Args:
            kind: which records.
            answer: a name, or a part of it.
            listed: whether the records were listed with numbers; a number then means one of them.
        """
        if listed and answer.isdigit():
            return self.of(kind)[int(answer) - 1 : int(answer)] if int(answer) else ()
        register = self.registers[kind]
        if slug := register.find(answer):
            return tuple(item for item in self.of(kind) if item.slug == slug)
        wanted = term_slug(answer)
        slugs = {found for name, found in register.slugs.items() if wanted in name and not self.is_open(kind)}
        return tuple(item for item in self.of(kind) if item.slug in slugs)

    def is_open(self, kind: Kind) -> bool:
        """Return whether the settings allow names without a record."""
        return kind == "author" or getattr(self.settings.vocabulary, kind, "closed") == "open"

    def suggest(self, kind: Kind, answer: str) -> str:
        """Return a hint for an answer that means no record."""
        way_out = f'add it with "clusterpress new {kind}", or leave {kind} out'
        return self.registers[kind].suggest(answer, way_out)


def read_records(root: Path, settings: Settings) -> Records:
    """Return the records of a project. Files with errors are left out; `check` reports them."""
    # Drafts are not published, so naming one would be an error. Draft issues still count for numbers.
    found_items = read_items(root, settings, _KINDS)
    read = [item for item in found_items if item.kind == "issue" or not item.draft]
    read.sort(key=lambda item: (item.lang != settings.language, item.title.casefold(), item.source.path))
    items: dict[Kind, dict[str, Item]] = {kind: {} for kind in _KINDS}
    for item in read:
        name = item.source.path if item.kind == "issue" else item.slug
        items[item.kind].setdefault(name, item)
    return Records(
        {kind: tuple(found.values()) for kind, found in items.items()},
        registers_of(read, settings.language),
        settings,
        frozenset(list_files(root)),
        {one.number: one.source.path for one in found_items if isinstance(one, Partner) and one.number},
    )
