"""website: library and theme → the pages of the website, through MkDocs and Material."""

from typing import TYPE_CHECKING

from clusterpress.lazy_names import lazy_names
from clusterpress.website.block import missing_engine, not_page_local
from clusterpress.website.colouring import colour_problems
from clusterpress.website.labels import read_labels, section_words
from clusterpress.website.outputs import outputs
from clusterpress.website.rendering import Start, sites_in, start, warm_up
from clusterpress.website.sitemap import Part, part_of

if TYPE_CHECKING:
    from clusterpress.website.engine import check_block
else:
    __getattr__ = lazy_names(__name__, {"check_block": "engine"})

__all__ = [
    "Part",
    "Start",
    "check_block",
    "colour_problems",
    "missing_engine",
    "not_page_local",
    "outputs",
    "part_of",
    "read_labels",
    "section_words",
    "sites_in",
    "start",
    "warm_up",
]
