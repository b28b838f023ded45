"""The PDF edition: its outputs, and their maker, which other processes may run."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time
from functools import partial
from typing import Any

from clusterpress.config.settings import Settings
from clusterpress.funding.acknowledgement import draw_emblem_file
from clusterpress.newsletters.addresses import editions_of
from clusterpress.newsletters.document import (
    IssueMetadata,
    entries_of,
    make_document,
    metadata_of,
    pictures_of,
)
from clusterpress.newsletters.document_types import IssueDocument
from clusterpress.newsletters.images import art_seed, draw_art
from clusterpress.newsletters.issues import ResolvedIssue, ResolvedSection, count_stories
from clusterpress.newsletters.pdf.checks import translate_error
from clusterpress.theme.cover_art import HEIGHT, RING, WIDTH
from clusterpress.theme.theme import Theme
from clusterpress.theme.typesetting import TypesettingError
from clusterpress.theme.wording import open_wording
from clusterpress.values.outputs import Output, OutputError

STANDARDS = ("ua-1", "a-2a")
"""PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2): Typst refuses what is not accessible."""

Sections = tuple[ResolvedSection, ...]


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
        pictures = (picture.key for picture in pictures_of(metadata, issue.sections))
        yield Output(
            path=path,
            make=partial(make_pdf, metadata=metadata, sections=issue.sections, theme=theme),
            stored=(*bodies, *pictures),
            sources=(issue.item.source.path,),
        )


def make_pdf(metadata: IssueMetadata, sections: Sections, theme: Theme, stored: Sequence[Any]) -> bytes:
    """Return an issue as PDF.

    Args:
        metadata: masthead, number, editorial.
        sections: its sections.
        theme: the theme.
        stored: the bodies of `entries_of`, then the bytes of `pictures_of`.

    Raises:
        OutputError: the typesetter refuses something in the sources.
    """
    # Takes 0.1 s, which only rendering needs.
    from clusterpress.theme.typesetting import typeset

    stamp = datetime.combine(metadata.date, time(12), UTC)
    with _translated_errors(metadata, sections):
        files = _compose(metadata, sections, theme, stored)
        return typeset(files, theme, pdf_standards=STANDARDS, timestamp=stamp)[0]


def render_pages(
    metadata: IssueMetadata, sections: Sections, theme: Theme, stored: Sequence[Any], *, ppi: float = 96.0
) -> list[bytes]:
    """Return the pages of an issue as PNG files; for the arguments, see `make_pdf`."""
    from clusterpress.theme.typesetting import typeset

    with _translated_errors(metadata, sections):
        return typeset(_compose(metadata, sections, theme, stored), theme, format="png", ppi=ppi)


def _compose(
    metadata: IssueMetadata, sections: Sections, theme: Theme, stored: Sequence[Any]
) -> dict[str, bytes]:
    """Return the files that Typst reads."""
    from clusterpress.newsletters.pdf.typesetting import collect_files, normalise_text, wrap_picture

    entries, pictures = entries_of(metadata, sections), pictures_of(metadata, sections)
    bodies, contents = stored[: len(entries)], stored[len(entries) :]
    wording = open_wording(theme, metadata.entry.lang, "newsletter")
    names = {picture.key: f"picture-{number}.svg" for number, picture in enumerate(pictures)}
    made = make_document(metadata, sections, wording, bodies=bodies, pictures=names)
    document: IssueDocument = normalise_text(made)
    document["art"] = {"ring": RING, "width": WIDTH, "height": HEIGHT}
    drawings = {
        names[picture.key]: wrap_picture(picture, content)
        for picture, content in zip(pictures, contents, strict=True)
    }
    seed = art_seed(metadata.newsletter, metadata.number)
    drawings["art.svg"] = draw_art(theme, wording, seed, count_stories(sections))
    drawings["emblem.svg"] = draw_emblem_file()
    return collect_files(document, drawings, theme)


@contextmanager
def _translated_errors(metadata: IssueMetadata, sections: Sections) -> Iterator[None]:
    """Turn an error of the typesetter into a problem of a source."""
    try:
        yield
    except TypesettingError as error:
        raise OutputError(translate_error(str(error), entries_of(metadata, sections))) from error
