"""content: one source file → one checked, frozen item, or every fault it has."""
