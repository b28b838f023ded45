"""The words of the editor, in one table for each language."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Words = dict[str, Any]


@cache
def words_of(language: str) -> Words:
    """Return the words of the editor in a language; in English where there is no table."""
    folder = files(__package__).joinpath("languages")
    english = yaml.safe_load(folder.joinpath("en.yml").read_text("utf-8"))
    table = folder.joinpath(f"{language}.yml")
    if language == "en" or not table.is_file():
        return {**english, "language": "en"}
    own = yaml.safe_load(table.read_text("utf-8"))
    merged = {part: {**words, **own.get(part, {})} for part, words in english.items()}
    return {**merged, "language": language}
