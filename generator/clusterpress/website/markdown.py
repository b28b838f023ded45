"""Markdown alternates: the text of an item as Markdown, for programs that read it better than a page.

They hold what the page shows of the file: title, date, address and text. Other front matter, comments, and
links to what is not published are left out.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product

from clusterpress.config.settings import Settings
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.markup.fences import change_outside_fences
from clusterpress.markup.own_blocks import write_own_blocks
from clusterpress.markup.plain_text import repeats
from clusterpress.theme.addresses import absolute
from clusterpress.values.digests import digest, join_digests
from clusterpress.values.kinds import Kind
from clusterpress.values.outputs import Bundle, Output
from clusterpress.website.page_planner import split_in_chunks

KINDS: tuple[Kind, ...] = ("news", "event", "page")
"""Kinds with such a file; records have few words, and issues are made of items."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)\n?", re.DOTALL)
_LINK = re.compile(
    r"(!?)\[((?:[^\[\]\\]|\\.)*)\]\([ ]*(?:<([^<>\n]+)>|([^\s()<>]+))"
    r"((?:[ ]+(?:\"(?:[^\"\n\\]|\\.)*\"|'(?:[^'\n\\]|\\.)*'))?)[ ]*\)"
)
_DEFINITION = re.compile(r"^([ ]{0,3}\[[^\[\]\n]+\]:[ ]*)<?([^\s<>]+)>?(.*\n?)", re.MULTILINE)
_ATTRIBUTE = re.compile(r"\b(href|src)=\"([^\"]*)\"")


def markdown_path(url: str) -> str:
    """Return the path of the Markdown alternate of a page."""
    return f"{url}index.md"


def markdown_outputs(library: Library, settings: Settings) -> Iterator[Bundle]:
    """Yield the Markdown alternate of each published item, if the settings ask for them."""
    for kind, lang in product(KINDS if settings.markdown else (), settings.languages):
        entries = [entry for entry in library.of_kind(kind, lang) if entry.state == "published"]
        for number, positions in split_in_chunks(len(entries)):
            chunk = entries[positions.start : positions.stop]
            links = join_digests([entry.dependency_digest for entry in chunk])
            yield Bundle(
                name=f"{lang}/markdown/{kind}/{number}",
                cache_key=digest(settings.url, library.shared_digest, links),
                plan=partial(_plan, chunk, settings.url),
            )


def _plan(entries: Sequence[Entry], site: str) -> Iterator[Output]:
    for entry in entries:
        make = partial(make_markdown, item=entry, site=site)
        yield Output(path=markdown_path(entry.url), make=make, sources=(entry.path,))


def make_markdown(item: Entry, site: str) -> bytes:
    """Return an item as Markdown: a few public keys, its title, and its text with full addresses.

    Args:
        item: the item.
        site: address of the site, with a slash at its end.
    """
    source = item.item
    day = item.index_record.teaser.day
    keys: dict[str, str | bool] = {"title": source.title, "url": site + item.url, "lang": item.lang}
    if source.kind == "news" and day:
        keys["date"] = item.published.date().isoformat()
    if item.index_record.teaser.cancelled:
        keys["cancelled"] = True
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items())
    summary = "" if not source.summary or repeats(source.summary, item.outline) else f"{source.summary}\n\n"
    text = write_own_blocks(source.source.body)
    text = change_outside_fences(text, partial(_public, item=item, site=site))
    return f"---\n{head}---\n\n# {source.title}\n\n{summary}{text.strip()}\n".encode()


def _public(text: str, item: Entry, site: str) -> str:
    """Return a text without comments, with full addresses, and without links that lead nowhere."""
    places = {target: absolute(path, site) for target, path in item.targets}
    places |= {src: absolute(picture.url, site) for src, picture in item.resolved.figures}
    dead = item.dead_links
    text = _COMMENT.sub("", text) if "<!--" in text else text
    text = _LINK.sub(lambda found: _link(found, places, dead.__contains__), text)
    text = _DEFINITION.sub(
        lambda one: "" if one[2] in dead else f"{one[1]}{places.get(one[2], one[2])}{one[3]}", text
    )
    return _ATTRIBUTE.sub(
        lambda one: "" if one[2] in dead else f'{one[1]}="{places.get(one[2], one[2])}"', text
    )


def _link(found: re.Match[str], places: Mapping[str, str], is_dead: Callable[[str], bool]) -> str:
    sign, words, quoted, plain, title = found.groups()
    target = quoted or plain
    return words if is_dead(target) else f"{sign}[{words}]({places.get(target, target)}{title})"
