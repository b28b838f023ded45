"""Templates: the theme's templates for pages and mail, and what both need in them."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from clusterpress.newsletters.wording import Wording, open_wording
from clusterpress.theme.theme import Theme

if TYPE_CHECKING:
    from jinja2 import Environment


@lru_cache(maxsize=4)
def open_templates(theme: Theme) -> "Environment":
    """Return the environment of a theme's newsletter templates; a name that is not there is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(theme.folder) / "newsletter"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def foreign_marker(theme: Theme, wording: Wording) -> Callable[[str], Markup]:
    """Return the function that marks what is in another language than the rest, with its direction."""

    def foreign(lang: str) -> Markup:
        if not lang or lang == wording.lang:
            return Markup()
        return Markup(' lang="{}" dir="{}"').format(lang, open_wording(theme, lang).direction)

    return foreign
