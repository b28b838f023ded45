"""Paths of sources: which file is meant by what an editor wrote in another one."""

import posixpath

STATIC = "content/static/"
"""Files below this folder are published under their own path."""


def resolve_path(source: str, target: str) -> str:
    """Return the source path that ``target`` (without fragment), written in the file ``source``, names."""
    if target.startswith("/"):
        return STATIC + target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
