"""feeds: topics → RSS 2.0, Atom and JSON Feed, and the list of all feeds as OPML.

In: topics of the library, bodies, settings. Out: outputs.
Pages, newsletters and files on disk may not enter.
"""
