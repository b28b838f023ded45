"""feeds: what readers can follow, as RSS 2.0, Atom and JSON Feed, and the list of all feeds as OPML."""

from clusterpress.feeds.addresses import OPML, STYLE, feed_path
from clusterpress.feeds.plan import outputs
from clusterpress.feeds.views import PrintedPage

__all__ = ["OPML", "STYLE", "PrintedPage", "feed_path", "outputs"]
