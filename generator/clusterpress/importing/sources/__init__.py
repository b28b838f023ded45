"""sources: what other programs leave behind → records; one module for each kind of source, all pure."""
