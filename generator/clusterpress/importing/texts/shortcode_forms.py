"""What each known shortcode, tag or component becomes in Markdown; many generators share the names."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from clusterpress.importing.addresses import name_of, public_address
from clusterpress.importing.texts.markdown import escape_address, escape_text, escape_title

WORDS = (
    "title", "heading", "content", "text", "body", "message", "quote", "summary", "caption", "description",
    "label",
)  # fmt: skip
"""Arguments that readers saw as text."""

_ARGUMENT = re.compile(
    r"(?P<name>[\w:-]+)\s*[=:]\s*(?:\"(?P<a>(?:[^\"\\]|\\.)*)\"|'(?P<b>(?:[^'\\]|\\.)*)'|`(?P<c>[^`]*)`|"
    r"\{(?P<d>(?:[^{}]|\{[^{}]*\})*)\}|(?P<e>[^\s\"',}]+))"
    r"|\"(?P<f>(?:[^\"\\]|\\.)*)\"|'(?P<g>[^']*)'|`(?P<h>[^`]*)`|(?P<i>[^\s,\"'=]+)"
)
_YOUTUBE, _VIMEO = "https://www.youtube.com/watch?v={}", "https://vimeo.com/{}"
_QUOTE = re.compile(r"^[\"'`](.*)[\"'`]$", re.DOTALL)
_KINDS = frozenset(
    {
        "note", "abstract", "info", "tip", "success", "question", "warning", "failure", "danger", "bug",
        "example", "quote", "important", "caution",
    }
)  # fmt: skip
"""Kinds of boxes in our dialect."""
_FAMILIES = {
    "note": "notice primary secondary light dark callout admonition aside box panel message",
    "tip": "hint",
    "info": "blue notice--info",
    "success": "green notice--success",
    "warning": "alert warn yellow attention notice--warning",
    "danger": "error red notice--danger",
}
_SAME_KINDS = {name: kind for kind, names in _FAMILIES.items() for name in names.split()}
_SOURCES = ("src", "image_path", "url", "path", "image", "file", "filename", "img", "href", "source")


class Arguments(NamedTuple):
    """The arguments of a token."""

    named: Mapping[str, str]
    """Name in lower case → value."""
    bare: tuple[str, ...]
    """Values without a name."""

    def first(self, *names: str, bare: int = -1) -> str:
        """Return the first value that there is under some names, or a bare one."""
        found = next((self.named[name] for name in names if self.named.get(name)), "")
        return found or (self.bare[bare] if 0 <= bare < len(self.bare) else "")


Convert = Callable[[Arguments, str | None], str | None]
"""Returns Markdown for arguments and content; None if the arguments do not say enough."""


def read_arguments(rest: str, variables: Mapping[str, str]) -> Arguments:
    """Return the arguments in the text after a token's name.

    Args:
        rest: such as ``src="a.png" alt="Hall"``.
        variables: names that stand for a text, such as imported pictures of MDX.
    """
    named: dict[str, str] = {}
    bare: list[str] = []
    for found in _ARGUMENT.finditer(rest):
        quoted = next((found[group] for group in "abcfgh" if found[group] is not None), None)
        written = found["d"] or found["e"] or found["i"] or ""
        value = quoted.replace('\\"', '"') if quoted is not None else _value(written, variables)
        if found["name"]:
            named.setdefault(found["name"].lower(), value)
        else:
            bare.append(value)
    return Arguments(named, tuple(bare))


def _value(written: str, variables: Mapping[str, str]) -> str:
    written = written.strip()
    if quoted := _QUOTE.match(written):
        return quoted[1]
    return variables.get(written.lower(), variables.get(written.partition(".")[0].lower(), written))


def _picture(arguments: Arguments, inner: str | None) -> str | None:
    source = arguments.first(*_SOURCES, bare=0)
    if not source or (inner is None and " " in source and "." not in source):
        return None
    named = arguments.named
    spoken = [named.get(key, "") for key in ("caption", "title", "attr", "credit")] + [(inner or "").strip()]
    caption = " · ".join(dict.fromkeys(word for word in spoken if word))
    title = f' "{escape_title(re.sub(r"<[^<>]+>|[*_]", "", caption))}"' if caption else ""
    alt = named.get("alt") or (arguments.bare[1] if len(arguments.bare) > 1 and not named.get("src") else "")
    picture = f"![{escape_text(alt)}]({escape_address(source)}{title})"
    link = named.get("link", "")
    return f"[{picture}]({escape_address(link)})" if link else picture


def _frame(form: str) -> Convert:
    """Return a converter to a link with the address of a film or post."""

    def convert(arguments: Arguments, _: str | None) -> str | None:
        code = arguments.first("id", "videoid", "video_id", "video", "url", "src", "tweetid", bare=0)
        if form.endswith("gist.github.com/{}"):
            code = arguments.first("id") or "/".join(arguments.bare[:2]) or code
        elif "/i/status/" in form and len(arguments.bare) > 1:
            code = arguments.bare[1]
        if not code or " " in code:
            return None
        address = public_address(code) if code.startswith(("http", "//")) else form.format(code)
        title = arguments.first("title") or name_of(address)
        embed = "{.embed}" if "youtu" in address or "vimeo" in address else ""
        return f"[{escape_text(title)}]({escape_address(address)}){embed}"

    return convert


def indent(text: str) -> str:
    """Return the lines of a text moved to the right by four."""
    return "\n".join(f"    {line}" if line.strip() else "" for line in text.strip("\n").split("\n"))


def box(kind: str, title: str, inner: str, *, mark: str = "!!!") -> str:
    """Return an admonition of our dialect."""
    heading = f' "{title}"'.replace("\n", " ") if title else ""
    return f"\n\n{mark} {kind}{heading}\n{indent(inner)}\n\n"


def _clean_title(title: str) -> str:
    return title.replace('"', "”").strip()


def _admonition(name: str) -> Convert:
    def convert(arguments: Arguments, inner: str | None) -> str | None:
        content = (
            inner if inner is not None else arguments.first("content", "text", "body", "message", bare=0)
        )
        if not content.strip():
            return "" if inner is not None else None
        wanted = arguments.first("type", "kind", "class", "level", "style", "color", "variant").lower()
        if not wanted and inner is not None and arguments.bare and " " not in arguments.bare[0]:
            wanted = arguments.bare[0].lower()
        wanted = wanted.replace("alert-", "")
        kind = next(
            (_SAME_KINDS.get(one, one) for one in (wanted, name) if _SAME_KINDS.get(one, one) in _KINDS),
            "note",
        )
        titles = [one for one in arguments.bare if one.lower() != wanted and one != content]
        title = arguments.first("title", "heading", "header", "label", "caption") or (
            titles[0] if inner is not None and titles else ""
        )
        return box(kind, _clean_title(title), content)

    return convert


def _details(arguments: Arguments, inner: str | None) -> str | None:
    if inner is None:
        return None
    title = arguments.first("summary", "title", "header", "label", bare=0) or "Details"
    is_open = arguments.named.get("open", "").lower() in {"true", "open"}
    return box("note", _clean_title(title), inner or " ", mark="???+" if is_open else "???")


def _video(arguments: Arguments, inner: str | None) -> str | None:
    """Return a film at the provider that the arguments name, or a link to a file."""
    form = {"youtube": _YOUTUBE, "vimeo": _VIMEO}.get(arguments.first("provider", "type", "host").lower())
    return _frame(form)(arguments, inner) if form else _link(arguments, inner)


def _link(arguments: Arguments, inner: str | None) -> str | None:
    target = arguments.first("href", "url", "link", "to", "relref", "src", "file", bare=0)
    words = (inner or "").strip() or arguments.first("text", "title", "label", "name", bare=1)
    description = arguments.first("description", "content")
    if not target or "{" in target:
        return words or None
    more = f" {description}" if description else ""
    return f"[{words or name_of(target)}]({escape_address(target)}){more}"


def _reference(arguments: Arguments, _: str | None) -> str | None:
    return escape_address(arguments.first("path", bare=0)) or None


def _post_url(arguments: Arguments, _: str | None) -> str | None:
    return f"/_posts/{'/'.join(arguments.bare)}" if arguments.bare else None


def _link_to_file(arguments: Arguments, _: str | None) -> str | None:
    return "/" + "/".join(arguments.bare).lstrip("/") if arguments.bare else None


def _named_block(arguments: Arguments, inner: str | None) -> str | None:
    """Return a tab, card or step: its title in bold, then its content."""
    title = arguments.first("label", "title", "name", "header", bare=0)
    if inner is None:
        href = arguments.first("href", "link", "url")
        words = arguments.first("description", "content", "text")
        if not title or title.startswith("{"):
            return None
        head = f"[{title}]({escape_address(href)})" if href else f"**{title}**"
        return f"\n\n{head}{f': {words}' if words else ''}\n\n"
    return f"\n\n**{title}**\n\n{inner.strip()}\n\n" if title else f"\n\n{inner.strip()}\n\n"


def _quotation(arguments: Arguments, inner: str | None) -> str | None:
    if inner is None:
        return None
    name = arguments.first("author", "source", "cite", "by") or " ".join(arguments.bare)
    lines = [f"> {line}".rstrip() for line in inner.strip().split("\n")]
    return "\n\n" + "\n".join([*lines, *([f"> — {name}"] if name else [])]) + "\n\n"


def _content(_: Arguments, inner: str | None) -> str | None:
    """Return what a wrapper holds: a layout, a row, centred text."""
    return inner


def _literal(arguments: Arguments, _: str | None) -> str | None:
    """Return an escaped shortcode: its readers saw the shortcode itself."""
    return None if not arguments.bare else "`" + " ".join(arguments.bare) + "`"


_NAMES: Mapping[Convert, str] = {
    _picture: "figure image img picture resize_image responsive-image imgproc photo responsiveimage lightbox "
    "thumbnail bundle-image optimizedimage",
    _frame(
        "https://www.youtube.com/watch?v={}"
    ): "youtube youtube-lite youtubeplayer lite-youtube youtubevideo",
    _frame(_VIMEO): "vimeo",
    _video: "video",
    _frame("https://twitter.com/i/status/{}"): "tweet twitter x",
    _frame("https://www.instagram.com/p/{}/"): "instagram",
    _frame("https://gist.github.com/{}"): "gist",
    _link: "audio pdf download file button btn linkbutton buttonlink cta a link-button",
    _details: "details expand collapse accordion spoiler expandable toggle",
    _reference: "ref relref",
    _post_url: "post_url",
    _link_to_file: "link",
    _named_block: "tab tabitem card linkcard step item column-title",
    _quotation: "quote blockquote pullquote",
    _content: "rawhtml raw-html html center centre lead row column columns col div section tabs cards "
    "cardgrid steps gallery fragment layout container grid filter markdown small big align",
}
CONVERTERS: Mapping[str, Convert] = {
    **{name: _admonition(name) for name in (_KINDS | _SAME_KINDS.keys()) - {"quote"}},
    **{name: convert for convert, names in _NAMES.items() for name in names.split()},
}
"""Name in lower case → converter."""
