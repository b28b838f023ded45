"""The editor in the browser: Sveltia CMS on the files of this machine, with forms made from the models.

In: requests of the editor's own page. Out: JSON, forms, changed source files.
May not enter: files outside content/; requests without the page's token.
"""
