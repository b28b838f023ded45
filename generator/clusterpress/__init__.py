"""clusterpress: Markdown items in, a news site, feeds, calendars and newsletters out."""

__version__ = "0.1.0"

REPOSITORY = "https://git.example.org/clusterpress/clusterpress"
"""Address of our own repository, without which nobody can install a release; as in pyproject.toml."""
