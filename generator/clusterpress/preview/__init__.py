"""preview: the site on this machine while it is being written; watch, make again, reload, show faults."""
