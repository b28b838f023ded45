"""Networks that take posts: Mastodon and Bluesky, by the published descriptions of their interfaces."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from hashlib import blake2b
from html import unescape
from typing import Any, ClassVar, Protocol

from msgspec import Struct

from clusterpress.config.announcing import (
    VARIABLES,
    AnnounceSettings,
    BlueskySettings,
    MastodonSettings,
    Network,
)
from clusterpress.publishing.announcing.texts import Announcement, compose
from clusterpress.publishing.errors import PublishError
from clusterpress.publishing.requests import JsonClient

ReadPicture = Callable[[str], tuple[bytes, str]]
"""Takes the path of a picture below the site's root; returns bytes and media type, empty if there is none."""


class Account(Protocol):
    """An account that posts."""

    def post(self, one: Announcement, read_picture: ReadPicture) -> str:
        """Post an announcement, unless the account has posted it already; return the address of the post.

        Raises:
            PublishError: the network refuses, or cannot be reached.
        """


def open_account(
    network: Network, settings: AnnounceSettings, key: str, now: Callable[[], datetime], **options: Any
) -> Account | None:
    """Return the account that posts on a network, or None if the settings name none there.

    Args:
        network: the network.
        settings: of announcements.
        key: the account's key.
        now: returns the time.
        options: of the client, for tests.
    """
    if network == "mastodon" and settings.mastodon:
        client = _client(network, "Mastodon", settings.mastodon.server, key, **options)
        return Mastodon(settings.mastodon, client)
    if network == "bluesky" and settings.bluesky:
        client = _client(network, "Bluesky", settings.bluesky.server, key, **options)
        return Bluesky(settings.bluesky, client, now)
    return None


def _client(network: Network, title: str, server: str, key: str, **options: Any) -> JsonClient:
    headers = {"Authorization": f"Bearer {key}"} if network == "mastodon" else {}
    return JsonClient(
        title=title,
        base=server,
        headers=headers,
        variable=VARIABLES[network],
        secret=key,
        rights="the right to post (write:statuses)",
        place=f'"{network}" under "announce"',
        **options,
    )


class Mastodon(Struct, dict=True):
    """An account on a Mastodon server: https://docs.joinmastodon.org/methods/statuses/."""

    settings: MastodonSettings
    client: JsonClient
    RECENT: ClassVar[int] = 40
    """Latest posts of the account among which an announcement is looked for."""

    def post(self, one: Announcement, _read_picture: ReadPicture) -> str:
        """Post an announcement; the server draws the picture of the page below it."""
        for status in self._latest:
            if one.link in re.findall(r'href="([^"]+)"', unescape(str(status.get("content")))):
                return str(status.get("url"))
        body = {
            "status": compose(one, "mastodon"),
            "language": one.lang.partition("-")[0],
            "visibility": self.settings.visibility,
        }
        answer = self.client.send("POST", "/api/v1/statuses", body)
        return _find(answer, "url", self.client)

    @cached_property
    def _latest(self) -> list[dict[str, Any]]:
        """The latest posts: an answer, or our record of it, may have been lost."""
        account = self.client.send("GET", "/api/v1/accounts/verify_credentials")
        number = _find(account, "id", self.client)
        return list(
            self.client.send(
                "GET", f"/api/v1/accounts/{number}/statuses", limit=self.RECENT, exclude_reblogs="true"
            )
            or ()
        )


class Bluesky(Struct, dict=True):
    """An account on Bluesky: https://docs.bsky.app/docs/advanced-guides/posts."""

    settings: BlueskySettings
    client: JsonClient
    now: Callable[[], datetime]
    MOST_BYTES: ClassVar[int] = 1_000_000
    """Of a picture."""

    def post(self, one: Announcement, read_picture: ReadPicture) -> str:
        """Post an announcement with a card of its page; posted again, it replaces itself."""
        token, did = self._session
        client = JsonClient(
            **{name: getattr(self.client, name) for name in JsonClient.__struct_fields__}
            | {"headers": {"Authorization": f"Bearer {token}"}}
        )
        text, key = compose(one, "bluesky"), make_record_key(one)
        record = {
            "$type": "app.bsky.feed.post",
            "text": text,
            "createdAt": self.now().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "langs": [one.lang],
            "facets": find_facets(text, one),
            "embed": self._card(one, client, read_picture),
        }
        body = {"repo": did, "collection": "app.bsky.feed.post", "rkey": key, "record": record}
        client.send("POST", "/xrpc/com.atproto.repo.putRecord", body)
        return f"https://bsky.app/profile/{self.settings.handle}/post/{key}"

    @cached_property
    def _session(self) -> tuple[str, str]:
        """An access token and the account's lasting identifier."""
        body = {"identifier": self.settings.handle, "password": self.client.secret}
        answer = self.client.send("POST", "/xrpc/com.atproto.server.createSession", body)
        return _find(answer, "accessJwt", self.client), _find(answer, "did", self.client)

    def _card(self, one: Announcement, client: JsonClient, read_picture: ReadPicture) -> dict[str, Any]:
        external = {"uri": one.link, "title": one.title, "description": one.summary}
        content, media_type = read_picture(one.picture) if one.picture else (b"", "")
        if 0 < len(content) <= self.MOST_BYTES and media_type in ("image/jpeg", "image/png", "image/webp"):
            path = "/xrpc/com.atproto.repo.uploadBlob"
            external["thumb"] = client.parse(client.deliver("POST", path, content, media_type))["blob"]
        return {"$type": "app.bsky.embed.external", "external": external}


def _find(answer: Any, key: str, client: JsonClient) -> str:
    """Return a value of an answer.

    Raises:
        PublishError: the answer has none.
    """
    if isinstance(answer, Mapping) and answer.get(key):
        return str(answer[key])
    message = f"{client.title} does not answer as its interface should"
    raise PublishError(message, "check the address in the settings")


def find_facets(text: str, one: Announcement) -> list[dict[str, Any]]:
    """Return where link and hashtags stand in a text, in bytes of UTF-8 (app.bsky.richtext.facet)."""
    kind = "app.bsky.richtext.facet"
    tags = [(tag, {"$type": f"{kind}#tag", "tag": tag.removeprefix("#")}) for tag in one.hashtags]
    features = [(one.link, {"$type": f"{kind}#link", "uri": one.link}), *tags]
    found = []
    for words, feature in features:
        if place := re.search(rf"(?<!\S){re.escape(words)}(?!\S)", text):
            start = len(text[: place.start()].encode())
            index = {"byteStart": start, "byteEnd": start + len(words.encode())}
            found.append({"index": index, "features": [feature]})
    return found


_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"


def make_record_key(one: Announcement) -> str:
    """Return a key for the record of a post that is always the same for an item.

    It has the form of a time (TID, https://atproto.com/specs/tid): 53 bits of microseconds, and 10 bits that
    tell apart what has the same time. The item's identifier chooses these, and adds up to 15 minutes.
    """
    chosen = int.from_bytes(blake2b(one.id.encode(), digest_size=8).digest())
    microseconds = max(0, int(one.published)) * 1_000_000 + chosen % 900_000_000
    number = (microseconds & (1 << 53) - 1) << 10 | chosen >> 54
    return "".join(_SORTABLE[number >> shift & 31] for shift in range(60, -5, -5))
