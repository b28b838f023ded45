"""A publishing that is to be killed: python -m tests.publishing.victim ROOT SITE_FOLDER TARGET [FILES]

It kills itself when it is about to let the n-th file take its place, if FILES says so; or somebody else does.
"""

import os
import signal
import sys
from pathlib import Path

from tests.publishing.make import publish, settings_of, tree


def die_at(verb, number):
    """Return a function like ``verb`` that does not come back from its n-th call."""
    left = number

    def count(*words):
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return verb(*words)

    return count


def main(root, folder, target, files=""):
    if files:
        from clusterpress.publishing.targets.git import _Branch

        _Branch.put = die_at(_Branch.put, int(files))
        Path.replace = die_at(Path.replace, int(files))
    Path(root, "pid").write_text(str(os.getpid()))
    publish(settings_of(target), Path(root), tree(folder), os.environ)


if __name__ == "__main__":
    main(*sys.argv[1:])
