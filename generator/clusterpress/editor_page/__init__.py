"""The editor's page and its forms, for ``clusterpress edit`` and for the editor on the site itself.

In: the models of items, names of the site, the library. Out: forms, words, the page's files, and outputs of
``/admin/``. Not: files of the project, requests, the network.
"""
