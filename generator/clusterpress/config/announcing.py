"""The blocks ``index_now:`` and ``announce:`` of the settings: who is told of new items after publishing."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct

from clusterpress.config.subscriptions import check_key_address
from clusterpress.parsing.values import Finding, check_website, findings_of

Network = Literal["mastodon", "bluesky", "linkedin"]
"""A network for which announcements are written."""

_KEY = re.compile(r"[A-Za-z0-9-]{8,128}")
"""Keys by the protocol (https://www.indexnow.org/documentation)."""
_HANDLE = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*")
_SECRET = re.compile(r"(?:\w+_)?(?:token|secret|password|passwd|pass|key)", re.IGNORECASE)
_HINT = "take it out, make a new one there, and put it into {} in the environment"

VARIABLES: Mapping[str, str] = {
    "mastodon": "CLUSTERPRESS_MASTODON_TOKEN",
    "bluesky": "CLUSTERPRESS_BLUESKY_PASSWORD",
}
"""Network → environment variable with the key that lets clusterpress post there."""


class IndexNowSettings(Struct, frozen=True, kw_only=True):
    """Search engines that are told which pages changed, after each publication (IndexNow)."""

    key: str
    """A word of your choice that proves that the site is yours: 8 to 128 letters, digits and hyphens. It is
    no secret: the site publishes it as ``<key>.txt``."""
    endpoint: str = "https://api.indexnow.org/indexnow"
    """Address that is told; participating search engines pass it on to each other."""


class MastodonSettings(Struct, frozen=True, kw_only=True):
    """An account on a Mastodon server; ``CLUSTERPRESS_MASTODON_TOKEN`` holds its access token."""

    server: str
    """Address of the server: ``https://social.example.eu``."""
    visibility: Literal["public", "unlisted", "private"] = "public"
    """Who sees the posts."""


class BlueskySettings(Struct, frozen=True, kw_only=True):
    """An account on Bluesky; ``CLUSTERPRESS_BLUESKY_PASSWORD`` holds an app password."""

    handle: str
    """Its name: ``news.example.eu``."""
    server: str = "https://bsky.social"
    """Address of the server with the account."""


class AnnounceSettings(Struct, frozen=True, kw_only=True):
    """Announcements of new items on other platforms: ``clusterpress publish --announce``."""

    networks: tuple[Network, ...] = ("mastodon", "bluesky", "linkedin")
    """Networks for which announcements are written."""
    languages: tuple[str, ...] = ()
    """Languages whose items are announced. Default: the first language of the site."""
    mastodon: MastodonSettings | None = None
    """The account that posts. Default: none; drafts are written."""
    bluesky: BlueskySettings | None = None
    """The account that posts. Default: none; drafts are written."""


def check_announcing(fields: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield a finding for each fault of the addresses and keys by which others are told."""
    if (feeds := fields.get("feeds")) and feeds.hub:
        yield from findings_of("feeds.hub", check_website, feeds.hub)
    if index_now := fields.get("index_now"):
        if not _KEY.fullmatch(index_now.key):
            hint = "write 8 to 128 letters, digits and hyphens"
            yield Finding("index_now.key", f'"{index_now.key}" cannot be a key of IndexNow', hint)
        yield from findings_of("index_now.endpoint", check_website, index_now.endpoint)
    if announce := fields.get("announce"):
        yield from _check_accounts(announce, fields.get("languages") or ("en",))


def _check_accounts(announce: AnnounceSettings, languages: tuple[str, ...]) -> Iterator[Finding]:
    for name in ("mastodon", "bluesky"):
        if account := getattr(announce, name):
            hint = _HINT.format(VARIABLES[name])
            yield from check_key_address(f"announce.{name}.server", account.server, "keys", hint)
    bluesky = announce.bluesky
    if bluesky and not _HANDLE.fullmatch(bluesky.handle):
        hint = 'write it without "@", such as "news.example.eu"'
        yield Finding("announce.bluesky.handle", f'"{bluesky.handle}" is not the name of an account', hint)
    for number, lang in enumerate(announce.languages):
        if lang not in languages:
            hint = f"write one of {', '.join(languages)}"
            yield Finding(f"announce.languages.{number}", f'the site has no language "{lang}"', hint)


def find_announce_secrets(values: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield a finding for each key or password that stands in the ``announce:`` block.

    Args:
        values: the settings as written.
    """
    announce = values.get("announce")
    for network, account in announce.items() if isinstance(announce, dict) else ():
        for key in account if isinstance(account, dict) else ():
            if _SECRET.fullmatch(str(key).replace("-", "_")):
                hint = _HINT.format(VARIABLES.get(network, "the environment"))
                yield Finding(f"announce.{network}.{key}", "a key must not stand in this file", hint)
