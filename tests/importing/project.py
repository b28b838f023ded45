"""A project that receives imports, and a folder of old pictures."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

from clusterpress.importing.records import ImportStatus
from clusterpress.importing.run import import_export
from clusterpress.importing.write import Attachments, ProjectStorage, list_files
from clusterpress.pipeline.project import open_project
from clusterpress.values.problems import errors
from tests.sites.small_site import Site

CONFIG = "name: Small site\nurl: https://example.eu/\nlanguages: [en, fr, ar]\n"
RECORDS: dict[str, str | bytes] = {
    "content/programmes/the-next-society.md": "---\ntitle: THE NEXT SOCIETY\nnames: [The Next Society, Next]\n---\nAbout.\n",
    "content/clusters/qoot.md": "---\ntitle: QOOT\n---\nA cluster.\n",
}
LATER = datetime(2031, 1, 1, tzinfo=UTC)


def picture(colour="red", kind="JPEG"):
    """Return the bytes of a small picture."""
    made = BytesIO()
    Image.new("RGB", (8, 6), colour).save(made, kind)
    return made.getvalue()


class Project(Site):
    """A site folder into which something is imported."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, dict(RECORDS))
        self.write("site_config.yml", CONFIG)

    def bring(self, export, attachments=None, *, is_dry=False, into=None, mapped=None):
        settings = open_project(self.root)[0].settings
        storage = ProjectStorage(self.root, is_dry=is_dry)
        return import_export(export, attachments, storage, settings, into=into or {}, mapped=mapped or {})

    @property
    def settings(self):
        return open_project(self.root)[0].settings

    def files(self) -> dict[str, bytes]:
        """Return path → bytes of everything in content/ and the memory of imports."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for folder in ("content", ".clusterpress")
            for path in sorted((self.root / folder).rglob("*"))
            if path.is_file() and path.suffix in {".md", ".json", ".jpg", ".png", ".pdf", ".webp"}
        }

    def built_with_everything(self):
        """Build with drafts and scheduled items, so that each one shows."""
        result = self.build(now=LATER, previews=True)
        assert not errors(result.problems), [str(problem) for problem in errors(result.problems)]
        return result


def folder_of(root: Path, files: dict[str, bytes]) -> Attachments:
    """Write files and return them as what comes with an export."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return Attachments(names=list_files(root), read=lambda name: (root / name).read_bytes())


def check_counts(report, records):
    """Hold that every record has one fate."""
    assert len(report.outcomes) == records
    assert sum(report.counts.values()) == records
    assert set(report.counts) <= set(ImportStatus)
    paths = [outcome.path for outcome in report.outcomes]
    assert len(set(paths)) == len(paths)
