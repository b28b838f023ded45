"""preview: the site on this machine while it is being written; watch, make again, reload, show faults."""

from clusterpress.preview.answers import OWN, Answer
from clusterpress.preview.previewing import Preview, open_preview
from clusterpress.preview.rebuilding import Round
from clusterpress.preview.server import Annexe, NoPortError, is_loopback

__all__ = ["OWN", "Annexe", "Answer", "NoPortError", "Preview", "Round", "is_loopback", "open_preview"]
