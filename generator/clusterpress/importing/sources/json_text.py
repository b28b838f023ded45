"""JSON of other programs."""

import json
from typing import Any

from clusterpress.values.characters import strip_forbidden


def read_json(text: str) -> Any:
    """Return the value of a JSON text, without the characters that files may not have.

    An escape for half of a character brings them in even where the text has none.

    Raises:
        json.JSONDecodeError: the text is not JSON.
        RecursionError: its values are nested too deeply.
    """
    value = json.loads(text, strict=False)
    return _cleaned(value) if "\\u" in text else value


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return strip_forbidden(value)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {strip_forbidden(key): _cleaned(one) for key, one in value.items()}
    return value
