"""The HTTP interface of the editor in the browser, for one project.

The editor has a server of its own (`preview.app_server`), so pages of the preview are of another origin.
Every request for data must carry a token. It is only in the address that opens the editor, after the "#":
browsers do not send that part, so that no page, log or Referer header contains it. Requests from other pages
are refused as well.
"""

import hmac
import json
import secrets
from email.message import Message
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import unquote

from msgspec.structs import replace

from clusterpress.editing.errors import ConflictError, EditorError, RequestRefusedError
from clusterpress.editing.requests import Request, answer
from clusterpress.editing.workspace import Workspace
from clusterpress.editor_page.assets import WEB, list_assets
from clusterpress.parsing.values import ValueFault
from clusterpress.pipeline.errors import PipelineError
from clusterpress.preview.app_server import plain
from clusterpress.preview.responses import Response
from clusterpress.scaffolding.items import ScaffoldError
from clusterpress.values.media_types import media_type
from clusterpress.values.problems import with_hint

PREFIX = "/"
"""Path of the editor on its server."""

TOKEN_HEADER = "X-Clusterpress-Token"  # noqa: S105 -- the name of a header
"""Header with the token."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data: {preview}; "
    "connect-src 'self'; frame-src {preview}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_HEADERS = (
    ("X-Frame-Options", "DENY"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)


class EditorApi:
    """Answers the editor's requests for one project."""

    def __init__(self, root: Path, preview: str) -> None:
        """Prepare to edit the project in ``root``; ``preview`` is the address of the preview's server."""
        self._workspace = Workspace(root)
        self._preview = preview
        self._token = secrets.token_urlsafe(32)
        self._working = Lock()
        self._assets = list_assets()

    @property
    def start(self) -> str:
        """Path and fragment that open the editor; nothing else contains the token."""
        return f"{PREFIX}#token={self._token}"

    def respond(self, method: str, target: str, headers: Message, body: bytes) -> Response:
        """Return the answer to a request; for the arguments, see `App.respond`."""
        found = self._respond(method, target, headers, body)
        return replace(found, headers=(*found.headers, *_HEADERS))

    def _respond(self, method: str, target: str, headers: Message, body: bytes) -> Response:
        name = target.partition("?")[0].removeprefix(PREFIX)
        try:
            _refuse_other_sites(method, name, headers)
            if not name.startswith("api/"):
                is_read = method in {"GET", "HEAD"}
                return self._page(unquote(name)) if is_read else plain(HTTPStatus.METHOD_NOT_ALLOWED, "")
            self._check_token(headers)
            request = Request.read(method, target.removeprefix(f"{PREFIX}api/"), body)
            with self._working:
                return _as_response(answer(self._workspace, self._preview, request))
        except ConflictError as conflict:
            return replace(_json({"current": conflict.current}), status=conflict.status)
        except (EditorError, ScaffoldError, PipelineError) as refusal:
            return plain(getattr(refusal, "status", HTTPStatus.UNPROCESSABLE_ENTITY), str(refusal))
        except ValueFault as fault:
            return plain(HTTPStatus.UNPROCESSABLE_ENTITY, with_hint(fault.message, fault.hint))
        except UnicodeDecodeError:
            return plain(HTTPStatus.UNPROCESSABLE_ENTITY, "the text is not in UTF-8")
        except RecursionError:
            return plain(HTTPStatus.UNPROCESSABLE_ENTITY, "the values are nested too deeply")
        except OSError as fault:
            words = f"the file cannot be written: {fault.strerror}; free space or permit it, and save again"
            return plain(HTTPStatus.INSUFFICIENT_STORAGE, words)

    def _page(self, name: str) -> Response:
        """Return the editor's page or one of its assets. They contain nothing of the project."""
        if not name:
            policy = ("Content-Security-Policy", _POLICY.format(preview=self._preview))
            return Response(content=WEB.joinpath("editor.html").read_bytes(), headers=(policy,))
        if name in self._assets:
            return Response(type=media_type(name), content=WEB.joinpath(name).read_bytes())
        return plain(HTTPStatus.NOT_FOUND, "not found")

    def _check_token(self, headers: Message) -> None:
        if not hmac.compare_digest(headers.get(TOKEN_HEADER, "").encode(), self._token.encode()):
            words = 'open the editor at the address that "clusterpress edit" prints; it is new at each start'
            raise RequestRefusedError(HTTPStatus.FORBIDDEN, words)


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


def _as_response(found: Any) -> Response:
    return found if isinstance(found, Response) else _json(found)


def _json(value: object) -> Response:
    return Response(type="application/json", content=json.dumps(value, ensure_ascii=False).encode())
