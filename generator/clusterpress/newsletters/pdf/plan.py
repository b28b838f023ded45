"""The PDF edition: its outputs, and their maker, which other processes may run."""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import Any
from unicodedata import normalize

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
from clusterpress.newsletters.pdf.checks import translate_error
from clusterpress.theme.cover_art import HEIGHT, RING, WIDTH
from clusterpress.theme.theme import Theme, read_tokens
from clusterpress.theme.typesetting import TypesettingError
from clusterpress.theme.wording import open_wording
from clusterpress.values.outputs import Output, OutputError

STANDARDS = ("ua-1", "a-2a")
"""PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2): Typst refuses what is not accessible."""

# Tanwin, short vowels, shadda, sukun and the small alef: reading aids, which everyday print omits.
_READING_AIDS = re.compile("[\u064b-\u0652\u0670]")


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
        return typeset(files, theme, pdf_standards=list(STANDARDS), timestamp=stamp)[0]


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
    entries, pictures = entries_of(metadata, sections), pictures_of(metadata, sections)
    bodies, contents = stored[: len(entries)], stored[len(entries) :]
    wording = open_wording(theme, metadata.entry.lang, "newsletter")
    names = {picture.key: f"picture-{number}.svg" for number, picture in enumerate(pictures)}
    made = make_document(metadata, sections, wording, bodies=bodies, pictures=names)
    document: IssueDocument = normalise_text(made)
    document["art"] = {"ring": RING, "width": WIDTH, "height": HEIGHT}
    drawings = {
        names[picture.key]: _wrap_picture(picture, content)
        for picture, content in zip(pictures, contents, strict=True)
    }
    drawings["art.svg"] = draw_art(theme, wording, metadata.art_seed, count_stories(sections))
    drawings["emblem.svg"] = draw_emblem_file()
    folder = Path(theme.folder) / "newsletter"
    templates = {path.name: path.read_bytes() for path in sorted(folder.glob("*.typ"))}
    texts = {
        "document.json": json.dumps(document),
        "tokens.json": json.dumps(read_tokens(theme), default=dict),
        **drawings,
    }
    files = {name: text.encode() for name, text in texts.items()}
    return {**templates, **files, "main.typ": templates["issue.typ"]}


def _wrap_picture(picture: Picture, content: bytes) -> str:
    if picture.type == "image/svg+xml":
        return content.decode()
    size = f'width="{picture.width}" height="{picture.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {picture.width} {picture.height}" {size}>'
        f'<image {size} href="data:{picture.type};base64,{b64encode(content).decode()}"/></svg>'
    )


def normalise_text(values: Any) -> Any:
    """Return JSON values with letters and marks composed, and without the reading aids of Arabic.

    Typst 0.15 gives a letter and the mark upon it each the text of both, so that readers of the file, screen
    readers among them, get the letter twice (https://github.com/typst/typst/issues/8767).
    """
    if isinstance(values, str):
        return _READING_AIDS.sub("", normalize("NFC", values))
    if isinstance(values, dict):
        return {key: normalise_text(value) for key, value in values.items()}
    return [normalise_text(value) for value in values] if isinstance(values, list) else values
