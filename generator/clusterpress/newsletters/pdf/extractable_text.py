"""Letters: text in the form in which it can be taken out of a PDF again.

Typst 0.15 gives a letter and the mark upon it each the text of both, so that readers of the file, people's
screen readers among them, get the letter twice (https://github.com/typst/typst/issues/8767).
"""

import re
from typing import Any
from unicodedata import normalize

# Tanwin, short vowels, shadda, sukun and the small alef: reading aids, which everyday print does without.
_READING_AIDS = re.compile("[\u064b-\u0652\u0670]")


def normalise_text(values: Any) -> Any:
    """Return JSON values with letters and marks composed, and without the reading aids of Arabic."""
    if isinstance(values, str):
        return _READING_AIDS.sub("", normalize("NFC", values))
    if isinstance(values, dict):
        return {key: normalise_text(value) for key, value in values.items()}
    return [normalise_text(value) for value in values] if isinstance(values, list) else values
