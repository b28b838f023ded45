"""HTML: a letter set in tables, its styles in every element, as mail programs want it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from clusterpress.newsletters.addresses import EMBLEM
from clusterpress.newsletters.mail.content import Letter
from clusterpress.newsletters.mail.unsubscribe import unsubscribe_link
from clusterpress.newsletters.nodes_html import BlockWriter, Manner, Size
from clusterpress.newsletters.templates import foreign_marker, open_templates
from clusterpress.theme.theme import Theme
from clusterpress.theme.tokens import read_tokens

if TYPE_CHECKING:
    import css_inline

WIDTH = 600
"""Width of the letter in CSS pixels: what the preview panes of mail programs show."""

COLUMN = 552
"""Width of its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The picture at the head of a letter."""

    src: str
    """Full address, or ``cid:`` and the name of a part of the message."""
    height: int
    """CSS pixels when it is `WIDTH` wide."""
    alt: str = ""


def write_html(theme: Theme, letter: Letter, *, service: str, cover: Cover, sheet: bool = True) -> str:
    """Return a letter as HTML.

    Args:
        theme: the theme, whose template is ``newsletter/mail/email.html``.
        letter: the letter.
        service: the mailing service whose unsubscribe tag it carries, or ``none``.
        cover: the picture at its head.
        sheet: whether a style sheet with the dark scheme goes along.
    """
    tokens = read_tokens(theme)
    sizes = {letter.full(one.url): _fit(one.width, one.height) for one in letter.pictures}
    manner = Manner(address=letter.address, sizes=sizes, words=letter.wording.labels, lazy=False)
    writer = BlockWriter(manner=manner, anchor="editorial")
    html = (
        open_templates(theme)
        .get_template("mail/email.html")
        .render(
            letter=letter,
            document=letter.document,
            t=letter.say,
            cover=cover,
            sheet=sheet,
            emblem=letter.full(EMBLEM),
            unsubscribe=unsubscribe_link(letter, service),
            editorial=writer.write(letter.document["editorial"], 2) + writer.write_notes(),
            picture=writer.picture,
            foreign=foreign_marker(theme, letter.wording),
            tokens=tokens,
            light={**tokens["colours"]["light"], **letter.document["masthead"]["colours"]},
            dark=tokens["colours"]["dark"],
            band=tokens["band"],
        )
    )
    return _inliner().inline(html)


def _fit(width: int, height: int) -> Size:
    """Return the size of a picture in the text: Outlook goes by it, and by nothing else."""
    shown = min(width, COLUMN)
    return Size(width=shown, height=max(1, round(height * shown / max(1, width))))


@lru_cache(maxsize=1)
def _inliner() -> "css_inline.CSSInliner":
    import css_inline

    return css_inline.CSSInliner(
        keep_style_tags=False,
        keep_at_rules=False,  # those of the dark scheme stand in a style that is kept as it is
        load_remote_stylesheets=False,
        minify_css=True,
        resolve_css_variables=True,
    )
