"""Assets: files of the theme and of Material, colours as custom properties, and checks of these colours."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from clusterpress.content.items import Item, Programme
from clusterpress.library.library import Library
from clusterpress.theme.addresses import asset_path
from clusterpress.theme.teaser_art import scheme_styles
from clusterpress.theme.theme import MIN_CONTRAST, Theme, contrast, ensure_contrast, read_file, read_tokens
from clusterpress.values.outputs import Output
from clusterpress.values.problems import Problem, Severity, did_you_mean
from clusterpress.website.mkdocs_block import OUR_COPY, wants_palette, wants_script
from clusterpress.website.views import Site

FOLDERS = {"website/css": "*.css", "website/js": "*.js", "website/images": "*.[ps][nv]g", "fonts": "*.woff2"}
"""Folder of the theme → files that are published under assets/ by their last folder and name."""


def asset_outputs(site: Site, theme: Theme, colours: Iterable[str]) -> Iterator[Output]:
    """Yield the static files of the website.

    Args:
        site: what pages share.
        theme: the theme.
        colours: those of programmes that are not tokens of the theme, as ``#rrggbb``.
    """
    for folder, pattern in FOLDERS.items():
        for path in sorted((Path(theme.folder) / folder).glob(pattern)):
            name = f"{folder}/{path.name}"
            yield Output(
                path=asset_path(f"assets/{name.removeprefix('website/')}", theme.version),
                make=partial(read_file, theme=theme, file=name),
            )
    yield Output(
        path=asset_path("assets/css/tokens.css", theme.version),
        make=partial(make_tokens, theme=theme, colours=tuple(sorted(set(colours)))),
    )
    patterns = {"css/material.css": "assets/stylesheets/main.*.min.css"}
    if wants_palette(site.settings):
        patterns["css/palette.css"] = "assets/stylesheets/palette.*.min.css"
    if wants_script(site.settings):
        patterns["material.js"] = "assets/javascripts/bundle.*.min.js"
    for name, pattern in patterns.items():
        yield Output(path=f"assets/{name}", make=partial(copy_material, theme=theme, pattern=pattern))


def copy_material(theme: Theme, pattern: str) -> bytes:
    """Return a file of Material without its link to an unpublished source map.

    Args:
        theme: the theme; it may have a version of its own.
        pattern: of the file's path, as its name contains a hash.
    """
    folders = (Path(theme.folder) / "website", OUR_COPY)
    path = next(path for folder in folders for path in sorted(folder.glob(pattern)))
    lines = path.read_text("utf-8").rstrip().splitlines()
    return ("\n".join(line for line in lines if "sourceMappingURL=" not in line) + "\n").encode()


def make_tokens(theme: Theme, colours: tuple[str, ...] = ()) -> bytes:
    """Return the tokens of ``theme.yml`` as custom properties, with a dark scheme.

    A programme's own colour becomes a token too: in each scheme, the nearest shade with enough contrast.
    """
    tokens = read_tokens(theme)
    light, dark = tokens["colours"]["light"], tokens["colours"]["dark"]
    names = [*tokens["sections"], *(colour.lstrip("#") for colour in colours)]
    light = {**light, **_readable(colours, backgrounds_of(light))}
    dark = {**dark, **_readable(colours, backgrounds_of(dark))}
    fixed = _prefixed("band", tokens["band"]) | _prefixed("font", tokens["fonts"]) | tokens["sizes"]
    return (
        f":root{{color-scheme:light dark;{_properties(light | fixed)}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{_properties(dark)}}}}}\n"
        f'[data-md-color-scheme="default"]{{color-scheme:light;{_properties(light)}}}\n'
        f'[data-md-color-scheme="slate"]{{color-scheme:dark;{_properties(dark)}}}\n'
        f"@media print{{:root,body{{color-scheme:light;{_properties(light)}}}}}\n"
        + "".join(f'[data-accent="{name}"]{{--accent:var(--{name})}}\n' for name in names)
        + scheme_styles()
    ).encode()


def _readable(colours: Iterable[str], backgrounds: Iterable[str]) -> dict[str, str]:
    return {colour.lstrip("#"): ensure_contrast(colour, *backgrounds) for colour in colours}


def backgrounds_of(scheme: Mapping[str, str]) -> tuple[str, ...]:
    """Return the background colours on which a scheme sets coloured text."""
    return scheme["paper"], scheme["sheet"], scheme["tint"]


def _prefixed(prefix: str, tokens: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{prefix}-{name}": value for name, value in tokens.items()}


def _properties(tokens: Mapping[str, Any]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in tokens.items())


def colour_problems(library: Library, theme: Theme) -> Iterator[Problem]:
    """Yield a warning for each programme whose colour is missing in the theme or too pale for text."""
    items = (entry.item for entry in library.with_field("colour"))
    coloured = [item for item in items if isinstance(item, Programme)]
    if not coloured:
        return
    tokens = read_tokens(theme)
    backgrounds = backgrounds_of(tokens["colours"]["light"])
    for item in coloured:
        if not item.colour.startswith("#"):
            if item.colour not in tokens["sections"]:
                hint = did_you_mean(item.colour, tokens["sections"], f"use {', '.join(tokens['sections'])}")
                yield _warning(item, f'the theme has no colour "{item.colour}"', hint)
            continue
        weakest = min(contrast(item.colour, background) for background in backgrounds)
        if weakest < MIN_CONTRAST:
            shade = ensure_contrast(item.colour, *backgrounds)
            message = f"{item.colour} is too pale for text: its contrast is {weakest:.1f} : 1"
            hint = f'at least {MIN_CONTRAST} : 1 is needed, and it is shown as "{shade}"'
            yield _warning(item, message, hint)


def _warning(item: Item, message: str, hint: str) -> Problem:
    line, column = item.source.lines.get("colour", (1, 1))
    return Problem(
        path=item.source.path,
        line=line,
        column=column,
        severity=Severity.WARNING,
        message=message,
        hint=hint,
        field="colour",
    )
