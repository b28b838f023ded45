"""config: the settings of a site.

In: the text of ``site_config.yml``. Out: frozen, checked settings, or problems with line and column.
Files, items and the theme may not enter.
"""
