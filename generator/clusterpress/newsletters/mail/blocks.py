"""Blocks in e-mails, as all mail programs set them; Outlook for Windows gets tables in comments."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from clusterpress.newsletters.nodes import Box, Figure, Inline, More, Quote
from clusterpress.newsletters.nodes_html import HtmlWriter


class FrameColours(Struct, frozen=True, kw_only=True):
    """The colours of what stands apart from the text, and the side at which its lines begin."""

    ground: str
    edge: str
    side: str
    """``left`` or ``right``."""


class MailWriter(HtmlWriter, kw_only=True):
    """Writes the blocks of one text of an e-mail."""

    frame: FrameColours
    web: str
    """Where the text can be read on the web."""

    def _box(self, block: Box, level: int) -> Markup:
        title = Markup('<p class="box__title"><b>{}</b></p>').format(self._inline(block["title"]))
        inside = (title if block["title"] else Markup()) + self.write(block["c"], level)
        return self._framed("box", inside, ground=self.frame.ground)

    def _quote(self, block: Quote, level: int) -> Markup:
        words = Markup("<blockquote>{}</blockquote>").format(self.write(block["c"], level))
        by = block.get("by")
        name = Markup('<p class="by">— {}</p>').format(self._inline(by)) if by else Markup()
        return self._framed("quote pull" if block["pull"] else "quote", words + name)

    def _framed(self, kind: str, inside: Markup, ground: str = "") -> Markup:
        """Return blocks with a bar at their side; in Word, the cell of a table has bar and padding."""
        return Markup(
            '<!--[if mso]><table width="100%" cellspacing="0"><tr>'
            '<td{} style="padding:12px 16px 1px;border-{}:4px solid {}"><![endif]-->'
            '<div class="{}">{}</div>'
            '<!--[if mso]></td></tr></table><p class="gap">&nbsp;</p><![endif]-->'
        ).format(
            Markup(' bgcolor="{}"').format(ground) if ground else "",
            self.frame.side,
            self.frame.edge,
            kind,
            inside,
        )

    def _figure(self, block: Figure) -> Markup:
        """Return a picture with its caption as elements that Word knows."""
        return Markup('<div class="figure">{}</div>{}').format(
            self.picture(block), self._caption(block["caption"])
        )

    def _caption(self, words: Sequence[Inline]) -> Markup:
        return Markup('<p class="caption">{}</p>').format(self._inline(words)) if words else Markup()

    def _more(self, block: More, level: int) -> Markup:  # noqa: ARG002 -- as other blocks
        """Return a link to the further pictures of a gallery."""
        return Markup('<p><a href="{}"><span dir="ltr">+{}</span> – {}</a></p>').format(
            self.web, len(block["c"]), self.options.labels["read_on_web"]
        )
