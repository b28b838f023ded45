"""Linting: reports of problems in several formats, and sources rewritten in canonical form.

In: the problems of a check, or the sources of a project. Out: JSON, GitHub annotations, HTML; fixed files.
May not enter: network, browser, output folder.
"""
