"""A rendered body: HTML in pieces, with the links and pictures of the site still symbolic.

A body depends on its own Markdown text and the markup settings alone. Links to other sources become
addresses only when a page, feed or newsletter is put together, because only then is it known where the
other item lives and whether addresses are to be absolute.
"""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from clusterpress.values.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class LinkRef:
    """The address of a link to something of this site, standing where the value of ``href`` will be."""

    target: str
    """As written: ``../clusters/qoot.md#contact``, ``#milan``-less local files, ``/news/``."""
    line: int
    """Line within the body, counted from 1."""


@dataclass(frozen=True, slots=True)
class PictureRef:
    """A picture of this site, standing where the whole ``<img>`` will be."""

    src: str
    """As written: ``casablanca.jpg``, ``/img/a.png``."""
    alt: str
    """Text instead of the picture."""
    attributes: tuple[tuple[str, str], ...]
    """Other attributes of the element, in order (title, class …)."""
    line: int
    """Line within the body, counted from 1."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body."""

    level: int
    """2 to 6."""
    id: str
    """Its anchor."""
    text: str
    """Its words."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What others need to know of a body without its HTML."""

    links: tuple[LinkRef, ...] = ()
    """Links to this site, in order."""
    pictures: tuple[PictureRef, ...] = ()
    """Pictures of this site, in order."""
    headings: tuple[Heading, ...] = ()
    """Headings, in order."""
    anchors: tuple[str, ...] = ()
    """Every id in the body: what a ``#fragment`` may name."""
    first_paragraph: str = ""
    """Plain text of the first block if it is a paragraph, for comparison with the standfirst."""
    excerpt: str = ""
    """Plain text: what stands before ``<!-- more -->``, else the first paragraph, at most 300 characters."""
    words: int = 0
    """Number of words."""
    problems: tuple[tuple[int, str, str], ...] = ()
    """Faults found on the way: (line within the body, message, hint)."""
    warnings: tuple[tuple[int, str, str], ...] = ()
    """What readers would miss, in the same form: warnings."""


@dataclass(frozen=True, slots=True)
class Body:
    """A rendered body."""

    parts: tuple[str | LinkRef | PictureRef, ...]
    """HTML with references in between."""
    lead: int
    """How many parts the first block takes if it is a paragraph, else 0; ``parts[lead:]`` is the rest."""
    text: str
    """Plain text, paragraphs separated by empty lines."""
    outline: Outline
    """What others need to know."""


Address = Callable[[LinkRef], str]
"""Gives the address for a link."""
Figure = Callable[[PictureRef], str]
"""Gives the HTML of a picture."""


def render_html(body: Body, address: Address, figure: Figure, *, without_lead: bool = False) -> str:
    """Return the body's HTML with every reference replaced.

    Args:
        body: the rendered body.
        address: gives the address for a link; it is escaped here.
        figure: gives the HTML of a picture.
        without_lead: leave out the first paragraph (because it is printed as the standfirst).
    """
    pieces = body.parts[body.lead :] if without_lead else body.parts
    return "".join(
        piece
        if isinstance(piece, str)
        else escape(address(piece), quote=True)
        if isinstance(piece, LinkRef)
        else figure(piece)
        for piece in pieces
    )


def outline_problems(outline: Outline, path: str, body_line: int) -> list[Problem]:
    """Return what an outline has to say about the file ``path`` whose body begins on ``body_line``."""
    by_severity = ((Severity.ERROR, outline.problems), (Severity.WARNING, outline.warnings))
    return [
        Problem(path=path, line=body_line + line - 1, severity=severity, message=message, hint=hint)
        for severity, found in by_severity
        for line, message, hint in found
    ]
