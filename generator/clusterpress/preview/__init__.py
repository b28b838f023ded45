"""preview: the site on this machine while it is being written; watch, make again, reload, show faults."""

from clusterpress.preview.previewing import Preview, open_preview
from clusterpress.preview.rebuilding import Round
from clusterpress.preview.server import NoPortError, is_loopback

__all__ = ["NoPortError", "Preview", "Round", "is_loopback", "open_preview"]
