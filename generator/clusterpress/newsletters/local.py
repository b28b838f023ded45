"""Local: an issue as a folder for staff: pages without a server, an overview, a guide to sending it."""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from textwrap import fill
from urllib.parse import unquote

from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from clusterpress.newsletters.issues import Editions, ResolvedIssue

ResolvePath = Callable[[str], str | None]
"""An address as written → the path below the site's root; None for one elsewhere."""

_LOADED = {"img": "src", "script": "src", "link": "href"}
"""Element that loads a file → the attribute with its address."""

_URL = re.compile(r"url\(['\"]?(?P<address>[^)'\"]+)['\"]?\)")


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


_PAGE = Markup(
    """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Preview: {title}</title>
<style>
:root{{color-scheme:light dark}}
body{{margin:0 auto;max-width:84rem;padding:1.5rem;font:1rem/1.5 system-ui,sans-serif}}
ul{{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;padding:0;list-style:none}}
.row{{display:flex;flex-wrap:wrap;gap:1.2rem;align-items:flex-start}}
.row a{{flex:0 1 19rem}}
.row img{{width:100%;height:auto;border:1px solid #8886}}
iframe{{height:56rem;max-width:100%;border:1px solid #8886;background:#fff}}
</style>
</head>
<body>
<h1>{title}</h1>
<ul>{links}</ul>
{parts}
</body>
</html>
"""
)
_PDF = Markup('<h2>PDF: {count} pages</h2>\n<div class="row">{pages}</div>')
_THUMB = Markup('<a href="{0}"><img src="{0}" alt="Page {1}" width="794" height="1123"></a>')
_MAIL = Markup(
    "<h2>E-mail: {size:.0f} KB</h2>\n<p>Gmail cuts a mail at 102 KB.</p>\n"
    '<div class="row"><iframe src="{html}" width="640" title="E-mail, 640 pixels wide"></iframe>'
    '<iframe src="{html}" width="360" title="E-mail on a phone, 360 pixels wide"></iframe></div>'
)


def write_overview(title: str, editions: Editions, *, pages: Sequence[str], mail: int) -> bytes:
    """Return the page.

    Args:
        title: title of the issue.
        editions: paths of the editions, relative to the page's folder.
        pages: the PDF's pages as pictures, in order.
        mail: bytes of the e-mail's HTML; 0 when there is none.
    """
    edition_links = (
        ("Web edition", editions.web and f"{editions.web}index.html"),
        ("Web edition on one page", editions.all and f"{editions.all}index.html"),
        ("PDF", editions.pdf),
        ("E-mail", editions.html),
        ("E-mail as text", editions.text),
        ("E-mail as a draft (.eml)", editions.message),
    )
    links = Markup().join(
        Markup('<li><a href="{}">{}</a></li>').format(to, name) for name, to in edition_links if to
    )
    thumbs = Markup().join(_THUMB.format(page, number) for number, page in enumerate(pages, start=1))
    parts = [_PDF.format(count=len(pages), pages=thumbs)] if pages else []
    parts += [_MAIL.format(size=mail / 1000, html=editions.html)] if mail else []
    return _PAGE.format(title=title, links=links, parts=Markup("\n").join(parts)).encode()


_AFTER_TEST = (
    "Send a test to yourself, then send. {} fills in the link at the foot by which readers unsubscribe."
)

SERVICES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "listmonk": (
        "listmonk",
        (
            'Campaigns → New: name, subject, lists, Format "Raw HTML"; leave the template empty.',
            "Content: paste the whole of email.html.",
            '"Add alternate plain text message": paste the whole of email.txt.',
            _AFTER_TEST.format("listmonk"),
        ),
    ),
    "mailchimp": (
        "Mailchimp",
        (
            "Create a campaign: audience, from, subject, preview text.",
            'Design Email → "Code your own" → "Paste in code": paste the whole of email.html.',
            '"Plain-text email": replace what stands there by email.txt.',
            _AFTER_TEST.format("Mailchimp") + " Its own footer may come on top.",
        ),
    ),
    "brevo": (
        "Brevo",
        (
            "Campaigns → Create → Email: name, subject, preview text, from, recipients.",
            'Design → "Code your own" → "Paste your code": paste the whole of email.html.',
            "Brevo writes the text part by itself; email.txt is for other uses.",
            _AFTER_TEST.format("Brevo"),
        ),
    ),
}
"""Service → its name, and the steps to take there."""

_DRAFT = (
    "Double-click the file that ends in .eml: Outlook, Apple Mail and Thunderbird open it as a draft.",
    "Put your readers into Bcc, never into To or Cc: nobody may see the others' addresses.",
    "Send it to yourself first. Readers unsubscribe by writing to you: keep that list.",
)


def write_guide(
    issue: ResolvedIssue, *, service: str, subject: str, size: int, files: Sequence[str], site: str
) -> str:
    """Return the guide as plain text.

    Args:
        issue: the issue.
        service: the mailing service whose tags are in the HTML, or ``none``.
        subject: subject line of the e-mail.
        size: bytes of the e-mail's HTML.
        files: names of the other exported files.
        site: address of the site.
    """
    name, steps = SERVICES.get(service, ("a mail program", _DRAFT))
    parts = [
        _title(f"{issue.masthead.name} no. {issue.number}: how to send it", "="),
        (
            f"Subject:       {subject}\nPreview text:  {issue.item.preheader or '(none)'}\n"
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
        _title(f"With {name}", "-"),
        _steps(steps),
    ]
    if service in SERVICES:
        parts += [_title("With a mail program instead", "-"), _steps(_DRAFT)]
    else:
        services = ", ".join(SERVICES)
        parts.append(fill(f"For a mailing service, export again with --service ({services}).", 78))
    return "\n\n".join(parts) + "\n"


def _steps(steps: Sequence[str]) -> str:
    return "\n".join(
        fill(step, 78, initial_indent=f"{number}. ", subsequent_indent="   ", break_long_words=False)
        for number, step in enumerate(steps, start=1)
    )


def _title(text: str, sign: str) -> str:
    return f"{text}\n{sign * len(text)}"
