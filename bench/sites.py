"""The same corpus as a project of each tool, and the edits that are timed."""

import json
import shutil
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from bench.corpus import Corpus, Post, pictures, slugify
from clusterpress.pipeline.paths import cache_folder

MATERIAL_SETTINGS = """\
site_name: Cluster News
site_url: https://news.example.org/
theme: {name: material, font: false}
plugins:
  - search
  - blog: {blog_dir: news, archive: true, authors_profiles: true, pagination_per_page: 10, blog_toc: false}
  - tags
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables, pymdownx.details,
  pymdownx.highlight, pymdownx.superfences]
nav: [{Home: index.md}, {News: news/index.md}, {Tags: tags.md}]
"""
HERE = Path(__file__).parent
HUGO_FILES = HERE / "hugo"

SETTINGS = """\
name: Cluster News
url: https://news.example.org/
publisher: Cluster News
page_size: 10
languages: [en]
time_zone: UTC
html: trusted
feeds: {limit: 20}
social_cards: false
search: %s
menu:
  - {label: News, url: /news/}
  - {label: Programmes, url: /programmes/}
  - {label: Clusters, url: /clusters/}
  - {label: Authors, url: /authors/}
  - {label: Tags, url: /tags/}
"""


class Site(Protocol):
    """A project of one tool."""

    name: str
    folder: Path
    output: Path
    caches: tuple[Path, ...]
    """What is removed, beside the output folder, before a cold build."""

    def write(self, post: Post) -> Path:
        """Write one post, and return its file."""

    def write_rest(self, corpus: Corpus) -> None:
        """Write what else the project needs."""

    def page_of(self, post: Post) -> Path:
        """Return the built page of a post."""


class OurSite:
    """The corpus for clusterpress."""

    def __init__(self, folder: Path, *, search: bool = False) -> None:
        self.name = "with search" if search else "clusterpress"
        self.search = search
        self.folder = folder
        self.output = folder / "site"
        self.caches = (folder / ".clusterpress", cache_folder(folder))

    def write(self, post: Post) -> Path:
        """Write one post, and return its file."""
        names = {"programme": post.programme, "cluster": post.cluster, "author": post.author}
        return _write(self.folder / _source(post), _text(post, names | {"tags": list(post.tags)}))

    def write_rest(self, corpus: Corpus) -> None:
        """Write the settings, the records and the pictures."""
        _write(self.folder / "site_config.yml", SETTINGS % str(self.search).lower())
        for folder, name in _records(corpus):
            _write(self.folder / f"content/{folder}/{slugify(name)}.md", _record(name))
        for name, content in pictures():
            _write(self.folder / "content/static/img" / name, content)

    def page_of(self, post: Post) -> Path:
        """Return the built page of a post."""
        return self.output / post.url.strip("/") / "index.html"


class HugoSite:
    """The corpus for Hugo, with bare templates."""

    name = "Hugo"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "public"
        self.caches = (folder / "resources", folder / ".cache")

    def write(self, post: Post) -> Path:
        """Write one post, and return its file."""
        names = {"programmes": [post.programme], "clusters": [post.cluster], "authors": [post.author]}
        return _write(self.folder / _source(post), _text(post, names | {"tags": list(post.tags)}))

    def write_rest(self, corpus: Corpus) -> None:
        """Write the settings, the templates, the records, the years and the pictures."""
        shutil.copytree(HUGO_FILES, self.folder, dirs_exist_ok=True)
        for folder, name in _records(corpus):
            _write(self.folder / f"content/{folder}/{slugify(name)}/_index.md", _record(name))
        for year in {post.date.year for post in corpus.posts()}:
            _write(
                self.folder / f"content/news/{year}/_index.md",
                f"---\ntitle: News of {year}\nlayout: year\noutputs: [html]\n---\n",
            )
        for name, content in pictures():
            _write(self.folder / "static/img" / name, content)

    def page_of(self, post: Post) -> Path:
        """Return the built page of a post."""
        return self.output / post.url.strip("/") / "index.html"


class MaterialSite:
    """The corpus for MkDocs with Material and its blog plugin, as its documentation sets it up."""

    name = "Material"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "site"
        self.caches = (folder / ".cache",)

    def write(self, post: Post) -> Path:
        """Write one post, and return its file."""
        head = {
            "date": f"{post.date:%Y-%m-%dT%H:%M:%S}",
            "slug": post.slug,
            "authors": [slugify(post.author)],
            "categories": [post.cluster],
            "tags": list(post.tags),
        }
        lines = "".join(
            f"{key}: {value if key == 'date' else json.dumps(value)}\n" for key, value in head.items()
        )
        body = post.body.replace("](/img/", "](../../../img/")
        text = f"---\n{lines}---\n\n# {post.title}\n\n{post.summary}\n\n<!-- more -->\n\n{body}"
        return _write(self.folder / f"docs/news/posts/{post.date:%Y}/{post.slug}.md", text)

    def write_rest(self, corpus: Corpus) -> None:
        """Write the settings, the authors and the pictures."""
        _write(self.folder / "mkdocs.yml", MATERIAL_SETTINGS)
        for page in ("index", "news/index", "tags"):
            _write(self.folder / f"docs/{page}.md", f"# {page.partition('/')[0].title()}\n")
        authors = (
            f"  {slugify(name)}: {{name: {name}, description: Author, avatar: /img/photo-00.png}}\n"
            for name in corpus.authors
        )
        _write(self.folder / "docs/news/.authors.yml", "authors:\n" + "".join(authors))
        for name, content in pictures():
            _write(self.folder / "docs/img" / name, content)

    def page_of(self, post: Post) -> Path:
        """Return the built page of a post."""
        return self.output / f"news/{post.date:%Y/%m/%d}/{post.slug}/index.html"


def lay_out(site: Site, corpus: Corpus) -> None:
    """Write a site's project anew, unless the one that is there was written by the same code."""
    code = b"".join(path.read_bytes() for path in sorted(HERE.glob("*.py")))
    stamp = site.folder / f".written-{sha256(code).hexdigest()[:12]}"
    if stamp.exists():
        return
    shutil.rmtree(site.folder, ignore_errors=True)
    for post in corpus.posts():
        site.write(post)
    site.write_rest(corpus)
    stamp.touch()


def _source(post: Post) -> str:
    return f"content/news/{post.date:%Y}/{post.slug}.md"


def _text(post: Post, names: Mapping[str, object]) -> str:
    head = {"title": post.title, "date": f"{post.date:%Y-%m-%dT%H:%M:%S}Z", "summary": post.summary, **names}
    lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in head.items())
    return f"---\n{lines}---\n\n{post.body}"


def _record(name: str) -> str:
    return f"---\ntitle: {name}\n---\n\nWhat {name} did, newest first.\n"


def _records(corpus: Corpus) -> Iterator[tuple[str, str]]:
    for folder in ("programmes", "clusters", "authors"):
        yield from ((folder, name) for name in getattr(corpus, folder))


def _write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
