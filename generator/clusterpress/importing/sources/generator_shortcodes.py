"""Additions of site generators to Markdown (shortcodes, Liquid, special links) → plain Markdown.

Additions with an equivalent in Markdown are converted. The others stay and are reported, since only an editor
knows what they showed.
"""

import re
from collections.abc import Callable, Mapping

from clusterpress.importing.texts.embeds import name_of
from clusterpress.importing.texts.escaping import escape_address, escape_text, escape_title
from clusterpress.importing.texts.markdown import outside_code

_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|([^\s\"',)]+))")
_QUOTED = re.compile(r"[\"']([^\"']*)[\"']")
_MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)

_HUGO = re.compile(r"\{\{([<%])\s*(/?)([\w./-]+)((?:\"[^\"]*\"|[^\"])*?)/?[>%]\}\}")
_LINK_IN_HUGO = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+[\"']?([^\"'\s]+)[\"']?\s*[>%]\}\}")
_HIGHLIGHT = re.compile(
    r"(?:\{\{[<%]\s*highlight\s+[\"']?(\w*)[^>%]*[>%]\}\}|\{%-?\s*highlight\s+(\w*)[^%]*%\})\n?(.*?)\n?"
    r"(?:\{\{[<%]\s*/\s*highlight\s*[>%]\}\}|\{%-?\s*endhighlight\s*-?%\})",
    re.DOTALL,
)
_POST_URL = re.compile(r"\{%-?\s*(post_url|link)\s+([^\s%]+)\s*-?%\}")
_RELATIVE = re.compile(r"\{\{-?\s*[\"']([^\"']+)[\"']\s*\|\s*(?:relative_url|absolute_url)\s*-?\}\}")
_SITE = re.compile(r"\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}")
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_INCLUDE = re.compile(r"\{%-?\s*include\s+([\w./-]+)(.*?)-?%\}", re.DOTALL)
_ZOLA = re.compile(r"\{\{\s*([\w]+)\(([^)]*)\)\s*\}\}")
_ANY = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_PELICAN = re.compile(r"(?:\{|\|)(filename|static|attach|author|category|tag|index|archives)(?:\}|\|)")
_SNIPPET = re.compile(r"^[ \t]*-{1,2}8<-{1,2}.*$", re.MULTILINE)
_ICON = re.compile(r":(?:material|fontawesome|octicons|simple)-[\w-]+:")

_VIDEO_HOSTS: Mapping[str, str] = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "x": "https://x.com/i/status/{}",
    "gist": "https://gist.github.com/{}",
}

Report = Callable[[str], None]


def convert_generator_shortcodes(text: str, report: Report) -> str:
    """Return Markdown with the additions converted; ``report`` takes each one without an equivalent."""
    text = _HIGHLIGHT.sub(lambda found: f"\n```{found[1] or found[2] or ''}\n{found[3]}\n```\n", text)
    return outside_code(text, lambda part: _converted(part, report))


def cut_excerpt(text: str) -> tuple[str, str]:
    """Return the text before ``<!-- more -->`` (or ""), and the whole text without that mark."""
    found = _MORE.search(text)
    if not found:
        return "", text
    return text[: found.start()].strip(), _MORE.sub("", text[: found.end()]).rstrip() + text[found.end() :]


def _converted(text: str, report: Report) -> str:
    text = _RAW.sub("", _SITE.sub("", text))
    text = _LINK_IN_HUGO.sub(lambda found: found[1], text)
    text = _POST_URL.sub(
        lambda found: f"/_posts/{found[2]}" if found[1] == "post_url" else f"/{found[2]}", text
    )
    text = _RELATIVE.sub(lambda found: "/" + found[1].lstrip("/"), text)
    text = _HUGO.sub(lambda found: _shortcode(found[0], found[3], found[4], closing=bool(found[2])), text)
    text = _INCLUDE.sub(lambda found: _shortcode(found[0], found[1], found[2]), text)
    text = _ZOLA.sub(lambda found: _shortcode(found[0], found[1], found[2]), text)
    text = _PELICAN.sub(
        lambda found: "" if found[1] in {"filename", "static", "attach"} else f"{found[1]}:", text
    )
    for pattern in (_ANY, _SNIPPET, _ICON):
        for found in pattern.finditer(text):
            report(found[0].strip().split("\n")[0])
    return text


def _shortcode(written: str, name: str, rest: str, *, closing: bool = False) -> str:
    """Return Markdown for a picture or video; other shortcodes unchanged."""
    attributes = {key.lower(): a.replace('\\"', '"') or b or c for key, a, b, c in _ATTRIBUTE.findall(rest)}
    base = name.rsplit("/", 1)[-1].removesuffix(".html").removesuffix(".md").lower()
    bare = rest.strip().strip("\"'")
    source = next(
        (
            attributes[key]
            for key in ("src", "image_path", "url", "path", "image", "file")
            if key in attributes
        ),
        "",
    )
    if closing:
        return "" if base in {"figure", "gallery"} else written
    if base in {"figure", "image", "img", "picture", "resize_image"} and (
        source or _QUOTED.fullmatch(rest.strip())
    ):
        return _picture(source or bare, attributes)
    if base in _VIDEO_HOSTS:
        code = attributes.get("id") or (bare.split(maxsplit=1)[0] if bare and "=" not in bare else "")
        code = "/".join(bare.split()[:2]) if base == "gist" and "=" not in bare else code
        if code:
            address = _VIDEO_HOSTS[base].format(code.strip("\"'"))
            return f"[{attributes.get('title') or name_of(address)}]({address})"
    return written


def _picture(source: str, attributes: Mapping[str, str]) -> str:
    words = [attributes.get(key, "") for key in ("caption", "title", "attr", "credit")]
    caption = " · ".join(dict.fromkeys(word for word in words if word))
    title = f' "{escape_title(caption)}"' if caption else ""
    picture = f"![{escape_text(attributes.get('alt', ''))}]({escape_address(source)}{title})"
    return f"[{picture}]({escape_address(attributes['link'])})" if attributes.get("link") else picture
