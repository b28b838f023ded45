"""library: all items at once: order, terms, addresses, neighbours, translations, and what is wrong between them."""

from clusterpress.library.entries import Card, Entry, FeedTopic, Label, Picture, ShownPicture, Taxonomy, Term

__all__ = ["Card", "Entry", "FeedTopic", "Label", "Picture", "ShownPicture", "Taxonomy", "Term"]
