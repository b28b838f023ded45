"""Tools: where Hugo, Jekyll, Pelican, Material and Zola keep things, and the addresses they publish."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from clusterpress.values.kinds import Kind
from clusterpress.values.slugs import slugify

_POSTS = re.compile(r"(?:^|/)(?:_?posts?|_drafts|blog|news|articles?|_news)(?:/|$)")
_PAGES = re.compile(r"(?:^|/)_?pages(?:/|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """How a site generator lays out its files."""

    name: str
    """What it is called on the command line."""
    detect: Callable[[Collection[str]], bool]
    """Whether a tree with these files is one of its sites."""
    roots: tuple[str, ...] = ("",)
    """Folders with items; the first that exists is taken."""
    static: tuple[str, ...] = ()
    """Folders whose files lie at the root of the site."""
    address: str = ""
    """The usual address of a post: {year} {month} {day} {slug} {path} are filled in."""
    drafts: str = ""
    """Folder of drafts."""

    def kind_of(self, path: str, *, dated: bool) -> Kind:
        """Return what a file becomes: a page in a folder of pages or without a date, else news."""
        folder = path.rpartition("/")[0]
        if _PAGES.search(folder):
            return "page"
        if dated or _POSTS.search(folder) or (self.drafts and folder.startswith(self.drafts)):
            return "news"
        return "page"

    def root_of(self, names: Collection[str]) -> str:
        """Return the folder in which the items of a tree lie, with a slash; "" for the tree itself."""
        return next((root for root in self.roots if any(name.startswith(root) for name in names)), "")

    def address_of(self, path: str, date: str, slug: str) -> str:
        """Return the address under which a post was published unless the site's settings said otherwise."""
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
"""Name → tool, in the order in which they are looked for."""


def detect_generator(names: Collection[str]) -> Generator:
    """Return the tool whose site a tree is."""
    return next(generator for generator in GENERATORS.values() if generator.detect(names))
