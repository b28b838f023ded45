"""Local: an issue as a folder for staff: pages without a server, and a guide to sending it."""

import posixpath
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from textwrap import fill
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from clusterpress.newsletters.issues import ResolvedIssue, preheader_of, subject_of

ResolvePath = Callable[[str], str | None]
"""An address as written → the path below the site's root; None for one elsewhere."""

_LOADED = {"img": "src", "script": "src", "link": "href"}
"""Element that loads a file → the attribute with its address."""

_URL = re.compile(r"url\(['\"]?(?P<address>[^()'\"]+)['\"]?\)")


def find_loaded_files(path: str, content: bytes, resolve: ResolvePath) -> Iterator[str]:
    """Yield the paths below the site's root of the files that a page or a style sheet loads.

    Args:
        path: its own path.
        content: its bytes.
        resolve: as returned by `path_resolver`.
    """
    if path.endswith(".css"):
        for found in _URL.finditer(content.decode()):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), found["address"]))
    elif path.endswith(".html"):
        for node in LexborHTMLParser(content).css(", ".join(_LOADED)):
            rel = node.attributes.get("rel") or ""
            if node.tag != "link" or rel in ("stylesheet", "icon"):
                yield resolve(node.attributes.get(_LOADED[node.tag or ""]) or "") or ""


def relativise_links(
    path: str, page: bytes, resolve: ResolvePath, local_files: frozenset[str], site: str
) -> bytes:
    """Return a page whose addresses lead to local files, or to the site for files that are not local.

    Args:
        path: the page's own path below the root.
        page: its HTML.
        resolve: as returned by `path_resolver`.
        local_files: paths of all files of the folder.
        site: address of the site, with a slash at its end.
    """
    tree = LexborHTMLParser(page)
    start = posixpath.dirname(path)
    for policy in tree.css('meta[http-equiv="Content-Security-Policy"]'):
        policy.decompose()  # some browsers regard the files of a folder as different sites
    for node in tree.css("[href], [src]"):
        name = "href" if "href" in node.attributes else "src"
        address = node.attributes[name] or ""
        target = resolve(address)
        if target is None:
            continue
        bare, sign, anchor = target.partition("#")
        file = f"{bare}index.html" if bare.endswith("/") or not bare else bare
        there = posixpath.relpath(file, start or ".") if unquote(file) in local_files else site + bare
        node.attrs[name] = f"{there}{sign}{anchor}"
    return (tree.html or "").encode()


def path_resolver(site: str, root: str) -> ResolvePath:
    """Return a function that translates an address to a path of the site.

    Args:
        site: address of the site, with a slash at its end.
        root: path of the site on its server, with slashes at both ends.
    """

    def resolve(address: str) -> str | None:
        for start in (site, root):
            if address.startswith(start) and not address.startswith("//"):
                return address.removeprefix(start)
        return None

    return resolve


def write_guide(issue: ResolvedIssue, *, service: str, size: int, files: Sequence[str], site: str) -> str:
    """Return the guide as plain text.

    Args:
        issue: the issue.
        service: the mailing service whose tags are in the HTML, or ``none``.
        size: bytes of the e-mail's HTML.
        files: names of the other exported files.
        site: address of the site.
    """
    services = tomllib.loads((Path(__file__).parent / "mailing_services.toml").read_text("utf-8"))
    draft = services.pop("none")
    chosen = services.get(service, draft)
    parts = [
        _title(f"{issue.masthead.name} no. {issue.number}: how to send it", "="),
        (
            f"Subject:       {subject_of(issue)}\n"
            f"Preview text:  {preheader_of(issue) or '(none)'}\n"
            f"Size of HTML:  {size / 1000:.0f} KB (Gmail cuts mails at 102 KB)"
        ),
        _title("What is here", "-"),
        "\n".join(f"- {file}" for file in files),
        _title("Before you send", "-"),
        _steps(
            (
                f"Publish the site: links and pictures of the mail come from {site}",
                "Should your service ask for the pictures: they are in the folder pictures/.",
                'Pin the issue with "clusterpress newsletter freeze", so that it stays as you sent it.',
                "Look at a test mail on a computer and on a phone, in light and in dark.",
            )
        ),
        _title(f"With {chosen['name']}", "-"),
        _steps(chosen["steps"]),
    ]
    if service in services:
        parts += [_title("With a mail program instead", "-"), _steps(draft["steps"])]
    else:
        names = ", ".join(services)
        parts.append(fill(f"For a mailing service, export again with --service ({names}).", 78))
    return "\n\n".join(parts) + "\n"


def _steps(steps: Sequence[str]) -> str:
    return "\n".join(
        fill(step, 78, initial_indent=f"{number}. ", subsequent_indent="   ", break_long_words=False)
        for number, step in enumerate(steps, start=1)
    )


def _title(text: str, sign: str) -> str:
    return f"{text}\n{sign * len(text)}"
