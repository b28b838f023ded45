"""Active files: those that a browser or a web server runs, instead of showing or sending them.

A site whose contributors are not trusted (``html: safe``) does not publish them.
"""

from pathlib import PurePosixPath

from clusterpress.values.media_types import media_type

_RUN_BY_BROWSERS = frozenset(
    """.cjs .dae .ecma .es .hta .htc .htm .html .htt .jar .js .jse .jsm .mathml .mht .mhtml .mjs .mml
    .owl .rdf .sgml .shtm .shtml .stm .svg .svgz .swf .vbs .vml .wsdl .wsf .xbl .xht .xhtm .xhtml
    .xml .xsd .xsl .xslt .xspf .xul""".split()  # noqa: SIM905 (words read best)
)
_RUN_BY_SERVERS = frozenset(
    """.asa .asax .ascx .ashx .asmx .asp .aspx .cfc .cfm .cgi .fcgi .jhtml .jsp .jspx
    .phar .php .php3 .php4 .php5 .php7 .php8 .phps .pht .phtm .phtml .pl""".split()  # noqa: SIM905 (words read best)
)
_SERVER_SETTINGS = frozenset(
    """.htaccess .htpasswd .user.ini _headers _redirects _worker.js php.ini web.config""".split()  # noqa: SIM905 (words read best)
)
"""Files by which a web server takes orders."""
_UNKNOWN = "application/octet-stream"
_MARKUP = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<")


def describe_active(path: str) -> str:
    """Return what an active file is, in words; "" if it is none by its name.

    Web servers look at all ends of a name until one says the type: ``a.html.fr`` is a page in French.
    """
    name = PurePosixPath(path).name.lower().rstrip(". ")
    if name in _SERVER_SETTINGS:
        return "settings of a web server"
    for suffix in reversed(PurePosixPath(name).suffixes):
        kind = media_type(f"a{suffix}").partition(";")[0]
        if suffix in _RUN_BY_SERVERS:
            return f"a program that web servers run ({suffix})"
        if suffix in _RUN_BY_BROWSERS or kind.endswith(("/xml", "+xml", "javascript", "/html")):
            return f"a file that browsers run ({suffix})"
        if kind != _UNKNOWN:
            return ""
    return ""


def has_known_type(path: str) -> bool:
    """Return whether web servers know the type of a file by its name; of others, browsers guess it."""
    return not media_type(path.lower()).startswith(_UNKNOWN)


def is_markup(start: bytes) -> bool:
    """Return whether browsers take a file of unknown type for a page, by its start (MIME Sniffing, 7.1)."""
    return start.lstrip(b" \t\n\f\r").startswith(_MARKUP)
