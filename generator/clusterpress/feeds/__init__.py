"""feeds: what readers can follow, as RSS 2.0, Atom and JSON Feed, and the list of all feeds as OPML."""
