"""MkDocs' own object for a page, built as far as it is used."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from clusterpress.markup.body import Heading
from clusterpress.website.views import Frame


class LazyPage(Page):
    """A page as plugins and Material's templates expect it.

    Our templates use its content alone. Its file, addresses and table of contents cost a good part of the
    time of a page, so they are computed when the first of them is used.
    """

    def __init__(
        self, config: MkDocsConfig, frame: Frame, content: str, headings: tuple[Heading, ...]
    ) -> None:
        """Keep the values of the page.

        Args:
            config: MkDocs' configuration.
            frame: title, description and address.
            content: the body's HTML.
            headings: the body's headings.
        """
        self._deferred = (config, frame, headings)
        self.title = frame.title
        self.content = content
        self.meta = {"description": frame.description}

    def __getattr__(self, name: str) -> Any:
        """Build the rest of the page as soon as an attribute is missing."""
        if "_deferred" not in self.__dict__:
            raise AttributeError(name)
        config, frame, headings = self.__dict__.pop("_deferred")
        known = dict(self.__dict__)
        stem = frame.url.removesuffix(".html")
        source = f"{stem}index.md" if stem.endswith("/") or not stem else f"{stem}.md"
        super().__init__(frame.title, File.generated(config, source, content=""), config)
        self.active = True
        self.toc = get_toc(
            [
                {"level": heading.level, "id": heading.id, "name": heading.text, "children": []}
                for heading in headings
            ]
        )
        self.__dict__.update(known)
        return getattr(self, name)
