"""Addresses of links, as people write them."""

import re

from clusterpress.reading.values import Unreadable

# Browsers drop blanks and controls before they look at the scheme: "java\nscript:" still runs.
_DROPPED = re.compile(r"[\x00-\x20\x7f]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+")
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def check_link(address: str) -> None:
    """Check the target of a link: an address, a path of the site or a path to a source file.

    Raises:
        Unreadable: the address has a scheme that has no place on a site, such as ``javascript:``.
    """
    scheme = _SCHEME.match(_DROPPED.sub("", address))
    if scheme and scheme[1].lower() not in _SCHEMES:
        raise Unreadable(f'a link cannot begin with "{scheme[1]}:"', "use https:, mailto: or tel:, or a path")


def check_website(address: str) -> None:
    """Check a full web address.

    Raises:
        Unreadable: it is not an ``http`` or ``https`` address with a host.
    """
    check_link(address)
    if not re.match(r"https?://[^\s/?#]+\S*$", address, re.IGNORECASE):
        raise Unreadable(f'"{address}" is not a full web address', f'write "https://{_host(address)}"')


def check_email(address: str) -> None:
    """Check an e-mail address.

    Raises:
        Unreadable: mail programs would not take it for one.
    """
    if not _EMAIL.fullmatch(address):
        raise Unreadable(f'"{address}" is not an e-mail address', 'write it like "name@example.eu"')


def _host(address: str) -> str:
    """Return what most likely follows ``https://`` in the address that was meant."""
    rest = re.sub(r"^[a-z]+:/*|^[/@]+", "", address.strip(), flags=re.IGNORECASE)
    return re.sub(r"\s+", "", rest) or "example.eu"
