"""cli: words in, words out."""
