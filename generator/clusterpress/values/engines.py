"""The website engines that a site can choose: the only place that names them."""

from types import MappingProxyType
from typing import Literal

from msgspec import Struct

EngineName = Literal["mkdocs", "properdocs"]
"""What the setting ``engine:`` accepts."""


class SiteEngine(Struct, frozen=True):
    """A program that turns templates into pages: MkDocs 1, or a fork that has all its modules and plugins."""

    name: str
    """Its name in sentences."""
    package: str
    """The package to import, and the distribution to install."""
    extra: str = ""
    """The extra of clusterpress that installs it; empty if clusterpress requires it anyway."""


ENGINES = MappingProxyType(
    {
        "mkdocs": SiteEngine("MkDocs", "mkdocs"),
        "properdocs": SiteEngine("ProperDocs", "properdocs", extra="properdocs"),
    }
)
"""Value of ``engine:`` → engine."""

THEME_PACKAGES = ("mkdocs-material", "mkdocs-materialx")
"""Distributions that install the package ``material``: Material for MkDocs, and a fork that continues it."""
