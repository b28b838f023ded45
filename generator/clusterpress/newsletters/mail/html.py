"""HTML of e-mails: tables, with the styles in every element, as mail programs need it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from clusterpress.newsletters.addresses import EMBLEM
from clusterpress.newsletters.mail.content import Message
from clusterpress.newsletters.nodes_html import HtmlWriter, RenderOptions, Size
from clusterpress.theme.theme import Theme, open_templates, read_tokens

if TYPE_CHECKING:
    import css_inline

WIDTH = 600
"""Width of an e-mail in CSS pixels: it fits the preview panes of mail programs."""

COLUMN = 552
"""Width of its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The picture at the head of an e-mail."""

    src: str
    """Full address, or ``cid:`` and the name of a part of the message."""
    height: int
    """CSS pixels when it is `WIDTH` wide."""
    alt: str = ""


def write_html(
    theme: Theme, message: Message, *, service: str, cover: Cover, dark_scheme: bool = True
) -> str:
    """Return an e-mail as HTML.

    Args:
        theme: the theme, whose template is ``newsletter/mail/email.html``.
        message: the e-mail.
        service: the mailing service whose unsubscribe tag it carries, or ``none``.
        cover: the picture at its head.
        dark_scheme: whether to include a style sheet for the dark scheme.
    """
    tokens = read_tokens(theme)
    sizes = {message.full(one.url): _fitted_size(one.width, one.height) for one in message.pictures}
    options = RenderOptions(address=message.address, sizes=sizes, labels=message.wording.labels, lazy=False)
    writer = HtmlWriter(options=options, anchor="editorial")
    html = (
        open_templates(theme)
        .get_template("mail/email.html")
        .render(
            message=message,
            document=message.document,
            t=message.label,
            cover=cover,
            dark_scheme=dark_scheme,
            emblem=message.full(EMBLEM),
            unsubscribe=message.unsubscribe_link(service),
            editorial=writer.write(message.document["editorial"], 2) + writer.write_footnotes(),
            picture=writer.picture,
            foreign=message.wording.foreign,
            tokens=tokens,
            light={**tokens["colours"]["light"], **message.document["masthead"]["colours"]},
            dark=tokens["colours"]["dark"],
            band=tokens["band"],
        )
    )
    return _inliner().inline(html)


def _fitted_size(width: int, height: int) -> Size:
    """Return the size of a picture in the text, the only one that Outlook respects."""
    shown = min(width, COLUMN)
    return Size(width=shown, height=max(1, round(height * shown / max(1, width))))


@lru_cache(maxsize=1)
def _inliner() -> "css_inline.CSSInliner":
    import css_inline

    return css_inline.CSSInliner(
        keep_style_tags=False,
        keep_at_rules=False,  # the dark scheme has its own style element, which stays as it is
        load_remote_stylesheets=False,
        minify_css=True,
        resolve_css_variables=True,
    )
