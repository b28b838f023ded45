"""New sites: a few answers → all files of a small, complete site without errors."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from html import escape
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct, field
from msgspec.structs import asdict

from clusterpress.config.reader import read_settings
from clusterpress.content.checks import placeholder
from clusterpress.content.serialise import write_scalar
from clusterpress.handbook.pages import staff_page
from clusterpress.handbook.reference import SETTINGS_SCHEMA, settings_schema
from clusterpress.handbook.snippets import SNIPPETS, front_matter_snippets
from clusterpress.scaffolding.items import NewFile, ScaffoldError
from clusterpress.scaffolding.questions import needs_of
from clusterpress.scaffolding.site_answers import COLOURS, DEFAULT_COLOUR
from clusterpress.values.problems import errors
from clusterpress.values.slugs import slugify

_LOADER = PackageLoader(__package__, "site_files")
_ENVIRONMENT = Environment(  # noqa: S701 -- it writes YAML and Markdown: the filters below escape
    loader=_LOADER,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=StrictUndefined,
)
_ENVIRONMENT.filters |= {"yaml": write_scalar, "text": partial(escape, quote=False)}


class SiteAnswers(Struct, frozen=True, kw_only=True):
    """The answers that a new site needs."""

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
    """Name of the programme that funds the site; "" when there is none."""
    funding: Mapping[str, str] = field(default_factory=dict)
    """The programme's funding record: ``rules``, and what these require."""
    boilerplate: str = ""
    """Aims of the programme, and support by the European Union."""
    newsletter: str = ""
    """Name of the newsletter; made from the site's name when empty."""
    languages: tuple[str, ...] = ("en",)
    time_zone: str = "Europe/Brussels"
    colour: str = DEFAULT_COLOUR
    """Name of one of `COLOURS`, or ``#rrggbb``."""
    logo: str = ""
    """Path of its file below content/; "" when there is none."""


def scaffold_site(answers: SiteAnswers, today: date) -> list[NewFile]:
    """Return the files of a new site, with paths relative to its folder.

    Raises:
        ScaffoldError: an answer is not valid.
    """
    words = _template_words(answers, today)
    scaffolded = [
        NewFile(_target_path(path, words, today), _ENVIRONMENT.get_template(path).render(words))
        for path in _ENVIRONMENT.list_templates()
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
        NewFile(SNIPPETS, front_matter_snippets()),
    ]


_EXAMPLES = ("news/welcome.md", "events/launch.md", "pages/about.md", "pages/contact.md", "pages/privacy.md",
             "clusters/example-cluster.md", "partners/example-partner.md")  # fmt: skip
"""Examples below content/ that an import may replace as long as nobody has changed them."""


def is_example(path: str, text: str) -> bool:
    """Return whether a file is an example of a new site that nobody has changed.

    Args:
        path: the file in the project.
        text: its content.
    """
    folder = path.removeprefix("content/").partition("/")[0]
    name = path.rpartition("/")[2]
    one = f"{folder}/{name}"
    return one in _EXAMPLES and bool(_example_pattern(one).fullmatch(text))


@cache
def _example_pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of an example: its template, with any text in place of the answers."""
    source = _LOADER.get_source(_ENVIRONMENT, f"content/{name}")[0]
    parts = re.split(r"(\{%[^{}]*%\}\n|\{\{[^{}]*\}\})", source)
    ends = {"{%": "(?:", "{{": "[^\\n]*"}
    pattern = "".join(
        ")?" if part.startswith("{% endif") else ends.get(part[:2]) or re.escape(part) for part in parts
    )
    return re.compile(pattern)


def _template_words(answers: SiteAnswers, today: date) -> dict[str, Any]:
    newsletter = answers.newsletter or f"{answers.name} newsletter"
    needs = needs_of({"funding.rules": answers.funding.get("rules")})
    description = placeholder("aims, results, and the support of the European Union.")
    return {
        **asdict(answers),
        "description": f"News, events and the newsletter of {answers.publisher}.",
        "publisher_slug": slugify(answers.publisher) or "publisher",
        "programme_slug": answers.programme and (slugify(answers.programme) or "programme"),
        "funding": _funding(answers.funding),
        "boilerplate": answers.boilerplate or (description if "description" in needs else ""),
        "several": answers.languages[1:],
        "languages": f"[{', '.join(answers.languages)}]",
        "newsletter": newsletter,
        "newsletter_slug": slugify(newsletter) or "newsletter",
        "welcome": f"{answers.name} is online",
        "launch": f"{answers.name} goes online",
        "issue": f"{newsletter} no. 1",
        "today": today.isoformat(),
        "folder": slugify(answers.folder) or "site",
        "colour": "" if answers.colour == DEFAULT_COLOUR else COLOURS.get(answers.colour, answers.colour),
    }


def _funding(funding: Mapping[str, str]) -> str:
    """Return the funding record as one line of YAML; "" when there are no rules."""
    if funding.get("rules", "none") == "none":
        return ""
    words = (f"{key}: {write_scalar(word, in_brackets=True)}" for key, word in funding.items() if word)
    return f"{{{', '.join(words)}}}"


def _target_path(path: str, words: Mapping[str, str], today: date) -> str:
    moved = {
        "gitignore": ".gitignore",
        "content/news/welcome.md": f"content/news/{today.year}/welcome.md",
        "content/authors/publisher.md": f"content/authors/{words['publisher_slug']}.md",
        "content/programmes/programme.md": f"content/programmes/{words['programme_slug']}.md",
        "content/newsletters/01.md": f"content/newsletters/{words['newsletter_slug']}/01.md",
    }
    return moved.get(path, path)
