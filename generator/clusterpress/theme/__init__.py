"""theme: the look and the words that pages, newsletters, feeds and social images share.

In: a theme's folder. Out: tokens, labels, colours, cover art, typeset pictures, content security policies.
No item and no setting may be read here.
"""
