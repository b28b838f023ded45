"""The API of the editor in the browser: it reads and writes source files of one project.

No page of a site has its path. Every request for a file must carry the token that only the editor's own page
knows. Together with the server's check of the Host header, this keeps other web sites from reading or writing
anything through the user's browser.
"""

import hmac
import json
import secrets
from contextlib import suppress
from email.message import Message
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from threading import Lock
from urllib.parse import unquote

from clusterpress.checking.canonical_form import LintContext, lint_context_of
from clusterpress.content.items import Item
from clusterpress.content.paths import kind_of
from clusterpress.content.reader import read_item
from clusterpress.editing.form_document import form_document_of, merge, write_new
from clusterpress.editing.forms import choices_of, configure
from clusterpress.editing.sveltia import font_of, script_of
from clusterpress.parsing.values import ValueFault
from clusterpress.pipeline.paths import CONFIG
from clusterpress.pipeline.project import open_project
from clusterpress.preview.responses import OWN_PREFIX, Response
from clusterpress.sources.files import list_files, write_file
from clusterpress.sources.items import read_items
from clusterpress.values.digests import digest_bytes
from clusterpress.values.media_types import media_type
from clusterpress.values.problems import errors, with_hint
from clusterpress.values.source_names import is_markdown

PREFIX = f"{OWN_PREFIX}edit/"
"""Path of the editor."""

TOKEN_HEADER = "X-Clusterpress-Token"  # noqa: S105 -- the name of a header
"""Header with the token."""
DIGEST_HEADER = "X-Clusterpress-Seen"
"""Header with the digest of the file that was loaded: it shows whether the file has changed since."""

TRASH_FOLDER = ".clusterpress/deleted"
"""Folder of the project with the files that were deleted in the editor, the latest of each name."""

_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' blob: data:; media-src 'self' blob: data:; font-src 'self' data:; "
    "connect-src 'self' blob: data:; worker-src 'self' blob:; frame-src 'self' blob:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


class RequestRefusedError(Exception):
    """A request that is refused."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status


class EditorApi:
    """Answers the editor's requests for one project; ``sveltia`` is the folder of the unpacked package."""

    prefix = PREFIX

    def __init__(self, root: Path, sveltia: Path) -> None:
        self._root = root.resolve()
        self._sveltia = sveltia
        self._token = secrets.token_urlsafe(32)
        self._writing = Lock()
        self._state: tuple[list[Item], LintContext] | None = None

    def respond(self, method: str, target: str, headers: Message, body: bytes) -> Response:
        """Return the answer to a request below `PREFIX`; for the arguments, see `SubApp.respond`."""
        name = unquote(target.partition("?")[0]).removeprefix(PREFIX)
        try:
            if not name.startswith("api/"):
                return self._page(name) if method == "GET" else _plain(HTTPStatus.METHOD_NOT_ALLOWED, "")
            self._check(headers)
            with self._writing:
                return self._dispatch(method, name.removeprefix("api/"), headers, body)
        except RequestRefusedError as refusal:
            return _plain(refusal.status, str(refusal))
        except ValueFault as fault:
            return _plain(HTTPStatus.UNPROCESSABLE_ENTITY, with_hint(fault.message, fault.hint))

    def _page(self, name: str) -> Response:
        """Return the editor's page or one of its assets. They contain nothing of the project but a token."""
        if not name:
            page = _read_asset("editor.html").replace("{token}", self._token)
            headers = (("Content-Security-Policy", _POLICY), ("X-Frame-Options", "DENY"))
            return Response(content=page.encode(), headers=(*headers, ("Referrer-Policy", "no-referrer")))
        if name in {"folder.js", "start.js"}:
            return Response(type=media_type(name), content=_read_asset(name).encode())
        if name == "sveltia-cms.js":
            return Response(type=media_type(name), content=script_of(self._sveltia))
        if name == "chunks/react-dom.js":
            return Response(type=media_type(name), content=(self._sveltia / "dist" / name).read_bytes())
        family = name.removeprefix("fonts/").removesuffix(".woff2")
        if family != name and (font := font_of(self._sveltia, family)):
            return Response(type="font/woff2", content=font)
        return _plain(HTTPStatus.NOT_FOUND, "not found")

    def _check(self, headers: Message) -> None:
        origin, host = headers.get("Origin"), headers.get("Host", "")
        if not hmac.compare_digest(headers.get(TOKEN_HEADER, "").encode(), self._token.encode()):
            raise RequestRefusedError(HTTPStatus.FORBIDDEN, "this page belongs to an earlier run: reload it")
        if origin and origin != f"http://{host}":
            raise RequestRefusedError(HTTPStatus.FORBIDDEN, "requests from other sites are refused")

    def _dispatch(self, method: str, name: str, headers: Message, body: bytes) -> Response:
        if method == "GET" and name == "config":
            return _json(configure(choices_of(*self._load_state())))
        if method == "GET" and name == "tree":
            return _json(self._tree())
        if method == "POST" and name == "move":
            return self._move(body)
        if not name.startswith("file/"):
            raise RequestRefusedError(HTTPStatus.NOT_FOUND, "not found")
        path = self._check_path(name.removeprefix("file/"))
        if method == "GET":
            return self._read(path)
        if method == "PUT":
            return self._write(path, body, headers.get(DIGEST_HEADER, ""))
        if method == "DELETE":
            return self._move_to_trash(path)
        raise RequestRefusedError(HTTPStatus.METHOD_NOT_ALLOWED, "")

    def _load_state(self) -> tuple[list[Item], LintContext]:
        project, problems = open_project(self._root)
        if project is None:
            raise RequestRefusedError(HTTPStatus.CONFLICT, f"{CONFIG} has an error: {problems[0]}")
        items = read_items(self._root, project.settings)
        self._state = items, lint_context_of(items, project.settings)
        return self._state

    @property
    def _context(self) -> LintContext:
        return (self._state or self._load_state())[1]

    def _is_item(self, path: str) -> bool:
        return kind_of(path, self._context.settings) is not None

    def _tree(self) -> list[str]:
        """Return the files that the editor may see: items, and everything but Markdown."""
        files = list_files(self._root, self._context.settings.linked_folders)
        return [path for path in files if not is_markdown(path) or self._is_item(path)]

    def _check_path(self, path: str) -> str:
        target = (self._root / path).resolve()
        parts = path.split("/")
        is_odd = "\\" in path or "\0" in path or any(part in {"", ".", ".."} for part in parts)
        if is_odd or parts[0] != "content" or not target.is_relative_to((self._root / "content").resolve()):
            raise RequestRefusedError(HTTPStatus.FORBIDDEN, f"{path} is outside content/")
        return path

    def _read(self, path: str) -> Response:
        try:
            raw = (self._root / path).read_bytes()
        except OSError as fault:
            raise RequestRefusedError(HTTPStatus.NOT_FOUND, f"{path} does not exist") from fault
        return self._show(raw, path)

    def _show(self, raw: bytes, path: str) -> Response:
        """Return a file, an item as the form shows it. Syntax errors stay: the editor reports them."""
        shown = raw
        if self._is_item(path):
            with suppress(ValueFault, UnicodeDecodeError):
                document = form_document_of(raw.decode("utf-8-sig"), path, self._context)
                shown = document.as_text().encode()
        seen = ((DIGEST_HEADER, digest_bytes(raw).hex()),)
        return Response(type=media_type(path), content=shown, headers=seen)

    def _write(self, path: str, body: bytes, seen: str) -> Response:
        target = self._root / path
        old = target.read_bytes() if target.is_file() else None
        if old is not None and seen and digest_bytes(old).hex() != seen:
            message = f"{path} was changed by somebody else since you opened it: reload the page"
            raise RequestRefusedError(HTTPStatus.CONFLICT, message)
        content = body
        if self._is_item(path):
            form, context = body.decode("utf-8"), self._context
            content = write_new(form, path, context) if old is None else merge(old, form, path, context)
            self._refuse_new_errors(content, old, path)
        elif path.endswith(".md"):
            raise RequestRefusedError(HTTPStatus.FORBIDDEN, f"{path} is not an item")
        if content != old:
            write_file(target, content)
        return self._show(content, path)

    def _refuse_new_errors(self, content: bytes, old: bytes | None, path: str) -> None:
        settings = self._context.settings
        before = errors(read_item(old, path, settings)[1]) if old else ()
        known = {one.message_and_hint for one in before}
        after = (one.message_and_hint for one in errors(read_item(content, path, settings)[1]))
        if faults := [words for words in after if words not in known]:
            raise RequestRefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "\n".join(faults))

    def _move_to_trash(self, path: str) -> Response:
        """Move a file out of the content, into a folder from which it can be restored."""
        kept = self._root / TRASH_FOLDER / path
        kept.parent.mkdir(parents=True, exist_ok=True)
        (self._root / path).replace(kept)
        return _plain(HTTPStatus.OK, "")

    def _move(self, body: bytes) -> Response:
        asked = json.loads(body)
        old, new = self._check_path(str(asked["from"])), self._check_path(str(asked["to"]))
        if (self._root / new).exists():
            raise RequestRefusedError(HTTPStatus.CONFLICT, f"{new} already exists")
        (self._root / new).parent.mkdir(parents=True, exist_ok=True)
        (self._root / old).replace(self._root / new)
        return _plain(HTTPStatus.OK, "")


def _read_asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _json(value: object) -> Response:
    return Response(type="application/json", content=json.dumps(value, ensure_ascii=False).encode())


def _plain(status: HTTPStatus, words: str) -> Response:
    return Response(status=status, type="text/plain; charset=utf-8", content=words.encode())
