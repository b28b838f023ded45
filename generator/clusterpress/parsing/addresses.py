"""Checks addresses of links, websites and mailboxes."""

import re

from clusterpress.parsing.values import ValueFault

# Browsers drop white space and controls before they read the scheme: "java\nscript:" still runs.
_DROPPED = re.compile(r"[\x00-\x20\x7f]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+")
_SLASHES = re.compile(r"(?i:https?):(?:/?(?!/)|//+(?=[/?#]|$)|///+)/*(.*)", re.DOTALL)
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BARE_HOST = re.compile(r"(?i:www)\.[\w-]+\.[\w.-]+(?:[/?#]|$)")
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def check_link(address: str) -> None:
    """Check the target of a link: an address, a path of the site or a path to a source file.

    Raises:
        ValueFault: the scheme is not allowed, such as ``javascript:``.
    """
    scheme = _SCHEME.match(_DROPPED.sub("", address))
    if scheme and scheme[1].lower() not in _SCHEMES:
        raise ValueFault(f'a link cannot begin with "{scheme[1]}:"', "use https:, mailto: or tel:, or a path")
    if guess := meant_address(address):
        what = "link to a mailbox" if guess.startswith("mailto:") else "full web address"
        raise ValueFault(f'"{address}" is not a {what}', f'write "{guess}"')


def meant_address(address: str) -> str:
    """Return the full address that was probably intended, or "" if the address is fine.

    Browsers take ``www.example.eu``, ``info@example.eu`` and ``https:/example.eu`` for paths of the site.
    """
    if found := _SLASHES.match(address):
        return f"https://{found[1] or 'example.eu'}"
    if _MAILBOX.fullmatch(address):
        return f"mailto:{address}"
    return f"https://{address}" if _BARE_HOST.match(address) else ""


def check_website(address: str) -> None:
    """Check a full web address.

    Raises:
        ValueFault: it is not an ``http`` or ``https`` address with a host.
    """
    check_link(address)
    if not re.match(r"https?://[^\s/?#]+\S*$", address, re.IGNORECASE):
        raise ValueFault(f'"{address}" is not a full web address', f'write "https://{_host(address)}"')


def check_email(address: str) -> None:
    """Check an e-mail address.

    Raises:
        ValueFault: it has not the form of one.
    """
    if not _EMAIL.fullmatch(address):
        raise ValueFault(f'"{address}" is not an e-mail address', 'write it like "name@example.eu"')


def _host(address: str) -> str:
    """Return the host and path that were probably intended."""
    rest = re.sub(r"^[a-z]+:/*|^[/@]+", "", address.strip(), flags=re.IGNORECASE)
    return re.sub(r"\s+", "", rest) or "example.eu"
