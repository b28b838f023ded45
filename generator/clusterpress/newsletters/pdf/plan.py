"""The plan of PDFs, before any is made."""

from collections.abc import Iterable, Iterator
from functools import partial

from clusterpress.config.settings import Settings
from clusterpress.newsletters.addresses import editions_of
from clusterpress.newsletters.document import entries_of, metadata_of, pictures_of
from clusterpress.newsletters.issues import ResolvedIssue
from clusterpress.newsletters.pdf.makers import make_pdf
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Output


def pdf_outputs(issues: Iterable[ResolvedIssue], settings: Settings, theme: Theme) -> Iterator[Output]:
    """Yield the PDF of each issue that asks for one.

    It is made again when something that it shows has changed: a story, a partner's record, a picture, the
    masthead, the theme; not when another issue comes before or after it.
    """
    for issue in issues:
        path = editions_of(issue.entry).pdf
        if not path:
            continue
        metadata = metadata_of(issue, settings.url, settings.publisher or settings.name)
        bodies = (entry.body for entry in entries_of(metadata, issue.sections))
        pictures = (picture.key for picture in pictures_of(metadata, issue.sections))
        yield Output(
            path=path,
            make=partial(make_pdf, metadata=metadata, sections=issue.sections, theme=theme),
            stored=(*bodies, *pictures),
            sources=(issue.item.source.path,),
        )
