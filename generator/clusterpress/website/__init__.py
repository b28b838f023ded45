"""website: library and theme → the pages of the website, through MkDocs and Material."""
