"""feeds: what readers can follow, as RSS 2.0, Atom and JSON Feed, and the list of all feeds as OPML."""

from typing import TYPE_CHECKING

from clusterpress.feeds.addresses import OPML, STYLE, feed_path
from clusterpress.feeds.plan import outputs
from clusterpress.lazy_names import lazy_names

if TYPE_CHECKING:
    from clusterpress.feeds.makers import warm_up
    from clusterpress.feeds.views import PrintedPage
else:
    __getattr__ = lazy_names(__name__, {"PrintedPage": "views", "warm_up": "makers"})

__all__ = ["OPML", "STYLE", "PrintedPage", "feed_path", "outputs", "warm_up"]
