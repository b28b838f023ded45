"""Questions for a new item of each kind: options of ``clusterpress new``, and prompts on a terminal."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, get_args, get_type_hints

import yaml

from clusterpress.funding.record import RULES, Funding
from clusterpress.values.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
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
    """Yield the questions of a list in which groups of questions are lists of their own."""
    for row in rows:
        if isinstance(row, list):
            yield from _flatten(row)
        else:
            is_rules = row["key"] == "funding.rules"
            choices = get_args(get_type_hints(Funding)["rules"]) if is_rules else row.get("choices", ())
            yield Question(**{**row, "choices": tuple(choices)})


QUESTIONS: Mapping[Kind, tuple[Question, ...]] = _read_questions()
"""Kind → its questions, in the order in which they are asked."""
