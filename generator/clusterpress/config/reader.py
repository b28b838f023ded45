"""The text of ``site_config.yml`` → checked settings, or every fault it has."""

from typing import Any

from clusterpress.config.checks import find_faults
from clusterpress.config.settings import Settings, Vocabularies
from clusterpress.parsing.fields import read_fields
from clusterpress.parsing.hints import keys_at
from clusterpress.parsing.values import Readers
from clusterpress.parsing.yaml_text import read_yaml, yaml_block
from clusterpress.values.problems import Problem, errors

_HINTS = {
    "name": 'add "name: …", the name of the site',
    "url": 'add "url: https://…/", the address the site will have',
}


def read_settings(text: str, path: str = "site_config.yml") -> tuple[Settings | None, list[Problem]]:
    """Return the settings in a text, and every problem, sorted by place.

    Args:
        text: the YAML text.
        path: the file, for problems.

    Returns:
        The settings, or None when there is an error; the problems.
    """
    parsed = read_yaml(text, path)
    problems = list(parsed.problems)
    if errors(problems) and not parsed.values:
        return None, sorted(problems)
    values = {**parsed.values}
    if "mkdocs" in values:
        values["mkdocs"] = yaml_block(text, "mkdocs")
    fields, field_problems = read_fields(Settings, values, parsed.lines, path, readers=_READERS, hints=_HINTS)
    problems += field_problems
    problems += [found.at(parsed.lines, path) for found in find_faults(fields)]
    if errors(problems):
        return None, sorted(problems)
    return Settings(**fields | {"url": fields["url"].rstrip("/") + "/"}), sorted(problems)


def _vocabularies(value: Any) -> Any:
    """Apply a single word to all vocabularies."""
    return dict.fromkeys(keys_at(Vocabularies, ()), value) if isinstance(value, str) else value


_READERS: Readers = {Vocabularies: _vocabularies}
