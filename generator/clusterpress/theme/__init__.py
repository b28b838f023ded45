"""theme: the look and the words that pages, newsletters, feeds and social images share.

In: a theme's folder, language codes, dates. Out: wording, formatted dates, addresses, colours, drawings.
No item and no setting may be read here.
"""
