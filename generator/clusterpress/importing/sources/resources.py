"""Files of a Hugo bundle that its front matter describes under ``resources``."""

import posixpath
import re
from collections.abc import Mapping, Sequence

from clusterpress.importing.records import Remark
from clusterpress.parsing.values import Value

_LEAD = re.compile(r"(?:cover|feature|.*thumb)", re.IGNORECASE)
"""Names of the picture that Hugo themes show for a page ("cover", "feature*", "*thumb*")."""


def resource_files(value: Value) -> list[Mapping[str, Value]]:
    """Return the descriptions of files; [] if the key means something else, such as links."""
    parts = [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
    return [part for part in parts if isinstance(part.get("src"), str)]


def resource_picture(files: Sequence[Mapping[str, Value]]) -> tuple[dict[str, str], list[Remark]]:
    """Return the picture of the page among its files, and remarks about the titles of the others."""
    picture: dict[str, str] = {}
    remarks: list[Remark] = []
    for one in files:
        src, title, name = (_words(one, key) for key in ("src", "title", "name"))
        names = (posixpath.basename(src), name)
        if not picture and "*" not in src and any(_LEAD.match(each) for each in names):
            picture = {"src": src} | ({"alt": title} if title else {})
        elif title:
            message = f'the title "{title}" of the file "{src}" was left out'
            remarks.append(Remark(message, "write it where the text shows the file"))
    return picture, remarks


def _words(one: Mapping[str, Value], key: str) -> str:
    value = one.get(key)
    return value if isinstance(value, str) else ""
