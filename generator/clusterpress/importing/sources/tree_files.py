"""One file of a foreign tree → one record."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct, field

from clusterpress.config.settings import Settings
from clusterpress.content.front_matter import split_heading
from clusterpress.importing.addresses import alias_of
from clusterpress.importing.inventory import Inventory, Use
from clusterpress.importing.records import Record, Remark
from clusterpress.importing.sources.encoding import Decoded, decode
from clusterpress.importing.sources.front_matter import ForeignFile, MappedKeys, map_keys, read_foreign_file
from clusterpress.importing.sources.html_files import read_html_head
from clusterpress.importing.sources.layouts.files import TreeFiles
from clusterpress.importing.sources.layouts.layout import Layout, make_slug
from clusterpress.importing.sources.tree_addresses import AddressFinder, folder_categories
from clusterpress.importing.sources.tree_dates import complete_dates, complete_issue, complete_state
from clusterpress.importing.sources.tree_places import (
    Place,
    find_place,
    item_folder,
    kind_of_file,
    planned_kind,
)
from clusterpress.importing.texts.foreign_markdown import ForeignText, comment_of, convert_foreign
from clusterpress.parsing.values import Value
from clusterpress.sources.front_matter import plain_value
from clusterpress.values.kinds import RECORD_KINDS, Kind
from clusterpress.values.problems import count
from clusterpress.values.slugs import slugify

_HTML = re.compile(r"\.(?:html?|njk|liquid)$", re.IGNORECASE)
_MORE = re.compile(r"<!--\s*more\s*-->|<!--\s*truncate\s*-->|\{/\*\s*truncate\s*\*/\}", re.IGNORECASE)
_COLLECTION_TAGS = frozenset(
    "post posts page pages all nav blog news article articles event events".split()  # noqa: SIM905
)
"""Tags that only make collections of Eleventy."""
_SOURCE_FOLDER = re.compile(r"(?<=[(\"'])[~@]/(?=[\w-])")
_NO_TEXT = re.compile(r"<!--.*?(?:-->|\Z)|^#[^\n]*$|<[^<>]*>", re.DOTALL | re.MULTILINE)
_MAX_SUMMARY_LENGTH = 300
"""Characters of an excerpt that can serve as summary, at most."""
_MAX_MARK_LENGTH = 80
_MAX_NULS = 3
"""Null bytes at the start of a text, at most: a stray one is left out."""
_UTF16 = frozenset({b"\xff\xfe", b"\xfe\xff"})


class FileReader(Struct):
    """Reads the files of one tree."""

    tree: TreeFiles
    layout: Layout
    generator: str
    settings: Settings
    mapped: Mapping[str, str]
    """Foreign key → our key."""
    kinds: Mapping[str, Kind | None]
    """Folder → kind, or None to leave it out, as a plan says."""
    today: date | None
    inventory: Inventory
    keys: dict[str, list[tuple[str, Value]]] = field(default_factory=dict)
    """Key → what it became and its value, for each file that has it."""
    identities: set[str] = field(default_factory=set)
    """Identifiers of the records so far."""
    left_out: list[str] = field(default_factory=list)
    """Files that the plan leaves out."""

    def record(self, path: str, raw: bytes) -> Record | str:
        """Return the record of a file, or why there is none.

        Args:
            path: relative to the tree.
            raw: its bytes.
        """
        if raw[:2] not in _UTF16 and raw[:4096].count(b"\0") > _MAX_NULS:
            return "it is not a text"
        place = find_place(path, self.layout, self.settings, has_indexes=self.generator != "pelican")
        planned, kind = planned_kind(path, self.kinds)
        if planned and kind is None:
            self.left_out.append(path)
            return "the plan leaves it out"
        decoded = decode(raw)
        foreign = self._foreign_file(decoded.text, path)
        values = self._with_defaults(foreign.values, place)
        kind = kind or kind_of_file(place, values, self.settings)
        splits = self.layout.splits_words
        keys = map_keys(values, kind, self.mapped, self.layout.taxonomies, splits_words=splits)
        self._count_keys(keys, values, path)
        text = self._text(foreign.body, keys, values, place)
        if place.is_list and kind not in RECORD_KINDS and not re.search(r"\w", _NO_TEXT.sub("", text.text)):
            return "the site makes lists and home pages itself, and it has no text of its own"
        if kind == "page" and "404" in {place.neutral, keys.address.strip("/").removesuffix(".html")}:
            return "the site makes its own page for addresses that do not exist"
        keys.remarks += _remarks(decoded, foreign, text, path)
        return self._assemble(place, kind, keys, _body(text, keys))

    def _foreign_file(self, text: str, path: str) -> ForeignFile:
        """Return keys and body; in HTML files of Pelican, the head of the page has the keys."""
        found = read_html_head(text) if self.generator == "pelican" and _HTML.search(path) else None
        is_pelican = self.generator == "pelican"
        return ForeignFile(*found) if found else read_foreign_file(text, path, is_pelican=is_pelican)

    def _with_defaults(self, own: Mapping[str, Value], place: Place) -> dict[str, Value]:
        """Return the keys of a file, and those that the settings give it."""
        written = {key.lower() for key in own}
        written |= {"author"} if "authors" in written else set()
        given = self.layout.defaults_of(place.path, place.collection.name)
        plain = {key: value for key, one in given.items() if (value := plain_value(one))}
        found = {key: value for key, value in plain.items() if key.lower() not in written} | dict(own)
        if self.generator == "eleventy" and "tags" in plain and "tags" in own:
            found["tags"] = [*_as_list(own["tags"]), *_as_list(plain["tags"])]
        return found

    def _count_keys(self, keys: MappedKeys, values: Mapping[str, Value], path: str) -> None:
        self.inventory.at(path, 1)
        for key, ours in keys.ours.items():
            if ours == "drop":
                self.inventory.add("key", key, Use.NOT_NEEDED, f"it only configured {self.generator}")
            self.keys.setdefault(key, []).append((ours, values.get(key, "")))

    def _text(self, body: str, keys: MappedKeys, values: Mapping[str, Value], place: Place) -> ForeignText:
        """Return the body in our dialect, without a heading that is the title."""
        plain = {key.lower(): value for key, value in values.items() if isinstance(value, str)}
        variables = {
            f"{start}{key}": one for key, one in plain.items() for start in ("page.", "", "frontmatter.")
        }
        variables |= {key.lower(): one for key, one in self.layout.variables.items()}
        if self.generator == "astro":
            body = _SOURCE_FOLDER.sub("/src/", body)
        is_mdx = place.path.lower().endswith(".mdx") or self.generator == "docusaurus"
        found = convert_foreign(
            body, self.generator, variables, lambda name: self._snippet(name, place), is_mdx=is_mdx
        )
        opening = split_heading(found.text)
        if opening and opening.title == keys.values.setdefault("title", opening.title):
            found.text = opening.rest
        return found

    def _snippet(self, name: str, place: Place) -> str:
        """Return the text of a file that a text includes; "" if there is none."""
        bare = name.partition(":")[0].lstrip("/")
        folders = (
            "",
            self.layout.root_of(place.path)[0],
            "includes",
            "snippets",
            posixpath.dirname(place.path),
        )
        paths = (posixpath.join(folder, bare) for folder in folders)
        return next((self.tree.text(path) for path in paths if path in self.tree.known), "")

    def _assemble(self, place: Place, kind: Kind, keys: MappedKeys, body: str) -> Record:
        lang = str(keys.values.pop("lang", "") or place.lang).replace("_", "-")
        moment = complete_dates(place, kind, keys, self.settings)
        complete_state(place, kind, keys)
        if kind == "issue":
            complete_issue(place, keys, tuple(self.settings.newsletters))
        if kind == "author":
            names = _as_list(keys.values.get("names", []))
            keys.values["names"] = [*dict.fromkeys(map(str, [*names, place.name.stem]))]
        slug = str(keys.values.pop("slug", ""))
        finder = AddressFinder(
            layout=self.layout, generator=self.generator, place=place, kind=kind, keys=keys, moment=moment,
            lang=lang, slug=slug,
        )  # fmt: skip
        published = finder.published()
        self._complete_terms(place, keys)
        return Record(
            place=place.path,
            kind=kind,
            stem=_stem(place, keys, slug),
            folder=item_folder(place, kind),
            lang=lang,
            identity=self._identity(keys.values.pop("id", "")),
            values=keys.values,
            terms=tuple(dict.fromkeys(keys.terms)),
            text=body,
            form="html" if _HTML.search(place.path) else "markdown",
            base=place.path,
            addresses=tuple(dict.fromkeys(filter(None, finder.linked(published)))),
            aliases=tuple(dict.fromkeys(filter(None, map(alias_of, published)))),
            group=self._group(place, kind, keys, slug),
            is_scheduled=bool(self.today and moment and kind == "news" and moment.day > self.today),
            remarks=tuple(keys.remarks),
        )

    def _identity(self, written: Value) -> str:
        """Return the identifier of an item; "" if it has none, or if another one has it already."""
        if not isinstance(written, str) or written in self.identities:
            return ""
        self.identities.add(written)
        return written

    def _complete_terms(self, place: Place, keys: MappedKeys) -> None:
        """Add the categories that folders stand for; take out the tags that only made collections."""
        has_category = any(taxonomy == "category" for taxonomy, _ in keys.terms)
        if not (self.generator == "pelican" and has_category):
            names = folder_categories(place, self.generator)
            keys.terms += [("categories", name) for name in names if name != place.lang]
        if self.generator == "eleventy":
            keys.terms = [
                (taxonomy, name)
                for taxonomy, name in keys.terms
                if taxonomy != "tags" or name.lower() not in _COLLECTION_TAGS
            ]

    def _group(self, place: Place, kind: Kind, keys: MappedKeys, slug: str) -> str:
        """Return the key that translations of one text share; in Pelican they share the slug."""
        own = keys.group
        if not own and self.generator == "pelican":
            own = slug or make_slug(str(keys.values.get("title", "")), "ascii")
        return f"{kind}:{own or place.neutral}"


def _stem(place: Place, keys: MappedKeys, slug: str) -> str:
    own = slug.strip("/").rpartition("/")[2]
    names = (own, place.name.stem, str(keys.values.get("title", "")))
    return next((found for name in names if (found := slugify(name))), "")


def _body(text: ForeignText, keys: MappedKeys) -> str:
    """Return a text without its excerpt mark, and with what is hidden at its end."""
    body = text.text
    if found := _MORE.search(body):
        before = body[: found.start()].strip()
        body = _MORE.sub("", body[: found.end()]).rstrip() + body[found.end() :]
        if before and len(before) <= _MAX_SUMMARY_LENGTH and "\n\n" not in before:
            keys.values.setdefault("summary", before)
    hidden = comment_of(text.hidden)
    return f"{body.rstrip()}\n\n{hidden}" if hidden else body


def _as_list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


def _remarks(decoded: Decoded, foreign: ForeignFile, text: ForeignText, path: str) -> Iterator[Remark]:
    """Yield what reading a file has found; each remark names the file of the old site."""
    if decoded.dropped:
        dropped = count(decoded.dropped, "control character")
        yield Remark(f"{path}, line {decoded.line}: {dropped} left out")
    if decoded.guessed:
        message = f"{path}: {count(decoded.guessed, 'byte')} not in UTF-8, read as Windows-1252"
        yield Remark(message, "check its accents")
    for fault in foreign.problems:
        yield Remark(f"{path}, line {fault.line}: {fault.message}", fault.hint)
    hint = "it is in a comment at the end of the text: write its content in Markdown if readers need it"
    for mark, number in text.hidden.items():
        message = f"{_place_of(mark, decoded, path)} has no equivalent, and is hidden{_times(number)}"
        yield Remark(message, hint, "<!-- Not shown here:")
    for mark, number in text.comments.items():
        message = (
            f"{_place_of(mark, decoded, path)} is a comment of the old site, and was left out{_times(number)}"
        )
        yield Remark(message, "write it between <!-- and --> if readers may find it in the page")


def _place_of(mark: str, decoded: Decoded, path: str) -> str:
    """Return file, line and beginning of a mark."""
    shown = " ".join(mark.split())
    shown = f"{shown[: _MAX_MARK_LENGTH - 1]}…" if len(shown) > _MAX_MARK_LENGTH else shown
    line = decoded.text.count("\n", 0, max(decoded.text.find(mark), 0)) + 1
    return f"{path}, line {line}: {shown}"


def _times(number: int) -> str:
    return f", {number} times" if number > 1 else ""
