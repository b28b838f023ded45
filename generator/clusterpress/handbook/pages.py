"""The handbook's pages: where each lies, and its text."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the handbook."""

    name: str
    """What ``clusterpress handbook NAME`` calls it."""
    about: str
    """One line about it."""

    def read(self) -> str:
        """Return its text, as Markdown."""
        if self.name == "staff":
            return staff_page()
        if self.name == "themes":
            return _read_page("themes/README.md", "themes/README.md")
        return files("clusterpress.handbook").joinpath("pages", f"{self.name}.md").read_text(encoding="utf-8")


PAGES: tuple[Page, ...] = (
    Page("staff", "for all who write: first news item, pictures, embargo, newsletter, publishing, messages"),
    Page("front-matter", "every key that an item may have"),
    Page("settings", "every key of site_config.yml"),
    Page("migration", "bring over an old website"),
    Page("themes", "how the site looks, and how to change it"),
    Page("engine", "what to do when Material for MkDocs ends"),
)
"""All pages, in the order in which one may want them."""


def staff_page() -> str:
    """Return the handbook for staff: in a checkout it is ``content/README.md``, and the wheel has a copy."""
    return _read_page("handbook/pages/staff.md", "content/README.md")


def _read_page(in_package: str, in_checkout: str) -> str:
    """Return a page that the wheel carries within the package, or that lies elsewhere in a checkout."""
    package = Path(__file__).resolve().parent.parent
    file = package / in_package
    return (file if file.is_file() else package.parents[1] / in_checkout).read_text(encoding="utf-8")
