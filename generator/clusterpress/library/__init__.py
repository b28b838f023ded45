"""library: all items at once: order, terms, addresses, translations, and the faults between items."""
