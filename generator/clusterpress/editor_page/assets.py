"""The files of the editor's page, as they are installed."""

from importlib.resources import files

WEB = files(__package__).joinpath("web")
"""Folder of the page; ``hosted/`` is for the editor on a site only."""


def list_assets() -> frozenset[str]:
    """Return the names of the files of the page of ``clusterpress edit``."""
    vendor = ("vendor/prosemirror.js", "vendor/LICENSES.txt")
    return frozenset([*(one.name for one in WEB.iterdir() if one.is_file()), *vendor])
