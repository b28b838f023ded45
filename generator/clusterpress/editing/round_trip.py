"""Round trips: whether a text means the same to readers after the text view has written it anew."""

import re
from http import HTTPStatus
from typing import Any

from clusterpress.config.settings import Settings
from clusterpress.editing.errors import RequestRefusedError
from clusterpress.editing.workspace import Workspace
from clusterpress.markup.body import render_html
from clusterpress.markup.render import render

_MARKED_LINK = re.compile(r"<(strong|em)>(<a\b[^<>]*>)([^<>]*)</a></\1>")
"""A bold link, which is the same as a link of bold words."""
_SPACE = re.compile(r"\s+")


def mean_the_same(workspace: Workspace, pairs: Any) -> list[bool]:
    """Return for each pair of Markdown texts whether both give the same page, apart from spaces.

    Args:
        workspace: the project, whose settings count.
        pairs: a list of pairs of texts.

    Raises:
        RequestRefusedError: this is no such list.
    """
    is_valid = isinstance(pairs, list) and all(
        isinstance(pair, list) and [type(one) for one in pair] == [str, str] for pair in pairs
    )
    if not is_valid:
        raise RequestRefusedError(HTTPStatus.BAD_REQUEST, "this is no list of pairs of texts")
    settings = workspace.settings
    with workspace.without_builds():
        return [same_page(one, other, settings) for one, other in pairs]


def same_page(one: str, other: str, settings: Settings) -> bool:
    """Return whether two texts give the same page, apart from spaces; nothing is the same as no page."""
    if not one.strip() or not other.strip():
        return not one.strip() and not other.strip()
    first, second = (_page(text, settings) for text in (one, other))
    return bool(first) and first == second


def _page(text: str, settings: Settings) -> str:
    """Return the HTML of a text, its links and pictures as they are written, with single spaces."""
    body = render(text, settings)
    html = render_html(body, lambda link: link.target, lambda picture: repr(picture._replace(line=0)))
    return _SPACE.sub(" ", _MARKED_LINK.sub(r"\2<\1>\3</\1></a>", html)).strip()
