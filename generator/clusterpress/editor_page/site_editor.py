"""The editor on a site: the page ``/admin/`` and its data, which contain nothing that is not published.

The page reads and writes the repository through the interface of its host, with the access of the person who
signs in. From the build, it only has the forms, the words and the list of published items.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache, partial
from html import escape
from importlib.resources.abc import Traversable

from clusterpress.config.editor import EditorSettings
from clusterpress.config.settings import Settings
from clusterpress.content.serialise import key_order
from clusterpress.editor_page.assets import WEB
from clusterpress.editor_page.forms import Choices, Form, folders_of, make_form, section_fields
from clusterpress.editor_page.rows import make_row
from clusterpress.editor_page.words import Words, words_of
from clusterpress.library.library import Library
from clusterpress.newsletters.names import path_of
from clusterpress.newsletters.new_issue import first_values
from clusterpress.theme.content_security import NONE, SELF, Policy, add_policy
from clusterpress.values.digests import digest, join_digests
from clusterpress.values.kinds import (
    FOLDER_OF,
    FOLDERS,
    KEYS_OF_ONE_VERSION,
    KINDS,
    PROSE_KEYS,
    TAXONOMIES,
    Kind,
)
from clusterpress.values.outputs import Output

FOLDER = "admin/"
"""Folder of the editor on the site."""
_HOSTS = {"github": "GitHub", "gitlab": "GitLab"}
_LOCAL_PAGE = "editor.html"
_PAGE = "hosted/admin.html"


def outputs(library: Library, settings: Settings) -> Iterator[Output]:
    """Yield the files of the editor; none if the settings do not ask for it.

    The files of the page lie in a folder that is named by their digest: browsers never mix two versions.
    """
    editor = settings.editor
    if editor is None:
        return
    assets = _assets()
    version = digest(*sorted(assets.items())).hex()[:8]
    for name, content in assets.items():
        yield Output(path=f"{FOLDER}{version}/{name}", make=partial(make_asset, content=content))
    words = words_of(settings.language)
    page = partial(
        make_page, template=_read(_PAGE), editor=editor, site=settings.name, words=words, version=version
    )
    yield Output(path=f"{FOLDER}index.html", make=page)
    entries = PublishedEntries(library)
    yield Output(
        path=f"{FOLDER}site.json", make=partial(make_site, settings=settings, entries=entries, words=words)
    )
    yield Output(
        path=f"{FOLDER}items.json", make=partial(make_items, languages=settings.languages, entries=entries)
    )


class PublishedEntries:
    """The published entries of a library; the digest covers what the editor shows of them."""

    def __init__(self, library: Library) -> None:
        self.entries = tuple(entry for entry in library.entries if entry.state == "published")
        self.terms = tuple(
            (taxonomy, term.name)
            for (taxonomy, _), terms in library.by_term.items()
            for term in terms
            if term.record is None
        )
        cards = join_digests([entry.card_dependency_digest for entry in self.entries])
        places = tuple((entry.path, entry.url) for entry in self.entries)
        self.digest = digest(cards, library.shared_digest, self.terms, places)

    def choices(self, settings: Settings) -> Choices:
        """Return what the fields of forms offer."""
        records: dict[str, dict[str, str]] = {}
        for entry in self.entries:
            if entry.lang == settings.language or entry.kind not in records:
                records.setdefault(entry.kind, {}).setdefault(entry.slug, entry.title)
        fields = {one.name: one.field for one in TAXONOMIES}
        names: dict[str, set[str]] = {}
        for taxonomy, name in self.terms:
            names.setdefault(fields.get(taxonomy, taxonomy), set()).add(name)
        return Choices(
            settings=settings,
            records={
                kind: tuple(sorted(found.items(), key=lambda pair: pair[1].casefold()))
                for kind, found in records.items()
            },
            names={key: tuple(sorted(found)) for key, found in names.items() if key != "tags"},
            tags=tuple(sorted(names.get("tags", ()), key=str.casefold)),
        )


def make_asset(*, content: bytes) -> bytes:
    """Return a file of the editor's page: a maker."""
    return content


def make_page(*, template: bytes, editor: EditorSettings, site: str, words: Words, version: str) -> bytes:
    """Return the page ``/admin/``: a maker.

    Args:
        template: the page without the parts that differ from site to site.
        editor: the settings of the editor.
        site: name of the site.
        words: of the editor.
        version: folder of the files of the page.
    """
    parts = {"title": f"{words['ui']['editor']}: {site}", "language": words["language"], "version": version}
    page = template.decode()
    for name, value in parts.items():
        page = page.replace(f"{{{name}}}", escape(value))
    return add_policy(page.encode(), _policy(editor))


def _policy(editor: EditorSettings) -> Policy:
    """Return what the page may do: load its own files, and talk to the host of the repository."""
    api = editor.api.split("/")
    origins = dict.fromkeys(("/".join(api[:3]), *([editor.web] if editor.app_id else [])))
    return {
        "default-src": (NONE,),
        "script-src": (SELF,),
        "style-src": (SELF,),
        "img-src": (SELF, "blob:", "data:"),
        "connect-src": (SELF, *origins),
        "base-uri": (NONE,),
        "form-action": (NONE,),
    }


def make_site(*, settings: Settings, entries: PublishedEntries, words: Words) -> bytes:
    """Return what the page needs to know about the site, as JSON: a maker."""
    editor = settings.editor
    assert editor is not None  # noqa: S101 -- `outputs` yields nothing without
    choices = entries.choices(settings)
    folders = {
        folder: kind
        for folder, kind in folders_of(settings).items()
        if kind != "issue" or settings.newsletters
    }
    ui: Words = {**words["ui"], **words["hosted"]}
    return _json(
        {
            "site": settings.name,
            "root": settings.root,
            "languages": list(settings.languages),
            "kinds": [
                {"folder": folder, "kind": kind, **words["kinds"][kind]} for folder, kind in folders.items()
            ],
            "words": words | {"ui": ui, "hosted": {}},
            "forms": {folder: _form(kind, choices, entries, words) for folder, kind in folders.items()},
            "paths": {folder: path_pattern(folder, kind, settings) for folder, kind in folders.items()},
            "order": {kind: key_order(kind) for kind in KINDS},
            "keys": dict(settings.front_matter),
            "prose": sorted(PROSE_KEYS),
            "of_one_version": sorted(KEYS_OF_ONE_VERSION),
            "host": _describe_host(editor),
        }
    )


def _describe_host(editor: EditorSettings) -> dict[str, str]:
    names = ("backend", "repo", "branch", "folder", "api", "web", "auth", "app_id")
    return {"name": _HOSTS[editor.backend], **{name: getattr(editor, name) for name in names}}


def _form(kind: Kind, choices: Choices, entries: PublishedEntries, words: Words) -> Form:
    """Return the form of a kind; the page sets the date of new items."""
    form = make_form(kind, choices, words)
    if kind == "issue":
        form["section"] = section_fields(choices, words)
        newsletter = form["values"].get("newsletter", "")
        earlier = [
            int(entry.card.number)
            for entry in entries.entries
            if entry.kind == "issue"
            and entry.lang == choices.settings.language
            and entry.card.number.isdecimal()
            and f"/{newsletter}/" in entry.path
        ]
        name = choices.settings.newsletters[newsletter].name
        values: Form = first_values(name, earlier, {})
        form["values"] = {**values, **form["values"]}
    return form


def path_pattern(folder: str, kind: Kind, settings: Settings) -> str:
    """Return where new items of a folder go: ``content/news/{year}/{slug}``, without language and ending."""
    own = (one.strip("/") for one, its_kind in settings.kinds.items() if its_kind == kind)
    is_usual = folder in FOLDERS
    base = f"content/{next(own, FOLDER_OF[kind]) if is_usual else folder}"
    if kind == "issue":
        return f"{base}/{{newsletter}}/{{number}}"
    return f"{base}/{{year}}/{{slug}}" if kind == "news" and is_usual else f"{base}/{{slug}}"


def make_items(*, languages: Sequence[str], entries: PublishedEntries) -> bytes:
    """Return the published items, newest first, as JSON: a maker."""
    rows = [{**make_row(entry, languages), "name": path_of(entry)} for entry in entries.entries]
    rows.sort(key=lambda row: (str(row["title"]).casefold(), row["path"]))
    rows.sort(key=lambda row: str(row["sort"]), reverse=True)
    return _json(rows)


@cache
def _assets() -> dict[str, bytes]:
    """Return name → content of the files of the page."""
    return {
        name: one.read_bytes()
        for name, one in _walk(WEB)
        if name not in {_LOCAL_PAGE, _PAGE} and not name.endswith((".md", "entry.js"))
    }


def _walk(folder: Traversable, start: str = "") -> Iterator[tuple[str, Traversable]]:
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir():
            yield from _walk(one, f"{start}{one.name}/")
        else:
            yield f"{start}{one.name}", one


def _read(name: str) -> bytes:
    return WEB.joinpath(*name.split("/")).read_bytes()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
