"""The pictures of a PDF, as files that browsers show; by pypdf, which knows their colours and masks."""

from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any

from clusterpress.importing.sources.documents.findings import Findings

if TYPE_CHECKING:
    from pypdf import PdfReader

_UNREADABLE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OSError,
    NotImplementedError,
    RuntimeError,
    SyntaxError,
)


class Pictures:
    """Reads the pictures of a PDF by the names that `pdf_pages` gives them."""

    def __init__(self, raw: bytes, findings: Findings) -> None:
        self._raw = raw
        self._findings = findings

    @cached_property
    def _reader(self) -> "PdfReader":
        from pypdf import PdfReader

        return PdfReader(BytesIO(self._raw))

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a picture; None if it cannot be read.

        Args:
            name: number of the page, a slash, and the name on that page.
        """
        from pypdf.errors import PyPdfError

        number, _, wanted = name.partition("/")
        try:
            for one in self._reader.pages[int(number) - 1].images:
                if one.name.rpartition(".")[0].rpartition("/")[2] in (wanted, wanted.lstrip("/")):
                    return _as_file(one)
        except (*_UNREADABLE, PyPdfError):
            self._findings.leave_out(f"picture on page {number}", "it is in a form that cannot be read")
        return None


def _as_file(one: Any) -> bytes:
    """Return a picture as JPEG if it is one in colours of the screen, otherwise as PNG."""
    data: bytes = one.data
    picture = one.image
    if picture is None or (data.startswith(b"\xff\xd8\xff") and picture.mode in {"L", "RGB"}):
        return data
    made = BytesIO()
    kept = picture if picture.mode in {"1", "L", "P", "RGB", "RGBA"} else picture.convert("RGB")
    kept.save(made, "PNG")
    return made.getvalue()
