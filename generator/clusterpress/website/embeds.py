"""Embeds: links to videos and maps that a reader may open in the page; nothing is loaded before that."""

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from clusterpress.markup.embeds import CLASS, Player, find_player

if TYPE_CHECKING:
    from clusterpress.theme.wording import Wording

_LINK = re.compile(
    rf'<(?P<block>p|figure)(?:\s[^>]*)?>\s*<a(?P<attributes>(?=[^>]*\sclass="(?:[^"]*\s)?{CLASS}[\s"])[^>]*)>'
    r"(?P<inside>.*?)</a>\s*(?:<figcaption>(?P<caption>.*?)</figcaption>\s*)?</(?P=block)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r'\s([a-z-]+)="([^"]*)"')
_ALT = re.compile(r'\salt="([^"]*)"')
_TAGS = re.compile(r"<[^>]+>")


def render_embeds(html: str, wording: "Wording") -> str:
    """Return a body in which every link with the class ``embed`` is a place for its player.

    The player is named in ``data-embed``, which the page's content security policy allows and a script of the
    theme loads on a click. A link to anything but a known player stays as it is, as do all without scripts.
    """
    return _LINK.sub(lambda found: _render_embed(found, wording), html) if CLASS in html else html


def _render_embed(found: re.Match[str], wording: "Wording") -> str:
    attributes = dict(_ATTRIBUTE.findall(found["attributes"]))
    address, inside = unescape(attributes.get("href", "")), found["inside"]
    player = find_player(address)
    if player is None:
        return found[0]
    alt = _ALT.search(inside)
    words = _TAGS.sub("", inside).strip()
    title = unescape(attributes.get("title") or words or (alt[1] if alt else "")) or player.host
    poster = inside if "<img" in inside else ""
    return _write(player, address, title, poster, found["caption"] or "", wording)


def _write(player: Player, address: str, title: str, poster: str, caption: str, wording: "Wording") -> str:
    """Return the place of a player: what it is, a button, what a click means, and the way without it."""
    name = escape(title)
    return (
        f'<figure class="{CLASS}" data-embed="{escape(player.address)}" data-title="{name}">'
        f'<div class="embed__frame">{poster}<p class="embed__title">{name}</p>'
        f'<p class="embed__load" hidden><button type="button" class="button">{wording.say("embed_load")}'
        f'<span class="unseen">: {name}</span></button></p></div><figcaption>{caption} '
        f'<span class="embed__note">{wording.say("embed_note", host=player.host)}</span> '
        f'<a href="{escape(address)}" rel="noopener noreferrer">{wording.say("embed_open", title=title)}</a>'
        f"</figcaption></figure>"
    )
