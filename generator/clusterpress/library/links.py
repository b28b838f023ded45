"""Links between sources: from what an editor wrote to where it leads on the site."""

import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from clusterpress.content.items import Image, Item, Programme
from clusterpress.funding import Logo
from clusterpress.library.entries import Picture
from clusterpress.markup import Outline
from clusterpress.problems import Problem, did_you_mean
from clusterpress.reading import Finding

STATIC = "content/static/"
"""Files below this folder are published under their own path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where everything is that a link may name."""

    urls: Mapping[str, str]
    """Source path of a published item → path below the root."""
    hidden: Mapping[str, str]
    """Source path of an item that is not published now → why."""
    anchors: Mapping[str, tuple[str, ...]]
    """Source path → ids of its body."""
    pictures: Mapping[str, Picture]
    """Source path of a picture → what is published of it."""
    files: Mapping[str, str]
    """Source path of any other file below content/ → path below the root under which it is published."""
    broken: Collection[str]
    """Source paths of items and pictures with faults of their own: links to them are none."""
    slugs: Mapping[str, str]
    """Other ways to name a published item in a link (folder/slug) → source path."""


def resolve_path(source: str, target: str) -> str:
    """Return the source path that ``target`` (without fragment), written in the file ``source``, names."""
    if target.startswith("/"):
        return STATIC + target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


def resolve_links(
    item: Item, outline: Outline, places: Places
) -> tuple[tuple[tuple[str, str], ...], list[Problem]]:
    """Return (target as written, path below the root) for each link of a body, and the broken ones.

    A target that begins with ``/`` and is no static file names a page of the site; whether there is such a
    page is known only when all outputs are planned.
    """
    found: dict[str, str] = {}
    problems = []
    for link in outline.links:
        if link.target in found:
            continue
        place = place_of(item.source.path, link.target, places)
        if isinstance(place, str):
            found[link.target] = place
        else:
            problems.append(_at(item, link.line, *place))
    return tuple(found.items()), problems


def place_of(source: str, target: str, places: Places) -> str | tuple[str, str]:
    """Return the path below the root that ``target`` leads to, or (message, hint) when it leads nowhere.

    To what has faults, and so stops the build anyway, it is "".
    """
    parts = urlsplit(target)
    path, fragment = unquote(parts.path), parts.fragment
    file = resolve_path(source, path)
    tail = (f"?{parts.query}" if parts.query else "") + (f"#{fragment}" if fragment else "")
    for name in (file, f"{file}.md", f"{file}/index.md", places.slugs.get(file.rstrip("/"), "")):
        if name in places.urls:
            if fragment and unquote(fragment) not in places.anchors.get(name, ()):
                return (
                    f'link to "{target}": {name} has no heading or anchor "{fragment}"',
                    did_you_mean(
                        fragment, places.anchors.get(name, ()), "take the anchor from the page's headings"
                    ),
                )
            return places.urls[name] + tail
        if name in places.broken:
            return ""
        if name in places.hidden:
            return (
                f'link to "{target}", which is not published ({places.hidden[name]})',
                "link to it once it is",
            )
    if file in places.pictures:
        return places.pictures[file].url + tail
    if file in places.files:
        return quote(places.files[file]) + tail
    if path.startswith("/"):
        return path.lstrip("/") + tail
    known = [*places.urls, *places.files]
    base = posixpath.basename(file)
    guess = next((name for name in known if posixpath.basename(name) == base), None)
    hint = f"the file is {guess}" if guess else did_you_mean(file, known, "check the file's name and folder")
    return f'link to "{target}", but there is no {file}', hint


def resolve_figures(
    item: Item, outline: Outline, places: Places
) -> tuple[tuple[tuple[str, Picture], ...], list[Problem]]:
    """Return (source as written, published picture) for each picture of a body, and the missing ones."""
    found: dict[str, Picture] = {}
    problems = []
    for ref in outline.pictures:
        file = resolve_path(item.source.path, unquote(ref.src))
        if picture := places.pictures.get(file):
            found[ref.src] = picture
        elif file not in places.broken:
            words = missing_picture(item.source.path, ref.src, places.pictures, places.files)
            problems.append(_at(item, ref.line, *words))
    return tuple(found.items()), problems


def resolve_logos(item: Item, places: Places) -> tuple[tuple[tuple[str, Picture], ...], list[Problem]]:
    """Return (file as written, published picture) for each logo of a programme, and the missing ones."""
    found: dict[str, Picture] = {}
    problems = []
    for name, logo in _logos(item):
        picture = places.pictures.get(resolve_path(item.source.path, unquote(logo.src)))
        if picture:
            found[logo.src] = picture
        elif name != "logo":  # a missing logo of the item itself is reported with its other pictures
            message = missing_picture(item.source.path, logo.src, places.pictures, places.files)
            problems.append(Finding(name, *message).at(item.source.lines, item.source.path))
    return tuple(found.items()), problems


def _logos(item: Item) -> Iterator[tuple[str, Image | Logo]]:
    """Yield (dotted name, logo) of all that stand beside the emblem of a programme."""
    if isinstance(item, Programme):
        if item.logo:
            yield "logo", item.logo
        for number, logo in enumerate(item.funding.logos if item.funding else ()):
            yield f"funding.logos.{number}", logo


def missing_picture(
    source: str, src: str, pictures: Collection[str], files: Collection[str]
) -> tuple[str, str]:
    """Return (message, hint) for a picture that is not there, or that is no picture."""
    file = resolve_path(source, unquote(src))
    if file in files:
        return f'"{src}" is no picture', "save it as JPEG or PNG, or link to it: [its name](its file)"
    known = [*pictures, *files]
    same = next((name for name in known if posixpath.basename(name) == posixpath.basename(file)), None)
    hint = f"the file is {same}" if same else did_you_mean(file, known, "put the file beside the item")
    return f'picture "{src}" is not there: no {file}', hint


def wanted_pictures(item: Item, outline: Outline) -> Iterator[str]:
    """Yield the source path of each picture that an item shows or links to."""
    refs: list[str] = [ref.src for ref in outline.pictures]
    refs += [image.src for image in head_images(item)]
    refs += [logo.src for _, logo in _logos(item)]
    refs += [link.target for link in outline.links]
    for ref in refs:
        yield resolve_path(item.source.path, unquote(urlsplit(ref).path))


def head_images(item: Item) -> Iterator[Image]:
    """Yield the pictures that an item's front matter names."""
    for name in ("image", "logo"):
        if image := getattr(item, name, None):
            yield image


def _at(item: Item, line: int, message: str, hint: str) -> Problem:
    return Problem(path=item.source.path, line=item.source.body_line + line - 1, message=message, hint=hint)
