"""Decodes the bytes of a source file."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from typing import Any

from clusterpress.values.problems import Problem

# Not allowed in XML 1.0 (feeds) or in YAML 1.1: controls but tab and newline, and the two non-characters.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")

_UNSAFE_VALUE = re.compile(f"[{_CONTROL.pattern[1:-1]}\ud800-\udfff]")

# Line breaks for Unicode and YAML, but not for editors. They become spaces, so that line numbers agree with
# those that the writer sees.
_HIDDEN_BREAKS = re.compile("[\x85\u2028\u2029]")

_SAVE_AGAIN = "save it again with the encoding UTF-8"


def find_controls(values: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield (dotted name, character) for each value or key with a control character, written as an escape."""
    if isinstance(values, str):
        if not values.isprintable() and (found := _UNSAFE_VALUE.search(values)):
            yield name, found[0]
        return
    parts = (
        values.items()
        if isinstance(values, Mapping)
        else enumerate(values)
        if isinstance(values, list)
        else ()
    )
    for key, part in parts:
        inner = f"{name}.{key}" if name else str(key)
        yield from find_controls(str(key), name)
        yield from find_controls(part, inner)


def decode_source(raw: bytes, path: str) -> tuple[str, list[Problem]]:
    r"""Return the text of a file with newlines as ``\n``, and an error if it is not clean UTF-8.

    A byte order mark is removed. After an error the text is empty.
    """
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "", [Problem(path=path, message="the file is in UTF-16, not in UTF-8", hint=_SAVE_AGAIN)]
    try:
        text = raw.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        return "", [_not_utf8(raw.removeprefix(BOM_UTF8), error.start, path)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text if text.isascii() else _HIDDEN_BREAKS.sub(" ", text)
    if not text.replace("\n", "").isprintable() and (control := _CONTROL.search(text)):
        return "", [_control_character(text, control.start(), path)]
    return text, []


def _not_utf8(raw: bytes, position: int, path: str) -> Problem:
    """Return the problem of a byte that is not UTF-8, with a guess at the intended character."""
    before = raw[:position].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    meant = raw[position : position + 1].decode("cp1252", "replace")
    hint = f'it is "{meant}" if the file is in Windows-1252; {_SAVE_AGAIN}'
    return _problem_behind(before, path, f"byte 0x{raw[position]:02X} is not UTF-8", hint)


def _control_character(text: str, position: int, path: str) -> Problem:
    is_utf16 = text[position] == "\x00" and text.count("\x00") > len(text) // 4
    message = f"an invisible control character (U+{ord(text[position]):04X}) stands here"
    hint = f"the file seems to be in UTF-16; {_SAVE_AGAIN}" if is_utf16 else "delete it"
    return _problem_behind(text[:position], path, message, hint)


def _problem_behind(before: str, path: str, message: str, hint: str) -> Problem:
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Problem(path=path, line=line, column=column, message=message, hint=hint)
