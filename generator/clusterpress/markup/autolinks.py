"""Addresses in running text: the extended autolinks of GitHub (GFM 6.9).

``https://…``, ``http://…``, ``ftp://…``, ``www.…`` and addresses of e-mail become links. What belongs to the
sentence stays out of the address: final punctuation, a bracket that was opened before it, and, unlike on
GitHub, square brackets and the quotation marks and punctuation of other scripts.
"""

import re
from typing import NamedTuple

MARKS = ("://", "www.", "Www.", "WWW.", "@")
"""A text without any of these holds no address."""

_ESCAPED = "\x02[0-9]+\x03"  # how Python-Markdown keeps a character after a backslash
_PLAIN = r"[^\s<>`\x02-\x04]"
FIND = re.compile(
    rf"(?<![^\W_])(?<!=[\"'])(?:(?P<scheme>https?|ftp)://|(?P<www>(?-i:www|Www|WWW)\.))(?P<rest>(?:{_PLAIN}|{_ESCAPED})+)"
    r"|(?<![\w.+@/=-])(?P<mailto>mailto:)?(?P<name>[a-z0-9.+_-]+)@(?P<host>[a-z0-9-]+(?:\.[a-z0-9_-]+)+)",
    re.IGNORECASE | re.ASCII,
)
"""Pattern of what may be an address; `read_address` decides."""

_FINAL = "?!.,:;*_~'\"“”„‟‘’‚‛«»‹›…،؛؟。、，．！？：；」』）】"
_REFERENCE = re.compile(r"&[a-z0-9]+;", re.IGNORECASE)
_HOST = re.compile(r"[^\W_](?:[\w-]|\.(?=\w))*")


class Autolink(NamedTuple):
    """An address in a text."""

    text: str
    """As written, without the sentence's signs."""
    target: str
    """Where it leads."""


def read_address(found: re.Match[str]) -> Autolink | None:
    """Return the address that a match of `FIND` holds, or None if it is none."""
    text = found[0]
    if found["name"]:
        if text[-1] in "-_":
            return None
        return Autolink(text, text if found["mailto"] else f"mailto:{text}")
    text = text[: _end(text)]
    before = len(found[0]) - len(found["rest"])
    host = _HOST.match(text, before)
    if not host or any("_" in part for part in host[0].split(".")[-2:]):
        return None
    return Autolink(text, f"http://{text}" if found["www"] else text)


def _end(text: str) -> int:
    """Return where an address ends, without final signs and brackets that it does not open."""
    end = len(text)
    unopened = {")": text.count(")") - text.count("("), "]": text.count("]") - text.count("[")}
    while end:
        last = text[end - 1]
        if last == ";" and (start := text.rfind("&", max(0, end - 12), end)) >= 0:
            end = start if _REFERENCE.fullmatch(text, start, end) else end - 1
        elif unopened.get(last, 0) > 0:
            unopened[last] -= 1
            end -= 1
        elif last in _FINAL:
            end -= 1
        else:
            break
    return end
