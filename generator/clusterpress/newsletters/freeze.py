"""Freeze: write the list of its stories into an issue's file, so that the issue never changes again.

The list is inserted where it belongs; every other character of the file stays.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import yaml

from clusterpress.content.items import Issue
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.newsletters.issues import ResolvedIssue
from clusterpress.newsletters.names import build_name_index, path_of
from clusterpress.newsletters.sections import SectionContext, choose_stories
from clusterpress.sources.front_matter import Edit, replace_spans, split_front_matter

_PLAIN = re.compile(r"[^\W\d_](?:[\w./-]*\w)?")
"""A path that YAML reads as a text without quotes."""


class FreezeError(Exception):
    """The list cannot be inserted into the file; the message explains why."""


def freeze(text: str, issue: ResolvedIssue, library: Library, read: Callable[[str], Issue | None]) -> str:
    r"""Return the text of an issue's file with ``frozen: true`` and every story listed by its path.

    Args:
        text: the file, newlines as ``\n``.
        issue: the issue, as resolved from it.
        library: where its stories are.
        read: parses the text of an issue, to verify that the frozen issue has the same stories.

    Raises:
        FreezeError: the list cannot be inserted.
    """
    parts = split_front_matter(text)
    if parts is None:
        raise FreezeError('only front matter between lines of "---" can be frozen')
    name_index = build_name_index(library)
    previous = issue.previous.day if issue.previous else None
    chosen = choose_stories(SectionContext(issue.item, name_index, previous))
    before, block, after = parts
    frozen = before + replace_spans(block, _plan_edits(block, issue.item, chosen)) + after
    reparsed = read(frozen)
    same = reparsed and choose_stories(SectionContext(reparsed, name_index, previous)) == chosen
    if not (reparsed and reparsed.frozen and same):
        message = "the items of its sections cannot be inserted automatically"
        raise FreezeError(f"{message}: list them by hand, and add frozen: true")
    return frozen


def _plan_edits(block: str, item: Issue, chosen: Iterable[tuple[Entry, ...]]) -> Iterator[Edit]:
    root = _pairs(yaml.compose(block, yaml.CSafeLoader))
    if "frozen" in root:
        yield _replace(root["frozen"][1], "true")
    else:
        yield len(block), len(block), "frozen: true\n"
    nodes = root["sections"][1].value if "sections" in root else ()
    for node, section, stories in zip(nodes, item.sections, chosen, strict=False):
        if section.items:
            listed = _pairs(node)["items"][1]
            names = listed.value if isinstance(listed, yaml.SequenceNode) else [listed]
            yield from (_replace(name, _name(story)) for name, story in zip(names, stories, strict=False))
        elif stories and not section.partners:
            yield _insert_items(block, node, [_name(story) for story in stories])


def _insert_items(block: str, node: Any, paths: list[str]) -> Edit:
    """Return the edit that inserts a section's items before its closing brace, or under its title."""
    if node.flow_style:
        at = len(block[: node.end_mark.index - 1].rstrip())
        comma = "" if block[at - 1] == "," else ","
        return at, at, f"{comma} items: [{', '.join(paths)}]"
    key, _ = _pairs(node)["title"]
    indent = " " * key.start_mark.column
    lines = [f"{indent}items:", *(f"{indent}  - {path}" for path in paths)]
    at = block.index("\n", key.end_mark.index) + 1
    return at, at, "".join(f"{line}\n" for line in lines)


def _name(story: Entry) -> str:
    path = path_of(story)
    return path if _PLAIN.fullmatch(path) else json.dumps(path, ensure_ascii=False)


def _pairs(node: Any) -> dict[str, tuple[Any, Any]]:
    return {key.value: (key, value) for key, value in node.value}


def _replace(node: Any, text: str) -> Edit:
    return node.start_mark.index, node.end_mark.index, text
