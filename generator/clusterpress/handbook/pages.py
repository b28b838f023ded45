"""The pages of the handbook."""

from importlib.resources import files
from pathlib import Path
from typing import Literal

from msgspec import Struct

Group = Literal["tasks", "start", "reference"]

GROUPS: tuple[tuple[Group, str], ...] = (
    ("tasks", "Tasks"),
    ("start", "Begin and publish"),
    ("reference", "Reference"),
)
"""Group of pages → its heading, in order."""


class Page(Struct, frozen=True):
    """A page of the handbook."""

    name: str
    """Its name in ``clusterpress handbook NAME``."""
    about: str
    """One line about its content."""
    group: Group
    """Where it is listed."""

    def read(self) -> str:
        """Return its text, as Markdown."""
        if self.name == "staff":
            return staff_page()
        if self.name == "themes":
            return _read_page("themes/README.md", "themes/README.md")
        return files("clusterpress.handbook").joinpath("pages", f"{self.name}.md").read_text(encoding="utf-8")

    @property
    def title(self) -> str:
        """Its first heading."""
        return self.read().partition("\n")[0].removeprefix("# ")


PAGES: tuple[Page, ...] = (
    Page("publish-news", "from the first words to the public page, with a picture", "tasks"),
    Page("send-newsletter", "collect what is new, look at it, test it, send it", "tasks"),
    Page("report", "what was published, in a spreadsheet for the funder", "tasks"),
    Page("translate", "write an item in a second language, and find what is missing", "tasks"),
    Page("hand-over", "what a new colleague needs, and what to check before you leave", "tasks"),
    Page("install", "in one line, on Windows, in a container; if something does not work", "start"),
    Page("hosting", "GitHub, GitLab, Netlify, Cloudflare Pages, SFTP and FTP, step by step", "start"),
    Page("site-editor", "sign in at the site, write in the browser, review before publishing", "start"),
    Page("migration", "from WordPress, Drupal, Hugo, Jekyll and others; spreadsheets, Word, PDF", "start"),
    Page("staff", "for editors: everything about items, pictures, newsletters, messages", "reference"),
    Page("markdown", "what texts may contain, and how they are read", "reference"),
    Page("front-matter", "every key of an item", "reference"),
    Page("settings", "every key of site_config.yml", "reference"),
    Page("themes", "the look of the site, and how to change it", "reference"),
    Page("cluster", "with a Dask cluster, for builds that take minutes", "reference"),
    Page("trust", "what runs from where, and how to build what strangers propose", "reference"),
    Page("safety", "promises, exit codes and limits", "reference"),
    Page("engine", "what happens after 5 May 2027, when Material for MkDocs ends", "reference"),
)
"""All pages, in reading order."""


def staff_page() -> str:
    """Return the handbook for staff: ``content/README.md`` of a checkout, or its copy in the wheel."""
    return _read_page("handbook/pages/staff.md", "content/README.md")


def _read_page(in_package: str, in_checkout: str) -> str:
    package = Path(__file__).resolve().parent.parent
    file = package / in_package
    return (file if file.is_file() else package.parents[1] / in_checkout).read_text(encoding="utf-8")
