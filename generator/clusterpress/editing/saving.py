"""Saving: what a form returns becomes a source file; what stands against publication makes it a draft."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.content.checks import FIELD as PLACEHOLDER
from clusterpress.content.items import Item
from clusterpress.content.reader import read_item
from clusterpress.editing.errors import ConflictError, RequestRefusedError
from clusterpress.editing.file_names import check_new_path, check_path
from clusterpress.editing.form_data import FormData
from clusterpress.editing.form_document import form_document_of, merge, write_new
from clusterpress.editing.forms import folders_of
from clusterpress.editing.history import keep_version
from clusterpress.editing.issues import find_problems
from clusterpress.editing.listing import Row, against_publication, as_json, for_form, state_of
from clusterpress.editing.words import words_of
from clusterpress.editing.workspace import Workspace
from clusterpress.parsing.values import ValueFault
from clusterpress.scaffolding.items import ScaffoldError, path_of_new
from clusterpress.scaffolding.models import Model, translate
from clusterpress.sources.files import write_file
from clusterpress.values.digests import digest_bytes
from clusterpress.values.kinds import FOLDERS, Kind
from clusterpress.values.problems import Problem, Severity, errors
from clusterpress.values.slugs import slugify

_MAX_TRIES = 100
"""Names that are tried for a new item."""


class NewItem(Struct, frozen=True, kw_only=True):
    """What a new item is."""

    folder: str
    """Folder of its kind below content/."""
    original: str = ""
    """Path of the item that it translates."""
    pictures: tuple[str, ...] = ()
    """Paths of pictures that were uploaded for it; they are moved beside it."""


def open_item(workspace: Workspace, path: str) -> Row:
    """Return an item for its form: values, text, problems, and its address in the preview.

    Raises:
        RequestRefusedError: there is no such item.
        ValueFault: its front matter has syntax errors.
    """
    context = workspace.refresh()
    kind = workspace.kind_of(path)
    file = workspace.root / path
    if kind is None or not file.is_file():
        raise RequestRefusedError(HTTPStatus.NOT_FOUND, f"{path} does not exist")
    raw = file.read_bytes()
    document = form_document_of(raw.decode("utf-8-sig"), path, context)
    values = {key: value for key, value in document.values.items() if key != "draft"}
    is_draft = document.values.get("draft") is True
    return {
        "path": path,
        "kind": kind,
        "values": values,
        "body": document.body,
        "ready": not is_draft,
        "seen": digest_bytes(raw).hex(),
        **_inspect(workspace, path, raw),
    }


def _inspect(workspace: Workspace, path: str, raw: bytes) -> Row:
    """Return what stands against an item, and where its page is."""
    with workspace.snapshot() as snapshot:
        entry = snapshot.library.by_path.get(path)
        state = state_of(entry, snapshot.library) if entry else "error"
        found = [one for one in find_problems(snapshot) if one.path == path]
    item, _ = read_item(raw, path, workspace.settings)
    ready, own = _read_ready(workspace, path, raw)
    fields = {one.field.partition(".")[0] for one in errors(own)} - {""}
    labels = words_of(workspace.settings.language)["labels"]
    # A draft keeps a faulty value as it is written, and the library may find the same fault again.
    # Its warnings, such as pictures without alt text, are there for drafts, too.
    seen = [one for one in found if one.severity is not Severity.NOTE]
    others = [one for one in seen if one.field.partition(".")[0] not in fields]
    rows = {one: _as_row(one, item) for one in others} | {one: _as_row(one, ready) for one in own}
    return {
        "url": entry.url if entry else "",
        "state": state,
        "problems": [for_form(rows[one], one, labels) for one in sorted(rows)],
    }


def _as_row(problem: Problem, item: Item | None) -> Row:
    """Return a problem of an item for the form; placeholder text stands at the field that contains it."""
    body_line = item.source.body_line if item else 0
    row = as_json(problem, body_line)
    if problem.field != PLACEHOLDER or item is None:
        return row
    if problem.line >= body_line:
        return {**row, "field": "body", "line": problem.line - body_line + 1}
    places = ((name, place) for name, place in item.source.lines.items() if place[0] == problem.line)
    named = (name for name, place in places if place == (problem.line, problem.column))
    return {**row, "field": next(named, "")}


def _read_ready(workspace: Workspace, path: str, raw: bytes) -> tuple[Item | None, list[Problem]]:
    """Return an item, and its problems, as if it was no draft."""
    try:
        document = form_document_of(raw.decode("utf-8-sig"), path, workspace.context)
        data = FormData(values=document.values, body=document.body)
        raw = merge(raw, data.text(draft=False), path, workspace.context)
    except (ValueFault, UnicodeDecodeError):
        pass
    return read_item(raw, path, workspace.settings)


def save_item(workspace: Workspace, path: str, form: FormData) -> Row:
    """Save an item, and return it as `open_item` does, with ``kept_draft`` if it had to become a draft.

    Args:
        workspace: the project.
        path: of the item.
        form: what the form returned.

    Raises:
        ConflictError: somebody else changed the file.
        ValueFault: the file cannot be changed without loss.
    """
    file = workspace.root / path
    old = file.read_bytes() if file.is_file() else None
    if old is None:
        raise ConflictError(None)
    if digest_bytes(old).hex() != form.seen:
        raise ConflictError(open_item(workspace, path))
    context = workspace.context
    draft = merge(old, form.text(draft=True), path, context)
    ready = merge(old, form.text(draft=False), path, context)
    return _write(workspace, path, old, draft, ready if form.ready else None)


def create_item(workspace: Workspace, form: FormData, new: NewItem) -> Row:
    """Create an item where ``clusterpress new`` would, and return it as `save_item` does.

    Args:
        workspace: the project.
        form: what the form returned.
        new: what the item is.

    Raises:
        RequestRefusedError: its name is taken, or no system can have it.
        ScaffoldError: no name can be made of its title.
    """
    context = workspace.refresh()
    path = _free_path(workspace, form, new)
    check_new_path(workspace.root, check_path(workspace.root, path))
    _move_pictures(workspace, new.pictures, PurePosixPath(path).parent)
    draft = write_new(form.text(draft=True), path, context)
    ready = write_new(form.text(draft=False), path, context)
    return _write(workspace, path, None, draft, ready if form.ready else None)


def folder_of_new(workspace: Workspace, form: FormData, new: NewItem) -> str:
    """Return the folder of a new item, also before it has a title."""
    return str(PurePosixPath(path_of(workspace, form, new)).parent)


def path_of(workspace: Workspace, form: FormData, new: NewItem) -> str:
    """Return the path of a new item, also before it has a title or a number."""
    given = {key: value for key, value in form.values.items() if value}
    titled = replace(form, values={"title": "untitled", "number": 1, **given})
    return _path(workspace, titled, new)


def _path(workspace: Workspace, form: FormData, new: NewItem) -> str:
    kind = folders_of(workspace.settings).get(new.folder)
    if kind is None:
        raise RequestRefusedError(HTTPStatus.BAD_REQUEST, f"there is no folder {new.folder}")
    model = Model(folder=f"content/{new.folder}") if new.folder not in FOLDERS else Model()
    if new.original:
        model = model_of(workspace, new.original)
    values = _with_name(workspace, form.values, kind, new.original)
    return path_of_new(kind, values, workspace.settings, model, workspace.now.date())


def _with_name(workspace: Workspace, values: dict[str, Any], kind: Kind, original: str) -> Mapping[str, Any]:
    """Return the values with a name for the file, if none can be made of a title in another script.

    Args:
        workspace: the project.
        values: of a new item.
        kind: of it.
        original: path of the item that it translates, whose name it takes; empty if it is none.
    """
    title = str(values.get("title", ""))
    if values.get("slug") or slugify(title) or not any(map(str.isalnum, title)):
        return values
    names = (one.slug for one in workspace.items if one.source.path == original)
    return {**values, "slug": next(names, f"{kind}-{workspace.now.date().isoformat()}")}


def model_of(workspace: Workspace, path: str) -> Model:
    """Return what a translation takes from its original.

    Raises:
        RequestRefusedError: there is no such item.
    """
    original = next((one for one in workspace.items if one.source.path == path), None)
    if original is None:
        raise RequestRefusedError(HTTPStatus.NOT_FOUND, f"{path} does not exist")
    text = (workspace.root / path).read_text(encoding="utf-8-sig", errors="replace")
    return translate(original, text, workspace.settings)


def _free_path(workspace: Workspace, form: FormData, new: NewItem) -> str:
    """Return the path of a new item; a number is added to a name that is taken."""
    if not str(form.values.get("title", "")).strip():
        raise ScaffoldError("an item needs a title before it can be saved")
    path = _path(workspace, form, new)
    start, _, end = PurePosixPath(path).name.partition(".")
    for number in range(1, _MAX_TRIES):
        name = start if number == 1 else f"{start}-{number}"
        found = str(PurePosixPath(path).with_name(f"{name}.{end}"))
        if not (workspace.root / found).exists():
            return found
        if new.original or workspace.kind_of(path) == "issue":
            break
    raise RequestRefusedError(HTTPStatus.CONFLICT, f"{path} already exists; choose another title or number")


def _move_pictures(workspace: Workspace, pictures: Sequence[str], folder: PurePosixPath) -> None:
    """Move pictures that were uploaded before their item had a folder of its own."""
    for picture in pictures:
        source = workspace.root / check_path(workspace.root, picture)
        target = workspace.root / folder / source.name
        if (
            source.is_file()
            and source != target
            and not target.exists()
            and workspace.kind_of(picture) is None
        ):
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)


def _write(workspace: Workspace, path: str, old: bytes | None, draft: bytes, ready: bytes | None) -> Row:
    """Write an item: as a draft first, so that at no time a fault is on the site.

    Args:
        workspace: the project.
        path: of the item.
        old: its source before; None for a new item.
        draft: its source as a draft.
        ready: its source for publication; None if it is to be a draft.
    """
    file = workspace.root / path
    if old is not None and old not in {draft, ready}:
        keep_version(workspace.root, path, old)
    kept_draft = False
    if ready is not None:
        kept_draft = bool(against_publication(read_item(ready, path, workspace.settings)[1]))
        if not kept_draft and ready != old:
            if draft != old:
                write_file(file, draft)
            kept_draft = _has_errors(workspace, path)
    content = ready if ready is not None and not kept_draft else draft
    if content != (file.read_bytes() if file.is_file() else None):
        write_file(file, content)
    return {**open_item(workspace, path), "kept_draft": kept_draft}


def _has_errors(workspace: Workspace, path: str) -> bool:
    with workspace.snapshot() as snapshot:
        return any(one.path == path for one in errors(find_problems(snapshot)))
