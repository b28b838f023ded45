"""texts: HTML and the Markdown of other tools → Markdown of ours, without losing a word."""
