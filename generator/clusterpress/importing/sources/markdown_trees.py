"""Trees of Markdown files for another site generator → records."""

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.importing.inventory import Inventory, Use
from clusterpress.importing.plan import SKIP, WORD_OF, Plan
from clusterpress.importing.records import Export, Record, Remark, Skipped
from clusterpress.importing.sources.encoding import decode
from clusterpress.importing.sources.html_files import has_front_matter, is_program, read_html_head
from clusterpress.importing.sources.layouts.files import TreeFiles
from clusterpress.importing.sources.layouts.layout import Layout
from clusterpress.importing.sources.layouts.registry import GENERATORS, Generator
from clusterpress.importing.sources.people import data_records
from clusterpress.importing.sources.tree_files import FileReader
from clusterpress.parsing.values import Value
from clusterpress.values.kinds import Kind

_MARKDOWN = re.compile(r"\.(?:md|mdx|markdown|mkd|mkdn|mdown)(?:\.txt)?$", re.IGNORECASE)
_HTML = re.compile(r"\.(?:html?|njk|liquid)$", re.IGNORECASE)
_PAGES = re.compile(r"\.html?$", re.IGNORECASE)
_OTHER_TEXTS = re.compile(r"\.(?:rst|org|adoc|asciidoc|textile|ipynb|docx|odt)$", re.IGNORECASE)
_TOP_FILES = re.compile(
    r"(?:readme|changelog|licen[cs]e|contributing|code_of_conduct|security|authors|todo)(?:\.\w+)+$",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(?:^|/)(?:node_modules|vendor|_site|_includes|_layouts|_sass|_data|themes|archetypes|layouts|templates|includes|partials)/"
)
_COLLECTION = re.compile(r"(?:^|/)_(?:posts|drafts|pages)/")
_MAX_SIZE = 5_000_000
"""Bytes of a text, at most; larger ones are no texts for readers."""

UNFORESEEN = (ValueError, TypeError, LookupError, AttributeError, RecursionError, RuntimeError)
"""What a file that no rule foresaw may raise: it must not end the import of all others."""
_START = 100
"""Bytes that show what a file is."""
_BY_FEED = 'import the site by its feed instead: "clusterpress import feed ADDRESS"'
_NO_FRONT_MATTER = f"an HTML page without front matter is not read; convert it to Markdown, or {_BY_FEED}"

Read = Callable[[str], bytes]


def read_tree(
    names: Sequence[str],
    read: Read,
    generator: Generator,
    name: str,
    settings: Settings,
    mapped: Mapping[str, str] | None = None,
    *,
    kinds: Mapping[str, Kind | None] | None = None,
    today: date | None = None,
) -> Export:
    """Return the content of a tree of Markdown files.

    Args:
        names: all files, relative to the tree, with forward slashes.
        read: returns the bytes of one, or raises `OSError`.
        generator: of the tree.
        name: of the tree, for the report.
        settings: of the receiving site, with its key mapping.
        mapped: foreign key → our key, in addition to that mapping.
        kinds: folder → kind of its items, or None to leave it out; as a plan says.
        today: items of later days are not yet published; None if that does not matter.
    """
    tree = TreeFiles(names, read)
    layout = _layout_of(tree, generator)
    known = {**settings.front_matter, **(mapped or {})}
    reader = FileReader(tree, layout, generator.name, settings, known, kinds or {}, today, Inventory())
    records: list[Record] = [*_safely_listed(tree, known, kinds or {})]
    skipped: list[Skipped] = []
    for path in sorted(names):
        reason = skip_reason(path, layout)
        found = _read_safely(reader, path) if reason is None else reason or _reason_of_export(reader, path)
        if isinstance(found, Record):
            records.append(found)
        elif found:
            skipped.append(Skipped(place=path, what=posixpath.basename(path), why=found))
    return Export(
        name=name,
        records=tuple(records),
        skipped=(*skipped, *_dropped_keys(reader, name)),
        remarks=tuple((path, line, Remark(message)) for path, line, message in tree.faults),
        hosts=layout.hosts,
        base=layout.base,
        static=layout.static,
        plan=_plan(records, reader, layout),
    )


def _dropped_keys(reader: FileReader, name: str) -> list[Skipped]:
    return [
        Skipped(place=name, what=f'the key "{row.name}"', why=row.note, count=row.count)
        for row in reader.inventory.rows
        if row.sort == "key" and row.use is Use.NOT_NEEDED
    ]


def _layout_of(tree: TreeFiles, generator: Generator) -> Layout:
    """Return the layout of a tree; by its folders only, if its settings cannot be understood."""
    try:
        layout = generator.read_layout(tree)
        has_texts = any(_MARKDOWN.search(name) and layout.is_inside(name) for name in tree.names)
        # Only the folder of texts may be there, without the settings around it.
        return layout if has_texts else replace(layout, roots=(*layout.roots, ("", "")))
    except UNFORESEEN as error:
        message = f"its settings cannot be understood ({type(error).__name__}), so addresses may be missing"
        tree.faults.append((f"settings of {generator.name}", 1, message))
        return GENERATORS["plain"].read_layout(tree)


def skip_reason(path: str, layout: Layout) -> str | None:
    """Return why a file is left out; None if it may become an item, "" if it is not a text."""
    base = posixpath.basename(path)
    if _OTHER_TEXTS.search(base):
        return "only Markdown and HTML are read; convert it first"
    inside = path.removeprefix(layout.root_of(path)[0])
    in_collection = _is_in_collection(path, layout)
    if not (_MARKDOWN.search(base) or _HTML.search(base)) or "node_modules/" in path:
        return ""
    if (
        _HTML.search(base)
        and not in_collection
        and (_PARTS.search(f"/{inside}") or not layout.is_inside(path))
    ):
        return ""
    if not layout.is_inside(path) or _TOP_FILES.match(inside):
        return "it belongs to the generator, not to the content"
    if not in_collection and (_PARTS.search(f"/{inside}") or _is_part(inside)):
        return "it is a part of other pages"
    return None


def _is_in_collection(path: str, layout: Layout) -> bool:
    return bool(_COLLECTION.search(path)) or any(
        one.folder and path.startswith(one.folder) and "_" in one.folder for one in layout.collections
    )


def _is_part(inside: str) -> bool:
    *folders, base = inside.split("/")
    hidden = any(part.startswith((".", "_")) for part in folders)
    return hidden or (base.startswith(("_", ".")) and not base.startswith("_index."))


def _read_safely(reader: FileReader, path: str) -> Record | str:
    """Return the record of a file, or why there is none; no single file may end the import of all others."""
    try:
        raw = reader.tree.read(path)
    except OSError as error:
        return f"it cannot be read: {error.strerror or error}"
    if len(raw) > _MAX_SIZE:
        return f"it has {len(raw) // 1_000_000} MB, too much for a text"
    if _HTML.search(path) and (reason := _template_reason(reader, path, raw)) is not None:
        return reason
    try:
        return reader.record(path, raw)
    except UNFORESEEN as error:
        return f"its content cannot be understood ({type(error).__name__}: {error})"


def _template_reason(reader: FileReader, path: str, raw: bytes) -> str | None:
    """Return why an HTML file or template is no item; "" if it is a mere file, None if it is one."""
    layout = reader.layout
    if _is_in_collection(path, layout) and _PAGES.search(path):
        return None
    if path.startswith(tuple(one for one in layout.static if one and one not in dict(layout.roots))):
        return ""  # it was published as it is
    text = decode(raw).text
    is_page = has_front_matter(text) or (reader.generator == "pelican" and read_html_head(text) is not None)
    if not is_page and _PAGES.search(path):
        return _NO_FRONT_MATTER if reader.generator == "plain" else ""
    if is_program(text) or not is_page:
        return "a program makes its text: write what readers need of it in Markdown"
    return None


def _reason_of_export(reader: FileReader, path: str) -> str:
    """Return why the export of Ghost is left out; "" for any other file."""
    if reader.generator != "plain" or not path.endswith(".json"):
        return ""
    try:
        start = reader.tree.read(path)[:_START]
    except OSError:
        return ""
    return f"exports of Ghost are not read; {_BY_FEED}" if start.lstrip().startswith(b'{"db":') else ""


def _safely_listed(
    tree: TreeFiles, mapped: Mapping[str, str], kinds: Mapping[str, Kind | None]
) -> Iterator[Record]:
    try:
        yield from data_records(tree, mapped, kinds)
    except UNFORESEEN as error:
        tree.faults.append(("data", 1, f"a data file cannot be understood ({type(error).__name__})"))


def _plan(records: Sequence[Record], reader: FileReader, layout: Layout) -> Plan:
    """Return the folders of a tree with the kinds of their items, and its keys.

    An import that obeys the plan unchanged does the same as one without it: a file of another kind than most
    of its folder is listed too, and a key with several meanings is left to the import.
    """
    plan = Plan()
    titles = [(one.place, WORD_OF[one.kind], str(one.values.get("title", ""))) for one in records]
    titles += [(path, SKIP, posixpath.basename(path)) for path in reader.left_out]
    folders: dict[str, Counter[str]] = {}
    for path, target, _ in titles:
        folders.setdefault(folder_of(path, layout), Counter())[target] += 1
    usual = {folder: found.most_common(1)[0][0] for folder, found in folders.items()}
    for path, target, title in titles:
        folder = folder_of(path, layout)
        plan.kind(folder if target == usual[folder] else path, target, title)
    for key, found in sorted(reader.keys.items()):
        meanings = {ours for ours, _ in found}
        target = meanings.pop() if len(meanings) == 1 else ""
        for _, example in found:
            plan.key(key, target, _shown(example))
    return plan


def folder_of(path: str, layout: Layout) -> str:
    """Return the folder under which a plan lists a file: its collection, or its section."""
    collection = layout.collection_of(path).folder
    root = layout.root_of(path)[0]
    section = path.removeprefix(root).partition("/")
    found = f"{root}{section[0]}" if section[1] else root
    return max((collection.rstrip("/"), found.rstrip("/")), key=len) or "."


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else ", ".join(map(str, value))
