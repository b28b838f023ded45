"""Trees of HTML by Beautiful Soup, in which one of thousands of siblings is moved as fast as one of few."""

from typing import Any

from bs4 import BeautifulSoup, Tag


class _Near:
    """Looks for a child near the one found last; the original begins at the first child, each time."""

    contents: list[Any]
    _found = 0

    def index(self, element: object) -> int:
        """Return the index of a child, by identity.

        Raises:
            ValueError: it is no child.
        """
        contents, last = self.contents, len(self.contents) - 1
        near = min(self._found, last)
        for distance in range(max(near, last - near) + 1):
            for at in (near + distance, near - distance):
                if 0 <= at <= last and contents[at] is element:
                    self._found = at
                    return at
        raise ValueError("the element is no child of the tag")


class _Tag(_Near, Tag):
    pass


class _Soup(_Near, BeautifulSoup):
    pass


def read_html(html: str) -> BeautifulSoup:
    """Return the tree of a text of HTML."""
    return _Soup(html, "html.parser", element_classes={Tag: _Tag})
