"""pdf: an issue as an accessible, paginated document."""
