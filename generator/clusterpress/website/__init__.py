"""website: library and theme → the pages of the website, through MkDocs and Material."""

from clusterpress.website.block import missing_engine, not_page_local
from clusterpress.website.colouring import colour_problems
from clusterpress.website.engine import check_block
from clusterpress.website.labels import section_words
from clusterpress.website.outputs import outputs

__all__ = ["check_block", "colour_problems", "missing_engine", "not_page_local", "outputs", "section_words"]
