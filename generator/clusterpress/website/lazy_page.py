"""MkDocs' own object for a page, made as far as it is looked at."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from clusterpress.markup.body import Heading
from clusterpress.website.views import Frame


class LazyPage(Page):
    """A page as plugins and Material's templates expect it.

    Ours show nothing of it but its content, so that its file, addresses and table of contents, which take
    as long as a good part of the page, are worked out when the first of them is asked for.
    """

    def __init__(
        self, config: MkDocsConfig, frame: Frame, content: str, headings: tuple[Heading, ...]
    ) -> None:
        """Take what is known; ``content`` is the body's HTML."""
        self._deferred = (config, frame, headings)
        self.title = frame.title
        self.content = content
        self.meta = {"description": frame.description}

    def __getattr__(self, name: str) -> Any:
        """Make the rest of the page, as soon as something is missing."""
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
