"""A new site: a handful of answers → all files of a small one, complete and without a fault."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from importlib.resources import files
from importlib.resources.abc import Traversable

from clusterpress.config.reader import read_settings
from clusterpress.content.placeholders import placeholder
from clusterpress.content.serialise import write_scalar
from clusterpress.handbook.pages import staff_page
from clusterpress.handbook.schemas import SETTINGS_SCHEMA, settings_schema
from clusterpress.scaffolding.items import NewFile, ScaffoldError
from clusterpress.scaffolding.questions import needs_of
from clusterpress.values.problems import errors
from clusterpress.values.slugs import slugify

MAX_SUBJECT_LENGTH = 60
"""Characters of a subject line that mail programs show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteAnswers:
    """What must be known to begin a site."""

    folder: str
    """Name of its folder."""
    name: str
    url: str
    publisher: str
    contact: str
    """E-mail address for readers."""
    address: str
    """Postal address, on one line."""
    programme: str = ""
    """Name of the programme that pays for the site; "" when there is none."""
    funding: Mapping[str, str] = field(default_factory=dict)
    """The programme's funding record: ``rules``, and what these ask for."""
    boilerplate: str = ""
    """What the programme aims at and how the Union supports it."""
    newsletter: str = ""
    """Name of the newsletter; made of the site's when not given."""
    languages: tuple[str, ...] = ("en",)
    time_zone: str = "Europe/Brussels"


def scaffold_site(answers: SiteAnswers, today: date) -> list[NewFile]:
    """Return the files of a new site, with paths from its folder on.

    Raises:
        CannotStart: an answer is not what the settings want.
    """
    tokens = _tokens(answers, today)
    scaffolded = [
        NewFile(_target_path(path, tokens, today), _render_template(text, tokens))
        for path, text in _templates(files("clusterpress.scaffolding") / "site_files")
        if answers.programme or not path.startswith("content/programmes/")
    ]
    settings, problems = read_settings(next(one.text for one in scaffolded if one.path == "site_config.yml"))
    if settings is None:
        wrong = (f"{p.field.split('.')[0]}: {p.message_and_hint}" for p in errors(problems))
        raise ScaffoldError("\n".join(wrong))
    return [
        *scaffolded,
        NewFile("content/README.md", staff_page()),
        NewFile(SETTINGS_SCHEMA, settings_schema()),
    ]


def _tokens(answers: SiteAnswers, today: date) -> dict[str, str]:
    """Return token → text; one without text takes its line along."""
    newsletter = answers.newsletter or f"{answers.name} newsletter"
    subject = f"{newsletter} no. 1: we are online"
    return {
        "NAME": answers.name,
        "URL": answers.url,
        "DESCRIPTION": f"News, events and the newsletter of {answers.publisher}.",
        "PUBLISHER": answers.publisher,
        "PUBLISHER_SLUG": slugify(answers.publisher) or "publisher",
        "CONTACT": answers.contact,
        "ADDRESS": answers.address,
        "PROGRAMME": answers.programme,
        "PROGRAMME_SLUG": answers.programme and (slugify(answers.programme) or "programme"),
        "FUNDING": _funding(answers.funding),
        "BOILERPLATE": answers.boilerplate or _boilerplate_placeholder(answers.funding),
        "LANGUAGES": f"[{', '.join(answers.languages)}]",
        "TIME_ZONE": answers.time_zone,
        "NEWSLETTER": newsletter,
        "NEWSLETTER_SLUG": slugify(newsletter) or "newsletter",
        "WELCOME": f"{answers.name} is online",
        "LAUNCH": f"{answers.name} goes online",
        "ISSUE": f"{newsletter} no. 1",
        "SUBJECT": subject if len(subject) <= MAX_SUBJECT_LENGTH else "",
        "TODAY": today.isoformat(),
        "FOLDER": slugify(answers.folder) or "site",
    }


def _funding(funding: Mapping[str, str]) -> str:
    """Return the funding record as one line of YAML; "" when nothing has to be shown."""
    if funding.get("rules", "none") == "none":
        return ""
    words = (f"{key}: {write_scalar(word, in_brackets=True)}" for key, word in funding.items() if word)
    return f"{{{', '.join(words)}}}"


def _boilerplate_placeholder(funding: Mapping[str, str]) -> str:
    """Return what stands in for the description of a programme, where the rules ask for one."""
    is_needed = "description" in needs_of({"funding.rules": funding.get("rules")})
    return placeholder("aims, results, and the support of the European Union.") if is_needed else ""


_YAML_TOKENS = frozenset({"FUNDING", "LANGUAGES", "FOLDER"})
"""Tokens whose text is YAML already."""


def _render_template(text: str, tokens: Mapping[str, str]) -> str:
    """Return a template with its tokens filled in: ``@NAME@`` as YAML, ``{{NAME}}`` as Markdown text."""
    lines = []
    for line in text.splitlines():
        named = [token for token in tokens if f"@{token}@" in line]
        if all(tokens[token] for token in named):
            for token in named:
                word = tokens[token] if token in _YAML_TOKENS else write_scalar(tokens[token])
                line = line.replace(f"@{token}@", word)  # noqa: PLW2901 -- filled in step by step
            for token, word in tokens.items():
                line = line.replace(f"{{{{{token}}}}}", escape(word, quote=False))  # noqa: PLW2901
            lines.append(line)
    return "\n".join(lines) + "\n"


def _target_path(path: str, tokens: Mapping[str, str], today: date) -> str:
    """Return where a template's file lies in the site."""
    moved = {
        "gitignore": ".gitignore",
        "content/news/welcome.md": f"content/news/{today.year}/welcome.md",
        "content/authors/publisher.md": f"content/authors/{tokens['PUBLISHER_SLUG']}.md",
        "content/programmes/programme.md": f"content/programmes/{tokens['PROGRAMME_SLUG']}.md",
        "content/newsletters/01.md": f"content/newsletters/{tokens['NEWSLETTER_SLUG']}/01.md",
    }
    return moved.get(path, path)


def _templates(folder: Traversable, start: str = "") -> Iterator[tuple[str, str]]:
    """Yield (path, text) of every template, in the order of names."""
    for one in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if one.is_dir():
            yield from _templates(one, f"{start}{one.name}/")
        elif not one.name.startswith("."):
            yield f"{start}{one.name}", one.read_text(encoding="utf-8")
