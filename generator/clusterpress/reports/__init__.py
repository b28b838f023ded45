"""listing: questions about what a project holds, answered as rows."""
