"""Client views: an e-mail as the mail programs of readers show it, for browsers that are none of them."""

import re

_DARK = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)")
_OPENED = re.compile(r"<!--\[if (?:gte )?mso[^\]<]*\]>((?:(?!<!--\[if ).)*?)<!\[endif\]-->", re.DOTALL)
_HIDDEN = re.compile(r"<!--\[if !mso\]><!-->(?:(?!<!--\[if !mso).)*?<!--<!\[endif\]-->", re.DOTALL)
_STYLES = re.compile(r"<style\b[^<>]*>.*?(?:</style>|\Z)", re.DOTALL | re.IGNORECASE)
_SETTINGS = re.compile(r"<xml>(?:(?!<xml>).)*?</xml>", re.DOTALL)
_SCHEME = re.compile(r'<meta name="(?:supported-)?color-schemes?" content="[^"]*">')
_HEAD_END = "</head>"


def show_light(html: str) -> str:
    """Return an e-mail as a program with a light screen shows it."""
    html = _DARK.sub("@media not all", _SCHEME.sub("", html))
    return html.replace(_HEAD_END, f'<meta name="color-scheme" content="light">{_HEAD_END}', 1)


def show_dark(html: str) -> str:
    """Return an e-mail as a program with a dark screen shows it, if it reads style sheets."""
    html = _DARK.sub("@media all", _SCHEME.sub("", html))
    return html.replace(_HEAD_END, f'<meta name="color-scheme" content="dark">{_HEAD_END}', 1)


def show_in_outlook(html: str) -> str:
    """Return an e-mail as Outlook for Windows reads it: conditional comments opened, no media queries.

    It is an approximation: Outlook sets text with Word, which browsers cannot show.
    """
    shown = _OPENED.sub(lambda found: found[1], _HIDDEN.sub("", _STYLES.sub(_keep_plain, html)))
    return show_light(_SETTINGS.sub("", shown))


def _keep_plain(found: re.Match[str]) -> str:
    return "" if "@media" in found[0] else found[0]
