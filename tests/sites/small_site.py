"""A small real site in a temporary folder, and the words to edit and build it."""

from datetime import UTC, datetime
from pathlib import Path

from clusterpress.pipeline.build import BuildRequest, Result, build, check
from clusterpress.pipeline.project import open_project
from clusterpress.pipeline.run_context import RunContext

NOW = datetime(2022, 1, 1, 12, tzinfo=UTC)

CONFIG = """\
name: Small site
url: https://example.eu/{sub}
languages: [en, fr, ar]
page_size: 2
programme: next
"""

PICTURE_BYTES = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)

FILES: dict[str, str | bytes] = {
    "content/programmes/next.md": "---\ntitle: THE NEXT SOCIETY\nnames: [Next]\ncolour: teal\n---\nAbout.\n",
    "content/clusters/qoot.md": "---\ntitle: QOOT\ncountry: Lebanon\n---\n## Contact\n\nWrite to us.\n",
    "content/clusters/mdc.md": "---\ntitle: MDC\ncountry: Morocco\n---\n",
    "content/partners/milano.md": "---\ntitle: Milano Metropoli\nnumber: PP8\n---\n",
    "content/authors/ann.md": "---\ntitle: Serena Mingolla\n---\nWrites.\n",
    "content/events/forum.md": "---\ntitle: Forum\nstart: 21 February 2012\nend: 22 February 2012\nplace: Linz\n---\n",
    "content/events/fuzzy.md": "---\ntitle: Second forum\nwhen: beginning of April 2012\nplace: Milan\n---\n",
    "content/pages/about.md": "---\ntitle: About\n---\nThis site.\n",
    "content/news/picture.png": PICTURE_BYTES,
    "content/static/img/dot.png": PICTURE_BYTES,
    "content/static/robots-note.txt": "hello\n",
    "content/news/one.md": (
        "---\ntitle: One\ndate: 2019-04-12\nprogramme: Next\ncluster: [qoot, mdc]\nauthor: ann\ntags: [food]\n"
        "image: {src: picture.png, alt: A dot}\n---\nFirst. See [QOOT](../clusters/qoot.md#contact).\n"
    ),
    "content/news/two.md": "---\ntitle: Two\ndate: June 15, 2019\ncluster: qoot\nsummary: S.\n---\nSecond item.\n",
    "content/news/three.md": "---\ntitle: Three\ndate: 13 MAY 2014\npartners: PP8\n---\nThird. ![Dot](/img/dot.png)\n",
    "content/news/four.md": "---\ntitle: Four\ndate: 2021-11-15\naliases: [/old/four/]\n---\nFourth.\n",
    "content/news/one.fr.md": "---\ntitle: Un\ndate: 2019-04-12\ncluster: qoot\n---\nPremier.\n",
    "content/news/one.ar.md": "---\ntitle: واحد\ndate: 2019-04-12\ncluster: qoot\n---\nأول خبر.\n",
}


class Site:
    """A project folder under test."""

    def __init__(self, root: Path, files: dict[str, str | bytes] | None = None, sub: str = "") -> None:
        self.root = root
        self.write("site_config.yml", CONFIG.format(sub=sub))
        for path, content in (FILES if files is None else files).items():
            self.write(path, content)

    @classmethod
    def at(cls, root: Path) -> "Site":
        """Return the site that already is in a folder."""
        site = cls.__new__(cls)
        site.root = root
        return site

    def write(self, path: str, content: str | bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())

    def remove(self, path: str) -> None:
        (self.root / path).unlink()

    def read(self, path: str, folder: str = "site") -> str:
        return (self.root / folder / path).read_text(encoding="utf-8")

    def build(self, folder: str = "site", **options) -> Result:
        project, problems = open_project(self.root)
        assert project is not None, problems
        options.setdefault("now", NOW)
        options.setdefault("run", RunContext(lambda *_: None))
        run = options.pop("run")
        return build(BuildRequest(project=project, folder=self.root / folder, **options), run)

    def check(self) -> list[str]:
        project, problems = open_project(self.root)
        if project is None:
            return [str(problem) for problem in problems]
        result = check(project, now=NOW, run=RunContext(lambda *_: None))
        return [str(problem) for problem in (*problems, *result.problems)]

    def output(self, folder: str = "site") -> dict[str, bytes]:
        """Return path → bytes of everything in an output folder."""
        base = self.root / folder
        return {
            p.relative_to(base).as_posix(): p.read_bytes() for p in sorted(base.rglob("*")) if p.is_file()
        }
