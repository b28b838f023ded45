"""Snippets for Visual Studio Code, which complete the front matter of Markdown files.

Its YAML extension, and so the JSON Schemas, see files of YAML only, not the header of a Markdown file.
"""

import json
from typing import Any, Literal, get_args, get_origin

from clusterpress.content.items import MODELS
from clusterpress.content.keys import RESERVED
from clusterpress.handbook.keys import Key, keys_of, summary_of
from clusterpress.parsing.hints import alternatives

SNIPPETS = ".vscode/front-matter.code-snippets"
"""Path of the snippets in a site; Visual Studio Code reads every file there with this suffix."""


def front_matter_snippets() -> str:
    """Return the snippets: a whole header for each kind, and a line for each key."""
    snippets: dict[str, Any] = {}
    for kind, model in MODELS.items():
        needed = [key for key in keys_of(model, RESERVED) if key.is_needed]
        lines = [_line(key, number) for number, key in enumerate(needed, start=1)]
        body = ["---", *lines, "---", "", "$0"]
        snippets[f"header: {kind}"] = _snippet(f"---{kind}", body, summary_of(model))
    kinds_of: dict[str, list[str]] = {}
    keys: dict[str, Key] = {}
    for kind, model in MODELS.items():
        for key in keys_of(model, RESERVED):
            keys.setdefault(key.name, key)
            kinds_of.setdefault(key.name, []).append(kind)
    for name, key in keys.items():
        kinds = "" if len(kinds_of[name]) == len(MODELS) else f" ({', '.join(kinds_of[name])})"
        snippets[f"key: {name}"] = _snippet(name, [_line(key, 1)], f"{key.words}{kinds}")
    return json.dumps(snippets, indent=1, ensure_ascii=False) + "\n"


def _snippet(prefix: str, body: list[str], description: str) -> dict[str, Any]:
    return {"scope": "markdown", "prefix": prefix, "body": body, "description": description}


def _line(key: Key, number: int) -> str:
    """Return the line of a key, with a choice of its values if they are fixed."""
    (part, *others) = alternatives(key.hint)
    choices: tuple[str, ...] = ("true", "false") if part is bool else ()
    if get_origin(part) is Literal and not others:
        choices = tuple(str(choice) for choice in get_args(part) if choice)
    place = f"${{{number}|{','.join(choices)}|}}" if choices else f"${number}"
    return f"{key.name}: {place}"
