"""pdf: an issue comes in, as resolved.

Out goes an accessible, paginated document (PDF/UA-1, PDF/A-2a).
Typst enters through `clusterpress.theme.typesetting` alone.
"""
