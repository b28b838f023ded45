"""markup: Markdown text → `Body`, a pure function."""
