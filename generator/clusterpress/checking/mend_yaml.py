"""Mends front matter that YAML readers refuse, where only one meaning is possible."""

import re
from collections.abc import Iterator

from clusterpress.content.front_matter import LIKE_A_FENCE
from clusterpress.parsing.yaml_repair import repair_line
from clusterpress.parsing.yaml_text import read_yaml
from clusterpress.sources.front_matter import newline_of, split_front_matter
from clusterpress.values.kinds import PROSE_KEYS
from clusterpress.values.problems import errors

_KEY = re.compile(r"[\w -]+:(?:\s|$)")
_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*$")


def mend_yaml(text: str) -> tuple[str, tuple[tuple[int, str, str], ...]]:
    """Return a source whose front matter can be read, and (line, before, after) of each mended line.

    Values are put between quotes, fences get three hyphens, odd spaces become ordinary ones. Every other
    fault stays for the author.

    Args:
        text: the source with its own line ends.
    """
    newline = newline_of(text)
    lines = text.split(newline)
    mended = [*_fences(lines)]
    for number, _, after in mended:
        lines[number - 1] = after
    parts = split_front_matter(newline.join(lines))
    if parts is None:
        return text, ()
    first = parts[0].count(newline)
    last = first + parts[1].count(newline)
    block = lines[first:last]
    for number, after in _values(block):
        mended.append((first + number + 1, block[number], after))
        block[number] = after
    if not mended:
        return text, ()
    return newline.join([*lines[:first], *block, *lines[last:]]), tuple(sorted(mended))


def _fences(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the lines that should open and close front matter, with three hyphens."""
    opening = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if opening + 1 >= len(lines) or not _KEY.match(lines[opening + 1]):
        return
    is_like = bool(LIKE_A_FENCE.fullmatch(lines[opening]))
    if not is_like and not lines[opening].startswith("---"):
        return
    for number, line in enumerate(lines[opening + 1 :], start=opening + 1):
        if _CLOSING.match(line) or LIKE_A_FENCE.fullmatch(line):
            if is_like:
                yield opening + 1, lines[opening], "---"
            if not _CLOSING.match(line):
                yield number + 1, line, "---"
            return


def _values(block: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines of YAML with faults, as they were meant; none may leave a fault above itself."""
    current = list(block)
    for number, line in enumerate(block):
        if not (repair := repair_line(line)) or repair.line == line:
            continue
        if number not in (faulty := _faulty_lines(current)):
            continue
        tried = [*current[:number], repair.line, *current[number + 1 :]]
        left = _faulty_lines(tried)
        if number not in left and all(other > number for other in left - faulty):
            yield number, repair.line
            current = tried


def _faulty_lines(block: list[str]) -> set[int]:
    return {fault.line - 1 for fault in errors(read_yaml("\n".join(block), "", prose=PROSE_KEYS).problems)}
