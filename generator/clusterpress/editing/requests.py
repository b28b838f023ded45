"""The requests of the editor's page: name and method → what is done, and what is returned."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import parse_qs, unquote

from msgspec import Struct

from clusterpress.content.checks import MARK
from clusterpress.editing.begin import check_answers, create_site, describe_begin, must_begin
from clusterpress.editing.deletion import delete_item, list_deleted, restore_item
from clusterpress.editing.documents import import_word
from clusterpress.editing.errors import RequestRefusedError
from clusterpress.editing.file_names import check_path
from clusterpress.editing.form_data import parse_json, read_form
from clusterpress.editing.form_document import form_document_of
from clusterpress.editing.history import list_versions, read_version
from clusterpress.editing.issues import compose_issue, compose_new
from clusterpress.editing.listing import as_json, list_rows, with_titles
from clusterpress.editing.pictures import store_picture
from clusterpress.editing.publish import look, publish, targets_of
from clusterpress.editing.reminders import list_reminders
from clusterpress.editing.round_trip import mean_the_same
from clusterpress.editing.saving import (
    NewItem,
    create_item,
    folder_of_new,
    model_of,
    open_item,
    path_of,
    save_item,
)
from clusterpress.editing.tables import import_table
from clusterpress.editing.workspace import Workspace
from clusterpress.editor_page.forms import folders_of, make_form, section_fields
from clusterpress.editor_page.words import words_of
from clusterpress.preview.responses import Response
from clusterpress.scaffolding.items import fill_issue
from clusterpress.scaffolding.questions import read_records
from clusterpress.values.media_types import media_type
from clusterpress.values.problems import Severity
from clusterpress.values.source_names import is_markdown


class Request(Struct, frozen=True, kw_only=True):
    """A request for data."""

    method: str
    name: str
    """Its first part: ``item`` of ``item/content/news/one.md?x=1``."""
    path: str
    """The part after the name, decoded."""
    query: dict[str, str]
    body: bytes

    @classmethod
    def read(cls, method: str, target: str, body: bytes) -> Self:
        """Return the request for a target, which is still encoded."""
        place, _, query = target.partition("?")
        name, _, path = place.partition("/")
        words = {key: values[-1] for key, values in parse_qs(query, keep_blank_values=True).items()}
        return cls(method=method, name=unquote(name), path=unquote(path), query=words, body=body)


def answer(workspace: Workspace, preview: str, request: Request) -> Any:
    """Return the answer to a request: a `Response`, or a value for JSON.

    Args:
        workspace: the project.
        preview: address of the preview's server, without a slash at its end.
        request: what is asked for.

    Raises:
        EditorError: it is refused.
    """
    if request.name == "config" and request.method == "GET":
        return _configure(workspace, preview)
    known = _ANSWERS.get((request.method, request.name))
    if known is None:
        names = {name for _, name in _ANSWERS}
        status = HTTPStatus.METHOD_NOT_ALLOWED if request.name in names else HTTPStatus.NOT_FOUND
        raise RequestRefusedError(status, "not found")
    return known(workspace, request)


def _configure(workspace: Workspace, preview: str) -> Any:
    if must_begin(workspace):
        return describe_begin(workspace)
    workspace.refresh()
    settings = workspace.settings
    words = words_of(settings.language)
    kinds = [
        {"folder": folder, "kind": kind, **words["kinds"][kind]}
        for folder, kind in folders_of(settings).items()
        if kind != "issue" or settings.newsletters
    ]
    return {
        "site": settings.name,
        "preview": f"{preview}{settings.root}",
        "languages": list(settings.languages),
        "kinds": kinds,
        "targets": targets_of(workspace),
        "today": workspace.now.date().isoformat(),
        "words": words,
    }


def _begin(workspace: Workspace, request: Request) -> Any:
    """Check answers for a new site; create it if the path says so."""
    given = parse_json(request.body)
    if not isinstance(given, dict) or not must_begin(workspace):
        raise RequestRefusedError(HTTPStatus.CONFLICT, "there is a site in this folder already")
    return create_site(workspace, given) if request.path == "create" else check_answers(workspace, given)


def _form(workspace: Workspace, request: Request) -> Any:
    workspace.refresh()
    kind = folders_of(workspace.settings).get(request.path)
    if kind is None:
        raise RequestRefusedError(HTTPStatus.NOT_FOUND, f"there is no folder {request.path}")
    words, choices = words_of(workspace.settings.language), workspace.choices
    form = make_form(kind, choices, words)
    if original := request.query.get("translates"):
        form["values"] |= _translated(workspace, check_path(workspace.root, original), request.query)
    if kind == "issue":
        form["section"] = section_fields(choices, words)
        records = read_records(workspace.root, workspace.settings)
        form["values"] = fill_issue(form["values"], records) if form["values"].get("newsletter") else {}
    return form


def _translated(workspace: Workspace, original: str, query: dict[str, str]) -> dict[str, Any]:
    """Return the values with which a translation starts."""
    model = model_of(workspace, original)
    values: dict[str, Any] = {**_without_placeholders(model.values), "lang": query.get("lang", "")}
    if not model.stem:
        values["translation_of"] = next(one.slug for one in workspace.items if one.source.path == original)
    return values


def _without_placeholders(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values without placeholder text: a form has empty fields instead."""
    parts = {
        key: _without_placeholders(value) if isinstance(value, Mapping) else value
        for key, value in values.items()
    }
    return {key: value for key, value in parts.items() if not (isinstance(value, str) and MARK in value)}


def _item(workspace: Workspace, request: Request) -> Any:
    return open_item(workspace, check_path(workspace.root, request.path))


def _save(workspace: Workspace, request: Request) -> Any:
    form = read_form(parse_json(request.body))
    return save_item(workspace, check_path(workspace.root, request.path), form)


def _create(workspace: Workspace, request: Request) -> Any:
    found = parse_json(request.body)
    form = read_form(found)
    return create_item(workspace, form, _new_item(found, request.path))


def _new_item(found: Any, folder: str) -> NewItem:
    pictures = found.get("pictures", [])
    if not isinstance(pictures, list):
        raise RequestRefusedError(HTTPStatus.BAD_REQUEST, "this is not the answer of a form")
    original = str(found.get("original", ""))
    return NewItem(folder=folder, original=original, pictures=tuple(map(str, pictures)))


def _new_issue(workspace: Workspace, request: Request) -> Any:
    """Return what the sections of an issue show before it is saved for the first time."""
    workspace.refresh()
    form = read_form(parse_json(request.body))
    return compose_new(workspace, form, path_of(workspace, form, NewItem(folder=request.path)))


def _delete(workspace: Workspace, request: Request) -> Any:
    delete_item(workspace, check_path(workspace.root, request.path))
    return {}


def _restore(workspace: Workspace, request: Request) -> Any:
    return restore_item(workspace, check_path(workspace.root, request.path))


def _file(workspace: Workspace, request: Request) -> Any:
    """Return a picture or another file beside the items."""
    path = check_path(workspace.root, request.path)
    file = workspace.root / path
    if is_markdown(path) or not file.is_file():
        raise RequestRefusedError(HTTPStatus.NOT_FOUND, f"{path} does not exist")
    return Response(type=media_type(path), content=file.read_bytes())


def _picture(workspace: Workspace, request: Request) -> Any:
    """Store a picture for an item, or for a new one in a folder of items."""
    query = request.query
    if item := query.get("item"):
        folder = check_path(workspace.root, item).rpartition("/")[0]
    else:
        values = {"date": query.get("date", ""), "newsletter": query.get("newsletter", "")}
        new = NewItem(folder=request.path, original=query.get("original", ""))
        folder = folder_of_new(workspace, read_form({"values": values}), new)
    return store_picture(workspace, folder, query.get("name", "picture"), request.body)


def _word(workspace: Workspace, request: Request) -> Any:
    query = request.query
    return import_word(workspace, query.get("name", ""), request.body, query.get("way", ""))


def _versions(workspace: Workspace, request: Request) -> Any:
    path = check_path(workspace.root, request.path)
    if not (name := request.query.get("version")):
        return list_versions(workspace.root, path)
    raw = read_version(workspace.root, path, name)
    document = form_document_of(raw.decode("utf-8-sig"), path, workspace.context)
    values = {key: value for key, value in document.values.items() if key != "draft"}
    return {"values": values, "body": document.body}


def _check(workspace: Workspace, _: Request) -> Any:
    """Return what ``clusterpress check`` finds, with the titles of items."""
    found = [one for one in workspace.check() if one.severity is not Severity.NOTE]
    return with_titles(workspace, map(as_json, found))


def _rows(workspace: Workspace, _: Request) -> Any:
    workspace.refresh()
    return list_rows(workspace)


Answer = Callable[[Workspace, Request], Any]

_ANSWERS: dict[tuple[str, str], Answer] = {
    ("POST", "begin"): _begin,
    ("GET", "items"): _rows,
    ("GET", "reminders"): lambda workspace, _: list_reminders(workspace),
    ("GET", "form"): _form,
    ("GET", "item"): _item,
    ("PUT", "item"): _save,
    ("POST", "item"): _create,
    ("DELETE", "item"): _delete,
    ("GET", "deleted"): lambda workspace, _: list_deleted(workspace),
    ("POST", "deleted"): _restore,
    ("GET", "file"): _file,
    ("POST", "picture"): _picture,
    ("POST", "word"): _word,
    ("POST", "same"): lambda workspace, one: mean_the_same(workspace, parse_json(one.body)),
    ("POST", "table"): lambda workspace, one: import_table(
        workspace, one.query.get("name", ""), one.body, one.query
    ),
    ("GET", "versions"): _versions,
    ("GET", "issue"): lambda workspace, one: compose_issue(workspace, check_path(workspace.root, one.path)),
    ("POST", "issue"): _new_issue,
    ("GET", "check"): _check,
    ("GET", "publish"): lambda workspace, one: look(workspace, one.path),
    ("POST", "publish"): lambda workspace, one: publish(workspace, one.path),
}
"""(method, name) → what answers it."""
