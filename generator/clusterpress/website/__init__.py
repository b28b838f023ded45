"""website: library, settings and theme come in.

Out go outputs: pages through MkDocs and Material, sitemaps, redirects, vCards, assets and social images.
Nothing here writes files, starts processes, or imports another edition (newsletters, feeds, calendars).
"""
