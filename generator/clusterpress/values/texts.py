"""Types of the texts of settings that may have a version for each language: ``{en: News, fr: Actualités}``.

A type checker sees a plain ``str``: once the settings are read, each such text is that of one language.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Text = str
    Name = str
else:

    class Text(str):
        """A sentence or a label: it needs a version in each language of the site."""

        __slots__ = ()

    class Name(Text):
        """A name: one spelling may serve all languages."""

        __slots__ = ()
