"""The API of the editor in the browser: it reads and writes source files of one project.

The editor has a server of its own (`preview.app_server`), so pages of the preview are of another origin.
Every request for a file must carry a token. It is only in the address that opens the editor, after the "#":
browsers do not send that part, so that no page, log or Referer header contains it. Requests from other pages
are refused as well.
"""

import hmac
import json
import secrets
from contextlib import suppress
from datetime import datetime
from email.message import Message
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from threading import Lock
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from clusterpress.checking.canonical_form import LintContext, lint_context_of
from clusterpress.content.items import Item
from clusterpress.content.paths import kind_of
from clusterpress.content.reader import read_item
from clusterpress.editing.file_names import RequestRefusedError, check_new_path, check_path
from clusterpress.editing.form_document import form_document_of, merge, write_new
from clusterpress.editing.forms import choices_of, configure
from clusterpress.editing.pages import find_page
from clusterpress.editing.sveltia import font_of, script_of
from clusterpress.parsing.values import ValueFault
from clusterpress.pipeline.paths import CONFIG
from clusterpress.pipeline.project import open_project
from clusterpress.preview.app_server import plain
from clusterpress.preview.responses import Response
from clusterpress.sources.files import list_files, write_file
from clusterpress.sources.items import read_items
from clusterpress.theme.addresses import escape_path
from clusterpress.values.digests import digest_bytes
from clusterpress.values.media_types import media_type
from clusterpress.values.problems import errors, with_hint
from clusterpress.values.source_names import MARKDOWN_SUFFIXES, is_markdown

PREFIX = "/"
"""Path of the editor on its server."""

TOKEN_HEADER = "X-Clusterpress-Token"  # noqa: S105 -- the name of a header
"""Header with the token."""
DIGEST_HEADER = "X-Clusterpress-Seen"
"""Header with the digest of the file that was loaded: it shows whether the file has changed since."""

TRASH_FOLDER = ".clusterpress/deleted"
"""Folder of the project with the files that were deleted in the editor, the latest of each name."""

_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' blob: data:; media-src 'self' blob: data:; font-src 'self' data:; "
    "connect-src 'self' blob: data:; worker-src 'self' blob:; frame-src 'self' blob: {preview}; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_HEADERS = (
    ("X-Frame-Options", "DENY"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
_ASSETS = frozenset({"editor.css", "folder.js", "preview.js", "start.js"})


class EditorApi:
    """Answers the editor's requests for one project."""

    def __init__(self, root: Path, sveltia: Path, preview: str) -> None:
        """Prepare to edit the project in ``root``.

        Args:
            root: the project's folder.
            sveltia: the folder of the unpacked package.
            preview: address of the preview's server, without a slash at its end.
        """
        self._root = root.resolve()
        self._sveltia = sveltia
        self._preview = preview
        self._token = secrets.token_urlsafe(32)
        self._writing = Lock()
        self._state: tuple[list[Item], LintContext] | None = None

    @property
    def start(self) -> str:
        """Path and fragment that open the editor; nothing else contains the token."""
        return f"{PREFIX}#token={self._token}"

    def respond(self, method: str, target: str, headers: Message, body: bytes) -> Response:
        """Return the answer to a request; for the arguments, see `App.respond`."""
        found = self._respond(method, target, headers, body)
        return replace(found, headers=(*found.headers, *_HEADERS))

    def _respond(self, method: str, target: str, headers: Message, body: bytes) -> Response:
        name = unquote(target.partition("?")[0]).removeprefix(PREFIX)
        try:
            _refuse_other_sites(method, name, headers)
            if not name.startswith("api/"):
                is_read = method in {"GET", "HEAD"}
                return self._page(name) if is_read else plain(HTTPStatus.METHOD_NOT_ALLOWED, "")
            self._check_token(headers)
            with self._writing:
                return self._dispatch(method, name.removeprefix("api/"), headers, body)
        except RequestRefusedError as refusal:
            return plain(refusal.status, str(refusal))
        except ValueFault as fault:
            return plain(HTTPStatus.UNPROCESSABLE_ENTITY, with_hint(fault.message, fault.hint))
        except UnicodeDecodeError:
            return plain(HTTPStatus.UNPROCESSABLE_ENTITY, "the text is not in UTF-8")
        except RecursionError:
            return plain(HTTPStatus.UNPROCESSABLE_ENTITY, "the values are nested too deeply")
        except OSError as fault:
            return plain(HTTPStatus.INSUFFICIENT_STORAGE, f"the file cannot be written: {fault.strerror}")

    def _page(self, name: str) -> Response:
        """Return the editor's page or one of its assets. They contain nothing of the project."""
        if not name:
            policy = ("Content-Security-Policy", _POLICY.format(preview=self._preview))
            return Response(content=_read_asset("editor.html"), headers=(policy,))
        if name in _ASSETS:
            return Response(type=media_type(name), content=_read_asset(name))
        if name == "sveltia-cms.js":
            return Response(type=media_type(name), content=script_of(self._sveltia))
        if name == "chunks/react-dom.js":
            return Response(type=media_type(name), content=(self._sveltia / "dist" / name).read_bytes())
        family = name.removeprefix("fonts/").removesuffix(".woff2")
        if family != name and (font := font_of(self._sveltia, family)):
            return Response(type="font/woff2", content=font)
        return plain(HTTPStatus.NOT_FOUND, "not found")

    def _check_token(self, headers: Message) -> None:
        if not hmac.compare_digest(headers.get(TOKEN_HEADER, "").encode(), self._token.encode()):
            words = 'open the editor at the address that "clusterpress edit" prints; it is new at each start'
            raise RequestRefusedError(HTTPStatus.FORBIDDEN, words)

    def _dispatch(self, method: str, name: str, headers: Message, body: bytes) -> Response:
        if method == "GET" and name == "config":
            return self._configure()
        if method == "GET" and name == "tree":
            return _json(self._tree())
        if method == "GET" and name.startswith("page/"):
            return self._find_page(name.removeprefix("page/"))
        if method == "POST" and name == "move":
            return self._move(body)
        if not name.startswith("file/"):
            raise RequestRefusedError(HTTPStatus.NOT_FOUND, "not found")
        path = check_path(self._root, name.removeprefix("file/"))
        if method == "GET":
            return self._read(path)
        if method == "PUT":
            return self._write(path, body, headers.get(DIGEST_HEADER, ""))
        if method == "DELETE":
            return self._move_to_trash(path)
        raise RequestRefusedError(HTTPStatus.METHOD_NOT_ALLOWED, "")

    def _configure(self) -> Response:
        choices = choices_of(*self._load_state())
        zone = ZoneInfo(self._context.settings.time_zone)
        form = configure(replace(choices, today=datetime.now(zone).date().isoformat()))
        return _json({**form, "preview": self._preview + self._context.settings.root})

    def _find_page(self, path: str) -> Response:
        """Return the address of an item's page in the preview; its path may lack the end of its name."""
        project, _ = open_project(self._root)
        names = (path, *(f"{path}{suffix}" for suffix in MARKDOWN_SUFFIXES))
        url = find_page(project, names) if project else None
        if url is None:
            raise RequestRefusedError(HTTPStatus.NOT_FOUND, "The item has no page in the preview yet.")
        return _json({"address": f"{self._preview}{self._context.settings.root}{escape_path(url)}"})

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
        if old is None:
            check_new_path(self._root, path)
        elif digest_bytes(old).hex() != seen:
            message = f"{path} was changed by somebody else since you opened it: reload the page"
            raise RequestRefusedError(HTTPStatus.CONFLICT, message)
        content = body
        if self._is_item(path):
            form, context = body.decode("utf-8"), self._context
            content = write_new(form, path, context) if old is None else merge(old, form, path, context)
            self._refuse_new_errors(content, path, self._find_errors(old, path) if old else ())
        elif is_markdown(path):
            raise RequestRefusedError(HTTPStatus.FORBIDDEN, f"{path} is not an item")
        if content != old:
            write_file(target, content)
        return self._show(content, path)

    def _find_errors(self, content: bytes, path: str) -> tuple[str, ...]:
        found = errors(read_item(content, path, self._context.settings)[1])
        return tuple(one.message_and_hint for one in found)

    def _refuse_new_errors(self, content: bytes, path: str, known: tuple[str, ...]) -> None:
        if faults := [words for words in self._find_errors(content, path) if words not in known]:
            raise RequestRefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "\n".join(faults))

    def _move_to_trash(self, path: str) -> Response:
        """Move a file out of the content, into a folder from which it can be restored."""
        self._check_is_file(path)
        kept = self._root / TRASH_FOLDER / path
        if not kept.resolve().is_relative_to(self._root):
            raise RequestRefusedError(HTTPStatus.FORBIDDEN, f"{TRASH_FOLDER} leads out of the project")
        kept.parent.mkdir(parents=True, exist_ok=True)
        (self._root / path).replace(kept)
        return plain(HTTPStatus.OK, "")

    def _move(self, body: bytes) -> Response:
        old, new = (check_path(self._root, path) for path in _read_move(body))
        self._check_is_file(old)
        source, target = self._root / old, self._root / new
        # On some systems, a file is found under a name that differs in capitals, which may be corrected.
        is_same = target.exists() and target.samefile(source)
        if target.exists() and not is_same:
            raise RequestRefusedError(HTTPStatus.CONFLICT, f"{new} already exists")
        if not is_same:
            check_new_path(self._root, new, without=old)
        self._refuse_other_kind(old, new)
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
        return plain(HTTPStatus.OK, "")

    def _refuse_other_kind(self, old: str, new: str) -> None:
        """Refuse moves that turn an item into another file, the reverse, or into an item with new errors."""
        if self._is_item(old) != self._is_item(new) or is_markdown(old) != is_markdown(new):
            raise RequestRefusedError(HTTPStatus.FORBIDDEN, f"{new} would not be what {old} is")
        if self._is_item(old):
            content = (self._root / old).read_bytes()
            self._refuse_new_errors(content, new, self._find_errors(content, old))

    def _check_is_file(self, path: str) -> None:
        target = self._root / path
        if target.is_dir():
            words = f"{path} is a folder: folders are moved and deleted outside of the editor"
            raise RequestRefusedError(HTTPStatus.FORBIDDEN, words)
        if not target.is_file():
            raise RequestRefusedError(HTTPStatus.NOT_FOUND, f"{path} does not exist")


def _refuse_other_sites(method: str, name: str, headers: Message) -> None:
    """Refuse requests that another page makes (Fetch Metadata; RFC 6454, section 7).

    The editor's page itself may be opened from anywhere: it contains nothing of the project.
    """
    origin, host = headers.get("Origin"), headers.get("Host", "")
    site = headers.get("Sec-Fetch-Site", "same-origin")
    is_opened = method == "GET" and not name and headers.get("Sec-Fetch-Mode") == "navigate"
    is_foreign = site not in {"same-origin", "none"} and not is_opened
    if is_foreign or (origin and origin != f"http://{host}"):
        raise RequestRefusedError(HTTPStatus.FORBIDDEN, "requests from other sites are refused")


def _read_move(body: bytes) -> tuple[str, str]:
    try:
        asked = json.loads(body)
        return str(asked["from"]), str(asked["to"])
    except (ValueError, LookupError, TypeError) as fault:
        words = "a move needs the names of two files"
        raise RequestRefusedError(HTTPStatus.BAD_REQUEST, words) from fault


def _read_asset(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()


def _json(value: object) -> Response:
    return Response(type="application/json", content=json.dumps(value, ensure_ascii=False).encode())
