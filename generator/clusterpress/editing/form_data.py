"""What a form returns: values and text, still as JSON."""

import json
from http import HTTPStatus
from typing import Any

from msgspec import Struct

from clusterpress.editing.errors import RequestRefusedError
from clusterpress.editing.form_document import FormDocument


class FormData(Struct, frozen=True, kw_only=True):
    """What a form returns."""

    values: dict[str, Any]
    """Key → text, number, yes or no, list or block."""
    body: str = ""
    """Markdown."""
    ready: bool = False
    """Whether the item may be published; otherwise it is a draft."""
    seen: str = ""
    """Digest of the source that was opened; empty for a new item."""

    def text(self, *, draft: bool) -> str:
        """Return the source that `form_document` compares with the file."""
        values = {key: value for key, value in self.values.items() if key != "draft"}
        return FormDocument(values={**values, "draft": draft}, body=self.body.strip("\n")).as_text()


def read_form(found: Any) -> FormData:
    """Return what a form returned.

    Raises:
        RequestRefusedError: it is not the answer of a form.
    """
    values, body = (found.get("values"), found.get("body", "")) if isinstance(found, dict) else (None, "")
    if not isinstance(values, dict) or not isinstance(body, str):
        raise RequestRefusedError(HTTPStatus.BAD_REQUEST, "this is not the answer of a form")
    ready, seen = found.get("ready") is True, str(found.get("seen", ""))
    return FormData(values=values, body=body.replace("\r\n", "\n"), ready=ready, seen=seen)


def parse_json(body: bytes) -> Any:
    """Return the value of a request's body.

    Raises:
        RequestRefusedError: it is not JSON.
    """
    try:
        return json.loads(body)
    except (ValueError, UnicodeDecodeError) as fault:
        raise RequestRefusedError(HTTPStatus.BAD_REQUEST, "the request cannot be read") from fault
