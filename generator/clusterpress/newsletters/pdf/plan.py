"""The PDF edition: its outputs, and their maker, which other processes may run."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from clusterpress.config.settings import Settings
from clusterpress.funding.acknowledgement import draw_emblem_file
from clusterpress.library.pictures import Picture
from clusterpress.newsletters.document import (
    IssueMetadata,
    entries_of,
    make_document,
    metadata_of,
    pictures_of,
)
from clusterpress.newsletters.document_types import IssueDocument
from clusterpress.newsletters.images import draw_art
from clusterpress.newsletters.issues import ResolvedIssue, Sections, count_stories, editions_of
from clusterpress.newsletters.pdf.checks import read_remark, translate_error, write_remark
from clusterpress.newsletters.pdf.pictures import RASTER, partner_logos, show_picture, wrap_picture
from clusterpress.theme.cover_art import HEIGHT, RING, WIDTH
from clusterpress.theme.print_characters import normalise_text, printable_code_points
from clusterpress.theme.print_row_heads import mark_row_heads
from clusterpress.theme.qr_codes import draw_qr_code
from clusterpress.theme.theme import Theme, read_tokens
from clusterpress.theme.typesetting import TypesettingError
from clusterpress.theme.wording import open_wording
from clusterpress.values.outputs import Output, OutputError

STANDARDS = ("ua-1", "a-2a")
"""PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2): Typst refuses what is not accessible."""


def pdf_outputs(issues: Iterable[ResolvedIssue], settings: Settings, theme: Theme) -> Iterator[Output]:
    """Yield the PDF of each issue with a PDF edition.

    It is made again when something that it shows has changed: a story, a partner's record, a picture, the
    masthead, the theme; not when another issue comes before or after it.

    Args:
        issues: all issues, as resolved.
        settings: the site's settings.
        theme: the theme.
    """
    for issue in issues:
        path = editions_of(issue.entry).pdf
        if not path:
            continue
        metadata = metadata_of(issue, settings)
        bodies = (entry.body for entry in entries_of(metadata, issue.sections))
        pictures = (picture.key for picture in _pictures(metadata, issue.sections))
        yield Output(
            path=path,
            make=partial(make_pdf, metadata=metadata, sections=issue.sections, theme=theme),
            stored=(*bodies, *pictures),
            sources=(issue.item.source.path,),
            inspect=read_remark,
            optional=True,
        )


def make_pdf(metadata: IssueMetadata, sections: Sections, theme: Theme, stored: Sequence[Any]) -> bytes:
    """Return an issue as PDF; if its sources break a standard, without the standards and with a remark.

    Args:
        metadata: masthead, number, editorial.
        sections: its sections.
        theme: the theme.
        stored: the bodies of `entries_of`, then the bytes of `pictures_of` and of the partners' logos.

    Raises:
        OutputError: the typesetter refuses the issue.
    """
    # Takes 0.1 s, which only rendering needs.
    from clusterpress.theme.typesetting import typeset

    stamp = datetime.combine(metadata.date, time(12), UTC)
    files = _compose(metadata, sections, theme, stored)
    try:
        return mark_row_heads(typeset(files, theme, pdf_standards=list(STANDARDS), timestamp=stamp)[0])
    except TypesettingError as error:
        problem = translate_error(str(error), entries_of(metadata, sections))
    with _translated_errors(metadata, sections):
        return typeset(files, theme, timestamp=stamp)[0] + write_remark(problem)


def render_pages(
    metadata: IssueMetadata, sections: Sections, theme: Theme, stored: Sequence[Any], *, ppi: float = 96.0
) -> list[bytes]:
    """Return the pages of an issue as PNG files; for the arguments, see `make_pdf`."""
    from clusterpress.theme.typesetting import typeset

    with _translated_errors(metadata, sections):
        return typeset(_compose(metadata, sections, theme, stored), theme, format="png", ppi=ppi)


@contextmanager
def _translated_errors(metadata: IssueMetadata, sections: Sections) -> Iterator[None]:

    try:
        yield
    except TypesettingError as error:
        raise OutputError(translate_error(str(error), entries_of(metadata, sections))) from error


def _compose(
    metadata: IssueMetadata, sections: Sections, theme: Theme, stored: Sequence[Any]
) -> dict[str, bytes]:
    entries, pictures = entries_of(metadata, sections), _pictures(metadata, sections)
    bodies, contents = stored[: len(entries)], stored[len(entries) :]
    wording = open_wording(theme, metadata.entry.lang, "newsletter")
    names = {picture.key: _file_name(number, picture) for number, picture in enumerate(pictures)}
    made = make_document(metadata, sections, wording, bodies=bodies, pictures=names)
    made["colophon"] = {
        "subscribe": metadata.subscribe,
        "next": metadata.item.next_issue,
        "logos": [show_picture(logo, names) for logo in partner_logos(sections)],
    }
    document: IssueDocument = normalise_text(made, printable_code_points(theme))
    document["art"] = {"ring": RING, "width": WIDTH, "height": HEIGHT}
    drawings: dict[str, str] = {}
    for picture, content in zip(pictures, contents, strict=True):
        drawings |= wrap_picture(names[picture.key], picture, content)
    drawings["art.svg"] = draw_art(theme, wording, metadata.art_seed, count_stories(sections))
    drawings["emblem.svg"] = draw_emblem_file()
    drawings["subscribe.svg"] = draw_qr_code(metadata.subscribe)
    folder = Path(theme.folder) / "newsletter"
    templates = {path.name: path.read_bytes() for path in sorted(folder.glob("*.typ"))}
    texts = {
        "document.json": json.dumps(document),
        "tokens.json": json.dumps(read_tokens(theme), default=dict),
        **drawings,
    }
    files = {name: text.encode() for name, text in texts.items()}
    return {**templates, **files, "main.typ": templates["issue.typ"]}


def _pictures(metadata: IssueMetadata, sections: Sections) -> tuple[Picture, ...]:
    shown = (*pictures_of(metadata, sections), *(logo.picture for logo in partner_logos(sections)))
    return tuple({picture.key: picture for picture in shown}.values())


def _file_name(number: int, picture: Picture) -> str:
    return f"picture-{number}{'.svg' if picture.type == 'image/svg+xml' else RASTER}"
