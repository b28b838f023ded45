"""Questions for a new item of each kind: options of ``clusterpress new``, and prompts on a terminal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args, get_type_hints

from clusterpress.funding.record import Funding
from clusterpress.funding.rules import RULES
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


def _rules() -> tuple[str, ...]:
    return get_args(get_type_hints(Funding)["rules"])


_PROGRAMME = Question(key="programme", words="Programme", offers="programme", many=True)
_CLUSTER = Question(key="cluster", words="Cluster", offers="cluster", many=True)
_PARTNERS = Question(key="partners", words="Partner", offers="partner", many=True)
_AUDIENCE = Question(
    key="audience", words="Audience, for the report to the funder", many=True, is_asked=False
)
_TAGS = Question(key="tags", words="Tags", many=True, is_asked=False)
_COUNTRY = Question(key="country", words="Country")
_URL = Question(key="url", words="Website (https://…)")
_SUMMARY = Question(key="summary", words="Summary, one or two sentences")

_COMMON = (
    Question(
        key="slug", words="Last part of the address; made from the title when not given", is_asked=False
    ),
    Question(key="lang", words="Language, if not the site's main one", is_asked=False),
    Question(key="translation_of", words="Slug of the item that this one translates", is_asked=False),
)


def _title(words: str) -> Question:
    return Question(key="title", words=words, is_needed=True)


QUESTIONS: Mapping[Kind, tuple[Question, ...]] = {
    "news": (
        _title("Title"),
        Question(key="date", words="Date", default="today"),
        _PROGRAMME,
        _CLUSTER,
        _PARTNERS,
        Question(key="author", words="Author", many=True, offers="author"),
        _SUMMARY,
        _TAGS,
        _AUDIENCE,
        *_COMMON,
    ),
    "event": (
        _title("Title"),
        Question(key="start", words='When ("21 February 2027", "21-22 February 2027", "June 2027")',
                 is_needed=True),
        Question(key="place", words="Place"),
        _COUNTRY,
        Question(key="url", words="The event's own page (https://…)"),
        _PROGRAMME,
        _CLUSTER,
        _PARTNERS,
        _SUMMARY,
        Question(key="date", words="Announced on", default="today", is_asked=False),
        _TAGS,
        _AUDIENCE,
        *_COMMON,
    ),
    "partner": (
        _title("Name of the partner"),
        Question(key="number", words="Partner number (PP8)"),
        Question(key="role", words="Role in the project (WP4 leader)"),
        _COUNTRY,
        _PROGRAMME,
        _URL,
        Question(key="contact.email", words="E-mail address for readers"),
        Question(key="contact.phone", words="Phone (+39 …)", is_asked=False),
        Question(key="names", words="Other spellings of the name", many=True, is_asked=False),
        *_COMMON,
    ),
    "cluster": (
        _title("Name of the cluster"),
        _COUNTRY,
        Question(key="city", words="Town"),
        Question(key="sectors", words="Sectors", many=True),
        _URL,
        Question(key="names", words="Other spellings of the name", many=True),
        Question(key="contact.email", words="E-mail address for readers", is_asked=False),
        *_COMMON,
    ),
    "author": (
        _title("Name of the author"),
        Question(key="type", words="Person or organisation", choices=("person", "organisation"),
                 default="person"),
        Question(key="role", words="Function"),
        Question(key="organisation", words="Employer", is_asked=False),
        Question(key="url", words="Website (https://…)", is_asked=False),
        Question(key="email", words="E-mail address for readers", is_asked=False),
        Question(key="names", words="Other spellings of the name", many=True, is_asked=False),
        *_COMMON,
    ),
    "programme": (
        _title("Name of the programme"),
        Question(key="names", words="Other spellings of the name", many=True),
        Question(key="period", words="Period (2024-2027)"),
        _URL,
        Question(key="funding.rules", words="Funding rules, from the grant agreement", choices=_rules(),
                 default="none"),
        Question(key="funding.fund", words="Name of the fund", is_asked=False),
        Question(key="funding.grant", words="Grant agreement number", is_asked=False, needed_by="grant"),
        Question(key="funding.authority", words="Granting or managing authority", is_asked=False,
                 needed_by="authority"),
        Question(key="logo.src", words="Logo: a file in content/programmes/, or /img/logo.svg",
                 is_asked=False, needed_by="logo"),
        Question(key="boilerplate", words="Paragraph printed with each of its items", is_asked=False),
        Question(key="colour", words="Colour: blue, teal, green, orange, plum", is_asked=False),
        *_COMMON,
    ),
    "issue": (
        Question(key="newsletter", words="Newsletter", is_needed=True),
        Question(key="number", words="Number"),
        Question(key="date", words="Date of issue", default="today"),
        Question(key="period", words="Period, printed instead of the date (Winter 2026/2027)"),
        Question(key="subject", words="Subject line of the e-mail", is_asked=False),
        Question(key="title", words="Title", is_asked=False),
        _AUDIENCE,
        Question(key="lang", words="Language, if not the site's main one", is_asked=False),
    ),
}  # fmt: skip
"""Kind → its questions, in the order in which they are asked."""

KINDS: tuple[Kind, ...] = tuple(QUESTIONS)
"""Kinds that ``new`` can create."""
