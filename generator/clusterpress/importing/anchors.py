"""Anchors: each link to a fragment must name an anchor of the rendered text."""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from urllib.parse import unquote

from clusterpress.config.settings import Settings
from clusterpress.importing.compose import Composed
from clusterpress.importing.records import Remark
from clusterpress.importing.texts.markdown import outside_code
from clusterpress.markup.render import render
from clusterpress.values.slugs import slugify

_LINK = re.compile(r"(?<!!)\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s#]*)#([^()\s]+)\)")


def fix_anchors(composed: list[Composed], settings: Settings) -> list[Composed]:
    """Return the files with unknown fragments corrected, or removed and reported."""
    bodies = {one.path: one.body for one in composed}

    @cache
    def anchors(path: str) -> frozenset[str]:
        return frozenset(render(bodies[path], settings).outline.anchors)

    return [_fixed(one, bodies, anchors) if "#" in one.body else one for one in composed]


def _fixed(one: Composed, bodies: Mapping[str, str], anchors: Callable[[str], frozenset[str]]) -> Composed:
    remarks: list[Remark] = []

    def fix(found: re.Match[str]) -> str:
        words, target, fragment = found[1], found[2], unquote(found[3])
        path = posixpath.normpath(posixpath.join(posixpath.dirname(one.path), target)) if target else one.path
        if "://" in target or path not in bodies or fragment in anchors(path):
            return found[0]
        near = slugify(fragment)
        if near in anchors(path):
            return f"[{words}]({target}#{near})"
        message = f'the link to "{target}#{fragment}" has no anchor in that text'
        remarks.append(Remark(message, "use the anchor of one of its headings", words))
        return f"[{words}]({target})" if target else words

    body = outside_code(one.body, lambda part: _LINK.sub(fix, part))
    return replace(one, body=body, remarks=(*one.remarks, *remarks)) if remarks or body != one.body else one
