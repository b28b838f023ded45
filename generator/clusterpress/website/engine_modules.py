"""Which engine ``import mkdocs`` means in this process."""

import sys
from collections.abc import Iterator

from clusterpress.values.engines import ENGINES

_ORIGINAL = "mkdocs"
"""The name under which plugins, hooks and we import whichever engine is chosen."""


def activate(engine: str) -> bool:
    """Let ``import mkdocs`` mean an engine from now on; return whether it meant another one before.

    A process may outlive a change of the setting (a preview, a Dask worker). Then all modules that hold
    classes of the other engine have to be imported again.

    Args:
        engine: a key of `ENGINES`.
    """
    package = ENGINES[engine].package
    active = sys.modules.get(_ORIGINAL)
    if active is not None and active.__name__ == package:
        return False
    if active is not None:
        for name in [*_modules_of_engines()]:
            del sys.modules[name]
    sys.meta_path[:] = [one for one in sys.meta_path if not type(one).__module__.startswith("properdocs")]
    if package != _ORIGINAL:
        __import__(f"{package}.replacement")
    return active is not None


def _modules_of_engines() -> Iterator[str]:
    """Yield the names of the imported modules that use an engine: its own, its plugins', and ours."""
    from importlib.metadata import entry_points

    plugins = (*entry_points(group="mkdocs.plugins"), *entry_points(group="properdocs.plugins"))
    packages = {one.package for one in ENGINES.values()} | {one.value.partition(".")[0] for one in plugins}
    for name in sys.modules:
        if name.partition(".")[0] in packages or name == "clusterpress.website.lazy_page":
            yield name
