"""Overview: one page that shows all editions of an issue side by side, for a final review."""

from collections.abc import Sequence

from markupsafe import Markup

from clusterpress.newsletters.addresses import Editions

_PAGE = Markup(
    """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Preview: {title}</title>
<style>
:root{{color-scheme:light dark}}
body{{margin:0 auto;max-width:84rem;padding:1.5rem;font:1rem/1.5 system-ui,sans-serif}}
ul{{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;padding:0;list-style:none}}
.row{{display:flex;flex-wrap:wrap;gap:1.2rem;align-items:flex-start}}
.row a{{flex:0 1 19rem}}
.row img{{width:100%;height:auto;border:1px solid #8886}}
iframe{{height:56rem;max-width:100%;border:1px solid #8886;background:#fff}}
</style>
</head>
<body>
<h1>{title}</h1>
<ul>{links}</ul>
{parts}
</body>
</html>
"""
)
_PDF = Markup('<h2>PDF: {count} pages</h2>\n<div class="row">{pages}</div>')
_THUMB = Markup('<a href="{0}"><img src="{0}" alt="Page {1}" width="794" height="1123"></a>')
_MAIL = Markup(
    "<h2>E-mail: {size:.0f} KB</h2>\n<p>Gmail cuts a mail at 102 KB.</p>\n"
    '<div class="row"><iframe src="{html}" width="640" title="E-mail, 640 pixels wide"></iframe>'
    '<iframe src="{html}" width="360" title="E-mail on a phone, 360 pixels wide"></iframe></div>'
)


def write_overview(title: str, editions: Editions, *, pages: Sequence[str], mail: int) -> bytes:
    """Return the page.

    Args:
        title: title of the issue.
        editions: paths of the editions, relative to the page's folder.
        pages: the PDF's pages as pictures, in order.
        mail: bytes of the e-mail's HTML; 0 when there is none.
    """
    edition_links = (
        ("Web edition", editions.web and f"{editions.web}index.html"),
        ("Web edition on one page", editions.all and f"{editions.all}index.html"),
        ("PDF", editions.pdf),
        ("E-mail", editions.html),
        ("E-mail as text", editions.text),
        ("E-mail as a draft (.eml)", editions.message),
    )
    links = Markup().join(
        Markup('<li><a href="{}">{}</a></li>').format(to, name) for name, to in edition_links if to
    )
    thumbs = Markup().join(_THUMB.format(page, number) for number, page in enumerate(pages, start=1))
    parts = [_PDF.format(count=len(pages), pages=thumbs)] if pages else []
    parts += [_MAIL.format(size=mail / 1000, html=editions.html)] if mail else []
    return _PAGE.format(title=title, links=links, parts=Markup("\n").join(parts)).encode()
