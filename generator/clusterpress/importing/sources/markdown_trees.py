"""Trees of Markdown files for another site generator → records."""

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from clusterpress.config.settings import Settings
from clusterpress.content.front_matter import split_heading
from clusterpress.content.paths import FileName, read_name
from clusterpress.importing.addresses import host_of
from clusterpress.importing.records import Export, Record, Remark, Skipped
from clusterpress.importing.sources.front_matter import ForeignFile, MappedKeys, map_keys, read_foreign_file
from clusterpress.importing.sources.generators import Generator, convert_generator_shortcodes, cut_excerpt
from clusterpress.parsing.source_text import decode_source
from clusterpress.parsing.values import Value
from clusterpress.parsing.yaml_text import read_yaml
from clusterpress.values.kinds import Kind
from clusterpress.values.slugs import slugify

_MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")
_OTHER_TEXTS = (".rst", ".org", ".adoc", ".textile", ".ipynb")
_TOP_FILES = re.compile(r"(?:readme|changelog|licen[cs]e|contributing|code_of_conduct)\.\w+$", re.IGNORECASE)
_LIST_FOLDERS = frozenset({"", "blog", "posts", "news", "articles", "blog/posts"})
"""Folders whose index is a list of items."""
_SITE_ADDRESS = re.compile(
    r"^\s*(?:baseURL|baseurl|base_url|url|site_url|SITEURL)\s*[:=]\s*[\"']?(https?://[^\s\"']+)", re.MULTILINE
)
_CONFIGS = (
    "hugo.toml", "hugo.yaml", "config.toml", "config.yaml", "zola.toml", "_config.yml", "mkdocs.yml",
    "mkdocs.yaml", "pelicanconf.py", "publishconf.py",
)  # fmt: skip
_AUTHOR_KEYS = {"description": "role", "bio": "role", "url": "url", "website": "url"}
_MAX_SUMMARY_LENGTH = 300
"""Characters of an excerpt that can serve as summary, at most."""

Read = Callable[[str], bytes]


def read_tree(
    names: Sequence[str],
    read: Read,
    generator: Generator,
    name: str,
    settings: Settings,
    mapped: Mapping[str, str] | None = None,
) -> Export:
    """Return the content of a tree of Markdown files.

    Args:
        names: all files, relative to the tree, with forward slashes.
        read: returns the bytes of one.
        generator: of the tree.
        name: of the tree, for the report.
        settings: of the receiving site, with its key mapping.
        mapped: foreign key → our key, in addition to that mapping.
    """
    known = {**settings.front_matter, **(mapped or {})}
    reader = _TreeReader(generator.root_of(names), read, generator, settings, known)
    records, skipped_files = [], []
    for path in sorted(names):
        reason = reader.skip_reason(path)
        if reason:
            skipped_files.append(Skipped(place=path, what=posixpath.basename(path), why=reason))
        elif reason is None:
            records.append(reader.record(path))
    dropped = [
        Skipped(place=name, what=f'the key "{key}"', why=f"it only configured {generator.name}", count=count)
        for key, count in sorted(reader.dropped.items())
    ]
    config = "\n".join(read(path).decode("utf-8", "replace") for path in _CONFIGS if path in names)
    return Export(
        name=name,
        records=(*_authors(names, read), *records),
        skipped=(*skipped_files, *dropped),
        hosts=frozenset(filter(None, map(host_of, _SITE_ADDRESS.findall(config)))),
        static=tuple(generator.static),
    )


@dataclass(slots=True)
class _TreeReader:
    root: str
    read: Read
    generator: Generator
    settings: Settings
    mapped: Mapping[str, str]
    dropped: Counter[str] = field(default_factory=Counter)

    def skip_reason(self, path: str) -> str | None:
        """Return why a file is left out; None if it becomes an item, "" if it is not a text."""
        base = posixpath.basename(path).lower()
        if base.endswith(_OTHER_TEXTS):
            return "only Markdown and HTML are read; convert it first"
        is_post = base.endswith((".html", ".htm")) and path.startswith(("_posts/", "_pages/"))
        if not (base.endswith(_MARKDOWN) or is_post) or "node_modules/" in path:
            return ""
        inside = path.removeprefix(self.root)
        if not path.startswith(self.root) or _TOP_FILES.match(inside):
            return "it belongs to the generator, not to the content"
        is_home = base.startswith("index.") and posixpath.dirname(inside) in _LIST_FOLDERS
        if is_home or base.startswith("_index."):
            return "the site makes lists and home pages itself; move its text to a page"
        parts = inside.split("/")
        if base.startswith("_") or any(part.startswith((".", "_includes", "_layouts")) for part in parts):
            return "it is a part of other pages"
        return None

    def record(self, path: str) -> Record:
        text, faults = decode_source(self.read(path), path)
        if faults:
            text = self.read(path).decode("cp1252", "replace").replace("\r\n", "\n")
        foreign = read_foreign_file(text, path)
        inside = path.removeprefix(self.root)
        file = read_name(f"{inside.rpartition('.')[0]}.md", self.settings.languages)
        date_keys = {"date", "created", "pubdate"} & {key.casefold() for key in foreign.values}
        kind = self.generator.kind_of(inside, dated=bool(file.date or date_keys))
        keys = map_keys(foreign.values, kind, self.mapped)
        self.dropped.update(keys.dropped)
        body = self._body(foreign, keys)
        self._normalise(keys, file, kind, inside)
        for fault in (*faults, *foreign.problems):
            keys.remarks.append(Remark(f"{path}: line {fault.line}: {fault.message}", fault.hint))
        slug = str(keys.values.pop("slug", "")) or file.stem
        bundle = posixpath.basename(inside).lower().startswith("index.")
        place, date = posixpath.dirname(inside) if bundle else inside, str(keys.values.get("date", file.date))
        address = keys.address or self.generator.address_of(place, date, slugify(slug))
        found = (f"/{path}", f"/{inside}", f"/{path.rpartition('.')[0]}", address, *keys.aliases)
        at_folder = (f"/{posixpath.dirname(path)}", f"/{posixpath.dirname(inside)}") if bundle else ()
        asked = address if kind == "news" or keys.address else ""
        return Record(
            place=path,
            kind=kind,
            stem=slugify(slug),
            folder=_folder(inside, kind, bundle=bundle),
            lang=str(keys.values.pop("lang", "") or file.language),
            identity=str(keys.values.pop("id", "")),
            values=keys.values,
            terms=tuple(dict.fromkeys(keys.terms)),
            text=body,
            form="html" if path.endswith((".html", ".htm")) else "markdown",
            base=path,
            addresses=tuple(filter(None, (*found, *at_folder))),
            aliases=tuple(dict.fromkeys(filter(None, (asked, *keys.aliases)))),
            group=keys.group,
            remarks=tuple(keys.remarks),
        )

    def _body(self, foreign: ForeignFile, keys: MappedKeys) -> str:
        unknown: list[str] = []
        body = convert_generator_shortcodes(foreign.body, unknown.append)
        opening = split_heading(body)
        if opening and opening.title == keys.values.setdefault("title", opening.title):
            body = opening.rest
        for mark in dict.fromkeys(unknown):
            hint = "write its content in Markdown"
            keys.remarks.append(Remark(f"{mark} is unknown here; it stays as written", hint, mark))
        before, body = cut_excerpt(body)
        if before and len(before) <= _MAX_SUMMARY_LENGTH and "\n\n" not in before:
            keys.values.setdefault("summary", before)
        return body

    def _normalise(self, keys: MappedKeys, file: FileName, kind: Kind, inside: str) -> None:
        """Complete the date from the file's name, and the draft state from its folder."""
        if "date" not in keys.values and file.date and kind != "page":
            keys.values["date"] = file.date
        if kind == "page":
            date = keys.values.pop("date", "")
            if date and "updated" not in keys.values:
                keys.values["updated"] = date
        if self.generator.drafts and inside.startswith(self.generator.drafts):
            keys.values["draft"] = "true"
        if keys.values.get("draft") in ("false", "no"):
            del keys.values["draft"]


def _folder(inside: str, kind: Kind, *, bundle: bool) -> str:
    parts = [slugify(part) for part in posixpath.dirname(inside).split("/") if part]
    if kind == "page":
        parts = [part for part in parts if part not in {"pages", "page"}]
        return "/".join(parts[:-1] if bundle else parts)
    return parts[-1] if bundle and parts else ""


def _authors(names: Sequence[str], read: Read) -> Iterator[Record]:
    """Yield the authors of the ``authors.yml`` of Material and Jekyll."""
    for path in names:
        if posixpath.basename(path) not in {".authors.yml", "authors.yml"}:
            continue
        text, _ = decode_source(read(path), path)
        reading = read_yaml(text, path)
        people = reading.values.get("authors", reading.values)
        for slug, one in people.items() if isinstance(people, dict) else ():
            if isinstance(one, dict) and isinstance(one.get("name"), str):
                yield _author(path, reading.lines.get(slug, (1, 1))[0], slug, one)


def _author(path: str, line: int, slug: str, one: Mapping[str, Value]) -> Record:
    values: dict[str, Value] = {"title": one["name"], "names": [slug]}
    for key, ours in _AUTHOR_KEYS.items():
        if isinstance(one.get(key), str):
            values.setdefault(ours, one[key])
    remarks = tuple(
        Remark(f'the key "{key}" of this author was left out', f"it is in {path}")
        for key in one
        if key != "name" and key not in _AUTHOR_KEYS
    )
    return Record(
        place=path, line=line, kind="author", stem=slugify(slug), values=values, form="markdown", base=path,
        remarks=remarks,
    )  # fmt: skip
