"""Parses the text of sources.

In: YAML, TOML or plain values. Out: values with line and column, typed fields, or a problem for each fault.
Not here: what a field means for the site.
"""
