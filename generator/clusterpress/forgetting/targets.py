"""Publish targets, read file by file as visitors could read them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from clusterpress.config.settings import Settings
from clusterpress.forgetting.names import NamePattern
from clusterpress.forgetting.places import Area, Findings, add_places
from clusterpress.publishing.changes import read_manifest
from clusterpress.publishing.errors import PublishError
from clusterpress.publishing.hosting import MANIFEST
from clusterpress.publishing.targets.target import Target, open_target

Report = Callable[[int, int], None]
"""Takes the number of files that were read, and their total."""


def search_target(
    name: str,
    settings: Settings,
    folders: tuple[Path, Path],
    environment: Mapping[str, str],
    pattern: NamePattern,
    findings: Findings,
    report: Report,
) -> None:
    """Search a publish target; a target that cannot be read is named in the findings.

    Args:
        name: of the target in the settings.
        settings: of the site.
        folders: the project's folder, and its output folder.
        environment: environment variables, which may hold passwords.
        pattern: the name.
        findings: takes the places.
        report: shows progress.
    """
    try:
        with open_target(name, settings, *folders, environment) as target:
            _search(name, target, pattern, findings, report)
    except PublishError as fault:
        findings.unread.append(f'the target "{name}": {fault}')


def _search(name: str, target: Target, pattern: NamePattern, findings: Findings, report: Report) -> None:
    managed = read_manifest(target.read(MANIFEST) or b"") or {}
    paths = sorted(target.paths())
    for number, path in enumerate(paths, start=1):
        area = Area.TARGET if path in managed or path == MANIFEST else Area.FOREIGN
        add_places(path, target.read(path) or b"", area, pattern, findings, name)
        report(number, len(paths))
