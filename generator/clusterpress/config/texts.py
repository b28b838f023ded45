"""Texts of the settings by language: which have versions, what each language reads, and which are missing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.parsing.hints import is_model
from clusterpress.parsing.values import Finding
from clusterpress.values.texts import Name, Text

Versions = Mapping[str, str]
"""Language → text."""


def split_texts(
    model: type, fields: Mapping[str, Any], language: str
) -> tuple[dict[str, Any], dict[str, Versions]]:
    """Return fields in which each text is that of one language, and the versions of those with several.

    Args:
        model: the model of the fields.
        fields: as read: a text, or its versions.
        language: the site's first language; without its version, the text is empty.

    Returns:
        The fields, and dotted name → versions.
    """
    versions: dict[str, Versions] = {
        name: value
        for name, hint, value in _walk(model, fields)
        if hint in (Text, Name) and isinstance(value, dict)
    }
    return _put(fields, {name: one.get(language, "") for name, one in versions.items()}), versions


def put_texts(settings: Any, texts: Mapping[str, str]) -> Any:
    """Return a struct with other texts, by dotted name."""
    changed = _put({key: getattr(settings, key) for key in settings.__struct_fields__}, texts)
    return replace(settings, **changed)


def missing_texts(versions: Mapping[str, Versions], languages: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each text that has versions, but not in every language of the site."""
    for name, known in versions.items():
        if missing := [lang for lang in languages if not known.get(lang)]:
            hint = f"add {', '.join(f'{lang}: …' for lang in missing)} to it"
            yield Finding(name, f'"{name}" has no text in {", ".join(missing)}', hint)


def plain_sentences(settings: Struct, versions: Mapping[str, Versions]) -> Iterator[str]:
    """Yield the dotted name of each sentence that is written in the site's first language alone."""
    fields = {key: getattr(settings, key) for key in settings.__struct_fields__}
    for name, hint, value in _walk(type(settings), fields):
        if hint is Text and value and name not in versions:
            yield name


def _walk(model: type, fields: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield (dotted name, type, value) of each field, also of those in blocks."""
    hints = get_type_hints(model)
    for key, value in fields.items():
        yield from _walk_value(f"{above}{key}", hints.get(key), value)


def _walk_value(name: str, hint: Any, value: Any) -> Iterator[tuple[str, Any, Any]]:
    yield name, hint, value
    origin = get_origin(hint)
    if is_model(type(value)):
        fields = {key: getattr(value, key) for key in value.__struct_fields__}
        yield from _walk(type(value), fields, f"{name}.")
    elif origin is tuple:
        for place, one in enumerate(value):
            yield from _walk_value(f"{name}.{place}", get_args(hint)[0], one)
    elif origin is Mapping and isinstance(value, Mapping):
        for key, one in value.items():
            yield from _walk_value(f"{name}.{key}", get_args(hint)[1], one)


def _put(value: Any, texts: Mapping[str, str]) -> Any:
    """Return a value in which the parts with these dotted names are texts."""
    if not texts:
        return value
    if "" in texts:
        return texts[""]
    below: dict[str, dict[str, str]] = {}
    for name, text in texts.items():
        key, _, rest = name.partition(".")
        below.setdefault(key, {})[rest] = text
    if isinstance(value, tuple):
        return tuple(_put(one, below.get(str(place), {})) for place, one in enumerate(value))
    if isinstance(value, Mapping):
        return {key: _put(one, below.get(key, {})) for key, one in value.items()}
    return replace(value, **{key: _put(getattr(value, key), one) for key, one in below.items()})
