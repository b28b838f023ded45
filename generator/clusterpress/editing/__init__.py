"""The editor in the browser: lists, forms and newsletters of one project, on this machine.

In: requests of the editor's own page. Out: JSON, changed source files, uploads that somebody asked for.
May not enter: files outside content/; requests without the page's token.
"""
