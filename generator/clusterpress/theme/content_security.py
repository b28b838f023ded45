"""Content security: what a page may load and run, computed from the page and written into it.

A page loads files from its own site only. Scripts and styles inside the page are allowed by their hashes, so
that injected code cannot run (W3C Content Security Policy Level 3).
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from html import escape, unescape
from urllib.parse import urlsplit

Policy = Mapping[str, tuple[str, ...]]
"""Directive → its sources."""

SELF, NONE = "'self'", "'none'"

BASE: Policy = {
    "default-src": (SELF,),
    "script-src": (SELF,),
    "style-src": (SELF,),
    # Material's style sheet draws its icons from data: addresses.
    "img-src": (SELF, "data:"),
    "frame-src": (NONE,),
    "object-src": (NONE,),
    "base-uri": (SELF,),
    "form-action": (SELF,),
}
"""The policy of every page."""

HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Headers that a server should send with every file, in addition to the policy."""

LONGEST_LINE = 2000
"""Characters that Cloudflare Pages reads of a line in ``_headers``."""

_CHARSET = b'<meta charset="utf-8">'
_META_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
# Patterns that begin with a letter or sign skip most of a page, which counts: every page is searched.
_BEGIN = re.compile(rb"<([sS](?:[cC][rR][iI][pP][tT]|[tT][yY][lL][eE]))\b([^<>]*)>")
_END = {name: re.compile(rb"</%s\s*>" % name, re.IGNORECASE) for name in (b"script", b"style")}
_STYLE_ATTRIBUTE = re.compile(rb'style=(?<=\sstyle=)(?:"([^"]*)"|\'([^\']*)\')')
_TYPE = re.compile(rb"""\stype=["']?([^"'\s>]+)""", re.IGNORECASE)
_EMBED = re.compile(rb'data-embed="(?<=\sdata-embed=")([^"]+)"')
# In a tag, as text of a page cannot contain "<".
_SUBSCRIBE = re.compile(rb'<form\b[^<>]*\sdata-subscribe="([^"]+)"')
_REMOTE_PICTURE = re.compile(rb'<img src="(https?://[^"]+)"')
_EXECUTABLE_TYPES = frozenset(
    {b"", b"module", b"importmap", b"speculationrules", b"text/javascript", b"application/javascript"}
)
"""Types of script elements that browsers run; they ignore others, such as JSON-LD."""


def add_policy(page: bytes, policy: Policy | None = None) -> bytes:
    """Return a page with a policy, or else the one that it needs, directly after its character set."""
    content = escape(write_policy(policy or find_policy(page)), quote=False)
    meta = f'\n<meta http-equiv="Content-Security-Policy" content="{content}">'
    return page.replace(_CHARSET, _CHARSET + meta.encode(), 1)


def find_policy(
    page: bytes, *, wasm: bool = False, scripts: Iterable[str] = (), styles: Iterable[str] = ()
) -> Policy:
    """Return the narrowest policy under which a page works.

    Args:
        page: the whole page, in UTF-8.
        wasm: whether its scripts run WebAssembly.
        scripts: addresses of scripts from other sites.
        styles: addresses of style sheets from other sites.
    """
    inline: dict[bytes, list[str]] = {b"script": [], b"style": []}
    for kind, attributes, content in _elements(page):
        typed = _TYPE.search(attributes)
        runs = kind == b"style" or (typed[1].lower() if typed else b"") in _EXECUTABLE_TYPES
        if runs and b" src=" not in attributes and content:
            inline[kind].append(_hash(content))
    # Plain text is found faster than a pattern.
    styled = _STYLE_ATTRIBUTE.findall(page) if b"style=" in page else ()
    attribute_hashes = [_hash(_read(one or other).encode()) for one, other in styled]
    embeds = _EMBED.findall(page) if b"data-embed=" in page else ()
    frames = _origins(_read(address) for address in embeds)
    forms = _SUBSCRIBE.findall(page) if b"data-subscribe=" in page else ()
    # Pictures of this site have addresses from its root.
    remote = _REMOTE_PICTURE.findall(page) if b'<img src="http' in page else ()
    more = {
        "script-src": (*_origins(scripts), *(("'wasm-unsafe-eval'",) if wasm else ()), *inline[b"script"]),
        "style-src": (
            *_origins(styles),
            *(("'unsafe-hashes'",) if attribute_hashes else ()),
            *sorted({*inline[b"style"], *attribute_hashes}),
        ),
        "frame-src": frames,
        "form-action": _origins(_read(address) for address in forms),
        "img-src": _origins(_read(address) for address in remote),
    }
    return join_policies((BASE, more)) if any(more.values()) else BASE


def read_policy(page: bytes) -> Policy:
    """Return the policy written in a page, or the policy it needs if none is."""
    if meta := _META_POLICY.search(page):
        rules = (rule.split() for rule in _read(meta[1]).split(";"))
        return {name: tuple(sources) for name, *sources in rules}
    return find_policy(page)


def join_policies(policies: Iterable[Policy]) -> Policy:
    """Return the policy that allows everything that any of several allows."""
    merged: dict[str, tuple[str, ...]] = {}
    for policy in policies:
        for name, sources in policy.items():
            every = dict.fromkeys((*merged.get(name, ()), *sources))
            merged[name] = tuple(one for one in every if one != NONE) or (NONE,)
    return merged


def write_policy(policy: Policy) -> str:
    """Return a policy as the text of a ``Content-Security-Policy``."""
    return "; ".join(" ".join((name, *sources)) for name, sources in policy.items())


FRAME_POLICY = f"frame-ancestors {SELF}"
"""The policy of pages that no other site may show in a frame."""


def write_headers(
    policies: Iterable[Policy], *, opens_windows: bool = False, framed: bool = False
) -> list[str]:
    """Return the lines ``Name: value`` that a server should send with every file of a site.

    The policy is wide enough for every page; the page's own policy narrows it, because both apply. Only a
    server can restrict who may show the site in a frame.

    Args:
        policies: of all pages.
        opens_windows: whether a page gets an answer from a window of another site that it opens.
        framed: whether other sites may show some of the files in a frame; `FRAME_POLICY` is for the others.
    """
    policy = {**join_policies((BASE, *policies)), **({} if framed else {"frame-ancestors": (SELF,)})}
    if len(write_policy(policy)) > LONGEST_LINE - len("Content-Security-Policy: "):
        # Too many colours and table columns for one line; the pages' own policies still list them.
        policy["style-src"] = (SELF, "'unsafe-inline'")
    lines = {"Content-Security-Policy": write_policy(policy), **HEADERS}
    if opens_windows:
        lines["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"
    return [f"{name}: {value}" for name, value in lines.items()]


def _elements(page: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    at = 0
    for begin in _BEGIN.finditer(page):
        name = begin[1].lower()
        if begin.start() >= at and (end := _END[name].search(page, begin.end())):
            at = end.end()
            yield name, begin[2], page[begin.end() : end.start()]


def _read(value: bytes) -> str:
    """Return the value of an attribute as browsers understand it."""
    return unescape(value.decode("utf-8", "replace"))


def _origins(addresses: Iterable[str]) -> tuple[str, ...]:
    parts = (urlsplit(f"https:{one}" if one.startswith("//") else one) for one in addresses)
    return tuple(sorted({f"{part.scheme}://{part.netloc}" for part in parts if part.netloc}))


def _hash(content: bytes) -> str:
    return f"'sha256-{b64encode(sha256(content).digest()).decode()}'"
