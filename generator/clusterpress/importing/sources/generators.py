"""Site generators: folder layout and addresses of Hugo, Jekyll, Pelican, Material and Zola."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from clusterpress.values.kinds import Kind
from clusterpress.values.slugs import slugify

_POSTS = re.compile(r"(?:^|/)(?:_?posts?|_drafts|blog|news|articles?|_news)(?:/|$)")
_PAGES = re.compile(r"(?:^|/)_?pages(?:/|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """The folder layout of a site generator."""

    name: str
    """Its name on the command line."""
    detect: Callable[[Collection[str]], bool]
    """Returns whether a tree with these files is one of its sites."""
    roots: tuple[str, ...] = ("",)
    """Folders with items, in order of preference."""
    static: tuple[str, ...] = ()
    """Folders whose files are published at the root of the site."""
    address: str = ""
    """The default address of a post, with {year}, {month}, {day}, {slug} and {path}."""
    drafts: str = ""
    """Folder of drafts."""

    def kind_of(self, path: str, *, dated: bool) -> Kind:
        """Return the kind of a file: a page in a folder of pages or without a date, else news."""
        folder = path.rpartition("/")[0]
        if _PAGES.search(folder):
            return "page"
        if dated or _POSTS.search(folder) or (self.drafts and folder.startswith(self.drafts)):
            return "news"
        return "page"

    def root_of(self, names: Collection[str]) -> str:
        """Return the folder with the items of a tree, with a trailing slash; "" for the tree itself."""
        return next((root for root in self.roots if any(name.startswith(root) for name in names)), "")

    def address_of(self, path: str, date: str, slug: str) -> str:
        """Return the default address of a post.

        Args:
            path: the file, relative to the folder with the items.
            date: ISO 8601; "" when unknown.
            slug: of the post.
        """
        if not self.address or ("{year}" in self.address and not date):
            return ""
        year, month, day = ([*date[:10].split("-"), "", ""])[:3] if date else ("", "", "")
        folders = "/".join(slugify(part) for part in path.split("/")[:-1])
        words = {"year": year, "month": month, "day": day, "slug": slug, "path": folders}
        return re.sub(r"/{2,}", "/", self.address.format(**words))


def _has(*wanted: str) -> Callable[[Collection[str]], bool]:
    return lambda names: any(name in names for name in wanted)


def _begins(*wanted: str) -> Callable[[Collection[str]], bool]:
    return lambda names: any(name.startswith(wanted) for name in names)


GENERATORS: Mapping[str, Generator] = {
    generator.name: generator
    for generator in (
        Generator(
            name="pelican", detect=_has("pelicanconf.py", "publishconf.py"), roots=("content/",),
            static=("content/extra/", "content/"), address="/{slug}.html",
        ),
        Generator(
            name="jekyll", detect=lambda names: "_config.yml" in names or _begins("_posts/")(names),
            static=("",), address="/{year}/{month}/{day}/{slug}.html", drafts="_drafts",
        ),
        Generator(
            name="material", detect=_has("mkdocs.yml", "mkdocs.yaml"), roots=("docs/",), static=("docs/",),
            address="/blog/{year}/{month}/{day}/{slug}/", drafts="blog/drafts",
        ),
        Generator(
            name="zola",
            detect=lambda names: _has("config.toml", "zola.toml")(names)
            and _begins("templates/", "sass/")(names),
            roots=("content/",), static=("static/",), address="/{path}/{slug}/",
        ),
        Generator(
            name="hugo",
            detect=lambda names: _has("hugo.toml", "hugo.yaml", "config.toml", "config.yaml")(names)
            or _begins("archetypes/", "config/_default/")(names),
            roots=("content/",), static=("static/", "assets/"), address="/{path}/{slug}/",
        ),
        Generator(
            name="plain", detect=lambda _: True, roots=("content/", "docs/", ""),
            static=("static/", "public/"),
        ),
    )
}  # fmt: skip
"""Name → generator, in the order of detection."""


def detect_generator(names: Collection[str]) -> Generator:
    """Return the generator of a tree."""
    return next(generator for generator in GENERATORS.values() if generator.detect(names))
