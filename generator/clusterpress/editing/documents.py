"""Word files that are dropped on the editor become items, as ``clusterpress import docx`` makes them."""

from typing import Any

from clusterpress.editing.errors import EditorError
from clusterpress.editing.workspace import Workspace
from clusterpress.importing.records import ImportSourceError, ImportStatus
from clusterpress.importing.run import import_export
from clusterpress.importing.sources.documents.files import Source, read_documents
from clusterpress.importing.sources.documents.word_files import read_word
from clusterpress.importing.write import Attachments, ProjectStorage
from clusterpress.scaffolding.site import is_example
from clusterpress.sources.items import registers_of


def import_word(workspace: Workspace, name: str, content: bytes) -> dict[str, Any]:
    """Import a Word file as a news item, and return its path and what a page cannot show of it.

    Args:
        workspace: the project.
        name: of the file.
        content: its bytes.

    Raises:
        EditorError: it is no Word file, or it cannot be read.
    """
    if not name.lower().endswith(".docx"):
        raise EditorError(f"{name} is no Word file (.docx): in Word, save it as “Word document”")
    workspace.refresh()
    settings = workspace.settings
    storage = ProjectStorage(workspace.root, is_example=is_example)
    registers = registers_of(workspace.items, settings.language)
    try:
        found = read_documents(
            [Source(name, lambda: content)], read_word, settings, registers, storage.sources
        )
    except ImportSourceError as fault:
        raise EditorError(_words(fault)) from fault
    if found.faults:
        raise EditorError(_words(found.faults[0]))
    pictures = found.pictures
    attachments = Attachments(names=list(pictures), read=pictures.__getitem__, is_tree=True)
    report = import_export(
        found.export, attachments, storage, settings, into={"news": "content/news"}, mapped={}
    )
    if not report.outcomes:
        raise EditorError(f"{name} contains no text")
    first = report.outcomes[0]
    remarks = [problem.message_and_hint for problem in report.warnings]
    remarks += [f"{one.what}: {one.why}" for one in report.skipped]
    return {"path": first.path, "is_new": first.status is ImportStatus.NEW, "remarks": remarks}


def _words(fault: ImportSourceError) -> str:
    return (
        f"{fault.place}: {fault.message}; {fault.hint}" if fault.hint else f"{fault.place}: {fault.message}"
    )
