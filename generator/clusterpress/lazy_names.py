"""Lazy names: what a package offers, imported when somebody first asks for it (PEP 562).

For packages of which a build in which little changed needs only the light part: libraries that render, draw
or typeset take longer to import than such a build takes.
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def lazy_names(package: str, modules: Mapping[str, str]) -> Callable[[str], object]:
    """Return the ``__getattr__`` of a package.

    Args:
        package: its name.
        modules: name → the module below the package that has it.
    """

    def find(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(import_module(f"{package}.{modules[name]}"), name)
        setattr(sys.modules[package], name, found)  # Python asks here only once
        return found

    return find
