"""The site generators: how to recognise one, and how to read its layout."""

from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec import Struct

from clusterpress.importing.sources.layouts import (
    astro,
    docusaurus,
    eleventy,
    hugo,
    jekyll,
    material,
    pelican,
)
from clusterpress.importing.sources.layouts.files import TreeFiles, words
from clusterpress.importing.sources.layouts.layout import Layout, base_and_host


class Generator(Struct, frozen=True, kw_only=True):
    """A site generator."""

    name: str
    """Its name on the command line."""
    read_layout: Callable[[TreeFiles], Layout]
    """Reads the settings of one of its sites."""
    files: Sequence[str] = ()
    """Files at the top of a tree, one of which shows that it is one of its sites."""
    folders: Sequence[str] = ()
    """Folders at the top of a tree that show it as well."""
    needs_both: bool = False
    """Whether there must be such a file and such a folder."""

    def detect(self, names: Collection[str]) -> bool:
        """Return whether a tree with these files is one of its sites."""
        has_file = any(name in names for name in self.files)
        has_folder = bool(self.folders) and any(name.startswith(tuple(self.folders)) for name in names)
        return (has_file and has_folder) if self.needs_both else (has_file or has_folder)


def _read_zola(files: TreeFiles) -> Layout:
    config = files.config("config.toml", "zola.toml")
    base, hosts = base_and_host(words(config, "base_url"))
    others = config.get("languages")
    languages = [words(config, "default_language", "en"), *(others if isinstance(others, dict) else ())]
    return Layout(
        language=languages[0],
        languages=tuple(languages) if len(languages) > 1 else (),
        roots=(("content/", ""),),
        static=("static/",),
        prefixes={code: f"/{code}" for code in languages[1:]},
        permalink="/{sections}/{slug_or_file}/",
        page_permalink="/{sections}/{slug_or_file}/",
        slug_form="github",
        base=base,
        hosts=hosts,
    )


def _read_plain(files: TreeFiles) -> Layout:
    root = next((root for root in ("content/", "docs/") if any(files.below(root))), "")
    # Folders beside it may hold texts as well: no settings say that they do not.
    return Layout(roots=tuple((one, "") for one in dict.fromkeys((root, ""))), static=("static/", "public/"))


GENERATORS: Mapping[str, Generator] = {
    one.name: one
    for one in (
        Generator(
            name="pelican", read_layout=pelican.read_layout, files=("pelicanconf.py", "publishconf.py")
        ),
        Generator(
            name="astro",
            read_layout=astro.read_layout,
            files=tuple(f"astro.config.{ending}" for ending in ("mjs", "ts", "js", "mts", "cjs")),
        ),
        Generator(name="docusaurus", read_layout=docusaurus.read_layout, files=docusaurus.CONFIGS),
        Generator(
            name="eleventy",
            read_layout=eleventy.read_layout,
            files=tuple(f".eleventy.{ending}" for ending in ("js", "cjs"))
            + tuple(f"eleventy.config.{ending}" for ending in ("js", "mjs", "cjs", "ts")),
        ),
        Generator(
            name="jekyll",
            read_layout=jekyll.read_layout,
            files=("_config.yml", "_config.yaml", "_config.toml"),
            folders=("_posts/",),
        ),
        Generator(name="material", read_layout=material.read_layout, files=("mkdocs.yml", "mkdocs.yaml")),
        Generator(
            name="zola",
            read_layout=_read_zola,
            files=("config.toml", "zola.toml"),
            folders=("templates/", "sass/"),
            needs_both=True,
        ),
        Generator(
            name="hugo",
            read_layout=hugo.read_layout,
            files=tuple(
                f"{stem}.{ending}"
                for stem in ("hugo", "config")
                for ending in ("toml", "yaml", "yml", "json")
            ),
            folders=("archetypes/", "config/_default/"),
        ),
        Generator(name="plain", read_layout=_read_plain),
    )
}
"""Name → generator, in the order of detection."""


def detect_generator(names: Collection[str]) -> Generator:
    """Return the generator of a tree."""
    known = frozenset(names)
    return next((one for one in GENERATORS.values() if one.detect(known)), GENERATORS["plain"])
