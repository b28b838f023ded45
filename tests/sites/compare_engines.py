"""Build the demo with every engine and every release of Material's templates, and list the pages that differ.

``make test-engines`` installs MaterialX, which takes the place of Material and cannot be installed beside it.
"""

import sys
import tempfile
from pathlib import Path

from tests.sites.demo import copy_demo
from tests.sites.packages import Packages
from tests.sites.small_site import Site
from tests.sites.test_engines import BLOCK, MATERIAL, build, differing

_ENGINES = ("mkdocs", "properdocs")
_BLOCKS = {"no mkdocs: block": "", "with Material's script and palette": BLOCK}


def compare(folder: Path, materialx: Path) -> bool:
    """Print a line per environment; return whether all pages are the same but for the name of the engine."""
    copy_demo(folder)
    site, first = Site.at(folder), {}
    config = site.read("site_config.yml", ".")
    environments = {
        "Material": Packages(folder / "material"),
        "MaterialX": Packages(folder / "materialx", without=MATERIAL, more=[materialx]),
        "neither": Packages(folder / "neither", without=MATERIAL),
    }
    is_same = True
    for title, block in _BLOCKS.items():
        for templates, packages in environments.items():
            for engine in _ENGINES:
                site.write("site_config.yml", f"{config}{block}engine: {engine}\n")
                pages, versions = build(packages, site, "site")
                base = first.setdefault(title, pages)
                named = sum(base[path] != pages.get(path) for path in base)
                other = differing(base, pages)
                is_same = is_same and not other
                line = f"{title} · {engine} {'/'.join(versions)} · {templates}: {len(pages)} files, {named} differ"
                print(f"{line}, {len(other)} besides the engine's name", *other)  # noqa: T201
    return is_same


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(not compare(Path(folder), Path(sys.argv[1])))
