"""Small sites as path → bytes, the means to publish them, and a reader who follows every link."""

import gzip
from contextlib import contextmanager
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from clusterpress.config.reader import read_settings
from clusterpress.config.settings import PublishTarget
from clusterpress.publishing.changes import compare, inspect_target
from clusterpress.publishing.files import SiteFile, collect_files
from clusterpress.publishing.targets.target import open_target
from clusterpress.publishing.upload import upload
from clusterpress.values.digests import digest_bytes

HOME = "https://example.eu/"
BASE = f"name: Small site\nurl: {HOME}\ncontact: press@example.eu\npublish:\n  live: "


def settings_of(target):
    """Return settings with one target, "live", told as in the settings file."""
    settings, problems = read_settings(BASE + target + "\n")
    assert settings, [str(problem) for problem in problems]
    return settings


def page(*links, text=""):
    """Return a page that links to paths."""
    anchors = "".join(f'<a href="/{link.removesuffix("index.html")}">x</a>' for link in links)
    return f"<!doctype html><title>t</title>{anchors}<p>{text}</p>".encode()


def site(version):
    """Return a site of a few files; versions differ in items, pictures, feed and home."""
    items = [f"news/{number}/index.html" for number in range(version * 3, version * 3 + 8)]
    picture = f"media/picture.{version:08x}.png"
    shared = ["index.html", "assets/site.css", "feed.xml", picture]
    neighbours = zip(items, items[1:] + items[:1], items[-1:] + items[:-1], strict=True)
    return {
        "assets/site.css": f"/* {version} */".encode() * 200,
        picture: b"\x89PNG" * 1000,
        "feed.xml": f"<rss>{items}</rss>".encode(),
        "sitemap.xml": f"<urlset>{items}</urlset>".encode(),
        "about/index.html": page("index.html"),
        "index.html": page(*shared, *items, text=f"home {version}" * 100),
        **{item: page(*shared, left, right) for item, left, right in neighbours},
    }


def as_files(content):
    """Return files to publish, from path → bytes."""
    return {
        path: SiteFile(digest_bytes(raw).hex(), lambda raw=raw: raw) for path, raw in sorted(content.items())
    }


def write(folder, content):
    """Write path → bytes below a folder."""
    for path, raw in content.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)


def tree(folder):
    """Return path → bytes of everything below a folder."""
    found = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def send(target, files, *, relist=False, report=lambda *_: None):
    """Publish files to an opened target, and return what had to be done."""
    remote = inspect_target(target, relist=relist)
    changes = compare(files, remote)
    upload(target, files, remote, changes, report, f"Publish: {changes}")
    return changes


@contextmanager
def opened(settings, root, environment=None):
    """Give the target "live" of some settings."""
    with open_target("live", settings, root, root / "site", environment or {}) as target:
        yield target


def publish(settings, root, content, environment=None, **options):
    """Publish path → bytes to the target "live"."""
    with opened(settings, root, environment) as target:
        return send(target, as_files(content), **options)


def gathered(folder, target=None, **options):
    """Return the files to publish of a folder."""
    settings = settings_of("{type: folder, path: x}")
    paths = [path for path in tree(folder) if not path.startswith(".clusterpress")]
    return collect_files(folder, paths, target or PublishTarget(**options), settings)


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, _tag, attrs):
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def broken_links(content):
    """Return (page, path) for each link of a page, or of its compressed copy, that leads to no file."""
    broken = []
    for path, raw in content.items():
        if path.endswith((".html", ".html.gz")):
            broken += [(path, place) for place in _places(path, raw) if place not in content]
    return broken


@lru_cache(maxsize=4096)
def _places(path, raw):
    """Return the paths of the files that the links of a page lead to."""
    reader = _Links()
    reader.feed((gzip.decompress(raw) if path.endswith(".gz") else raw).decode())
    addresses = [urldefrag(urljoin(f"{HOME}{path}", link)).url.partition("?")[0] for link in reader.found]
    places = [address.removeprefix(HOME) for address in addresses if address.startswith(HOME)]
    return [f"{place}index.html" if place == "" or place.endswith("/") else place for place in places]


class CutError(Exception):
    """The power went off."""


class MemoryTarget:
    """A target in memory: a reader looks at it after each step, and the power may go off after some."""

    where = "a target in memory"

    keeps_history = has_history = False

    def __init__(self, content=(), *, workers=1, atomic=False):
        self.content = dict(content)
        self.workers, self.atomic = workers, atomic
        self.steps = []
        self.left = None
        self.broken = []

    def read(self, path):
        return self.content.get(path)

    def paths(self):
        return list(self.content)

    def put(self, path, content):
        self._begin("put", path)
        self.content[path] = content
        self.broken += broken_links(dict(self.content))

    def delete(self, path):
        self._begin("delete", path)
        self.content.pop(path, None)
        self.broken += broken_links(dict(self.content))

    def finish(self, message):
        self.steps.append(("finish", message))

    def _begin(self, verb, path):
        if self.left == 0:
            raise CutError
        if self.left is not None:
            self.left -= 1
        self.steps.append((verb, path))
