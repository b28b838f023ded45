"""Site generators: their folders and addresses, and their additions to Markdown."""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clusterpress.importing.addresses import name_of
from clusterpress.importing.texts.markdown import escape_address, escape_text, escape_title, outside_code
from clusterpress.values.kinds import Kind
from clusterpress.values.slugs import slugify

_POSTS = re.compile(r"(?:^|/)(?:_?posts?|_drafts|blog|news|articles?|_news)(?:/|$)")
_PAGES = re.compile(r"(?:^|/)_?pages(?:/|$)")
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|([^\s\"',)]+))")
_QUOTED = re.compile(r"[\"']([^\"']*)[\"']")
_MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)
_HUGO = re.compile(r"\{\{([<%])\s*(/?)([\w./-]+)((?:\"[^\"]*\"|[^\"])*?)/?[>%]\}\}")
_LINK_IN_HUGO = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+[\"']?([^\"'\s]+)[\"']?\s*[>%]\}\}")
_HIGHLIGHT = re.compile(
    r"(?:\{\{[<%]\s*highlight\s+[\"']?(\w*)[^>%]*[>%]\}\}|\{%-?\s*highlight\s+(\w*)[^%]*%\})\n?(.*?)\n?"
    r"(?:\{\{[<%]\s*/\s*highlight\s*[>%]\}\}|\{%-?\s*endhighlight\s*-?%\})",
    re.DOTALL,
)
_POST_URL = re.compile(r"\{%-?\s*(post_url|link)\s+([^\s%]+)\s*-?%\}")
_RELATIVE = re.compile(r"\{\{-?\s*[\"']([^\"']+)[\"']\s*\|\s*(?:relative_url|absolute_url)\s*-?\}\}")
_SITE = re.compile(r"\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}")
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_INCLUDE = re.compile(r"\{%-?\s*include\s+([\w./-]+)(.*?)-?%\}", re.DOTALL)
_ZOLA = re.compile(r"\{\{\s*([\w]+)\(([^)]*)\)\s*\}\}")
_ANY = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_SNIPPET = re.compile(r"^[ \t]*-{1,2}8<-{1,2}.*$", re.MULTILINE)
_ICON = re.compile(r":(?:material|fontawesome|octicons|simple)-[\w-]+:")
_VIDEO_HOSTS: Mapping[str, str] = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "x": "https://x.com/i/status/{}",
    "gist": "https://gist.github.com/{}",
}
_PICTURES = frozenset({"figure", "image", "img", "picture", "resize_image"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """The folder layout of a site generator."""

    name: str
    """Its name on the command line."""
    files: Sequence[str] = ()
    """Files at the top of a tree, one of which shows that it is one of its sites."""
    folders: Sequence[str] = ()
    """Folders at the top of a tree that show it as well."""
    needs_both: bool = False
    """Whether there must be such a file and such a folder."""
    roots: Sequence[str] = ("",)
    """Folders with items, in order of preference."""
    static: Sequence[str] = ()
    """Folders whose files are published at the root of the site."""
    address: str = ""
    """The default address of a post, with {year}, {month}, {day}, {slug} and {path}."""
    drafts: str = ""
    """Folder of drafts."""

    def detect(self, names: Collection[str]) -> bool:
        """Return whether a tree with these files is one of its sites."""
        has_file = any(name in names for name in self.files)
        has_folder = any(name.startswith(tuple(self.folders)) for name in names)
        return (has_file and has_folder) if self.needs_both else (has_file or has_folder)

    def kind_of(self, path: str, *, dated: bool) -> Kind:
        """Return the kind of a file: a page in a folder of pages or without a date, else news."""
        folder = path.rpartition("/")[0]
        is_draft = self.drafts and folder.startswith(self.drafts)
        is_news = not _PAGES.search(folder) and (dated or _POSTS.search(folder) or is_draft)
        return "news" if is_news else "page"

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


GENERATORS: Mapping[str, Generator] = {
    name: Generator(name=name, **fields)
    for name, fields in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
}
"""Name → generator, in the order of detection."""


def detect_generator(names: Collection[str]) -> Generator:
    """Return the generator of a tree."""
    return next((one for one in GENERATORS.values() if one.detect(names)), GENERATORS["plain"])


def convert_generator_shortcodes(text: str, report: Callable[[str], None]) -> str:
    """Return Markdown with the additions converted; ``report`` takes each one without an equivalent."""
    text = _HIGHLIGHT.sub(lambda found: f"\n```{found[1] or found[2] or ''}\n{found[3]}\n```\n", text)
    return outside_code(text, lambda part: _converted(part, report))


def cut_excerpt(text: str) -> tuple[str, str]:
    """Return the text before ``<!-- more -->`` (or ""), and the whole text without that mark."""
    found = _MORE.search(text)
    if not found:
        return "", text
    return text[: found.start()].strip(), _MORE.sub("", text[: found.end()]).rstrip() + text[found.end() :]


def _converted(text: str, report: Callable[[str], None]) -> str:
    text = _RAW.sub("", _SITE.sub("", text))
    text = _LINK_IN_HUGO.sub(lambda found: found[1], text)
    text = _POST_URL.sub(lambda found: f"/{'_posts/' * (found[1] == 'post_url')}{found[2]}", text)
    text = _RELATIVE.sub(lambda found: "/" + found[1].lstrip("/"), text)
    text = _HUGO.sub(lambda found: _shortcode(found[0], found[3], found[4], closing=bool(found[2])), text)
    text = _INCLUDE.sub(lambda found: _shortcode(found[0], found[1], found[2]), text)
    text = _ZOLA.sub(lambda found: _shortcode(found[0], found[1], found[2]), text)
    text = re.sub(r"[{|](?:filename|static|attach)[}|]", "", text)  # Pelican
    text = re.sub(r"[{|](author|category|tag|index|archives)[}|]", r"\1:", text)
    for pattern in (_ANY, _SNIPPET, _ICON):
        for found in pattern.finditer(text):
            report(found[0].strip().split("\n")[0])
    return text


def _shortcode(written: str, name: str, rest: str, *, closing: bool = False) -> str:
    """Return Markdown for a picture or video; other shortcodes unchanged."""
    attributes = {key.lower(): a.replace('\\"', '"') or b or c for key, a, b, c in _ATTRIBUTE.findall(rest)}
    base = name.rsplit("/", 1)[-1].removesuffix(".html").removesuffix(".md").lower()
    bare = rest.strip().strip("\"'")
    keys = ("src", "image_path", "url", "path", "image", "file")
    source = next((attributes[key] for key in keys if key in attributes), "")
    if closing:
        return "" if base in {"figure", "gallery"} else written
    if base in _PICTURES and (source or _QUOTED.fullmatch(rest.strip())):
        return _picture(source or bare, attributes)
    if base in _VIDEO_HOSTS:
        code = attributes.get("id") or (bare.split(maxsplit=1)[0] if bare and "=" not in bare else "")
        code = "/".join(bare.split()[:2]) if base == "gist" and "=" not in bare else code
        if code:
            address = _VIDEO_HOSTS[base].format(code.strip("\"'"))
            return f"[{attributes.get('title') or name_of(address)}]({address})"
    return written


def _picture(source: str, attributes: Mapping[str, str]) -> str:
    words = [attributes.get(key, "") for key in ("caption", "title", "attr", "credit")]
    caption = " · ".join(dict.fromkeys(word for word in words if word))
    title = f' "{escape_title(caption)}"' if caption else ""
    picture = f"![{escape_text(attributes.get('alt', ''))}]({escape_address(source)}{title})"
    return f"[{picture}]({escape_address(attributes['link'])})" if attributes.get("link") else picture
