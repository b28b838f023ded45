"""The pages of the handbook."""

from importlib.resources import files
from pathlib import Path

from msgspec import Struct


class Page(Struct, frozen=True):
    """A page of the handbook."""

    name: str
    """Its name in ``clusterpress handbook NAME``."""
    about: str
    """One line about its content."""

    def read(self) -> str:
        """Return its text, as Markdown."""
        if self.name == "staff":
            return staff_page()
        if self.name == "themes":
            return _read_page("themes/README.md", "themes/README.md")
        return files("clusterpress.handbook").joinpath("pages", f"{self.name}.md").read_text(encoding="utf-8")


PAGES: tuple[Page, ...] = (
    Page(
        "staff", "for editors: first news item, pictures, embargoes, newsletter, publishing, error messages"
    ),
    Page("markdown", "what texts may contain, and how they are read"),
    Page("front-matter", "every key of an item"),
    Page("settings", "every key of site_config.yml"),
    Page("migration", "importing a website from WordPress, Drupal, Hugo, Jekyll and others"),
    Page("themes", "the look of the site, and how to change it"),
    Page("trust", "what runs from where, and how to build what strangers propose"),
    Page("safety", "promises, exit codes and limits"),
    Page("engine", "what happens after 5 May 2027, when Material for MkDocs ends"),
)
"""All pages, in reading order."""


def staff_page() -> str:
    """Return the handbook for staff: ``content/README.md`` of a checkout, or its copy in the wheel."""
    return _read_page("handbook/pages/staff.md", "content/README.md")


def _read_page(in_package: str, in_checkout: str) -> str:
    package = Path(__file__).resolve().parent.parent
    file = package / in_package
    return (file if file.is_file() else package.parents[1] / in_checkout).read_text(encoding="utf-8")
