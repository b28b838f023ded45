"""What a project has: sound settings, folders to write in, fonts, what its targets and services need."""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from clusterpress.config.settings import FolderTarget, GitTarget, S3Target, Settings, SftpTarget
from clusterpress.diagnosis.findings import Finding
from clusterpress.pipeline.paths import CONFIG
from clusterpress.pipeline.project import open_project
from clusterpress.pipeline.tracked import find_tracked
from clusterpress.publishing.errors import PublishError, password_variable
from clusterpress.publishing.mailing.secrets import find_key
from clusterpress.values.problems import Severity, count, errors

if TYPE_CHECKING:
    from clusterpress.pipeline.project import Project

_AWS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


def open_for_diagnosis(root: Path) -> "tuple[Project | None, list[Finding]]":
    """Return the project of a folder, and findings about its settings; no project if they have errors."""
    if not (root / CONFIG).is_file():
        remedy = "change to the folder of a site, or create one: clusterpress new site DIR"
        return None, [Finding(topic="Site", words=f"there is none in {root}", state="note", remedy=remedy)]
    project, problems = open_project(root)
    problems += find_tracked(root)
    findings = [
        Finding(
            topic="Settings",
            words=f"{problem.path}:{problem.line}: {problem.message}",
            state="fault" if problem.severity is Severity.ERROR else "note",
            remedy=problem.hint,
        )
        for problem in problems
        if problem.severity is not Severity.NOTE
    ]
    if project is None or errors(problems):
        return None, findings
    settings = project.settings
    words = (
        f"{settings.name}, {settings.url}, in {', '.join(settings.languages)}, time zone {settings.time_zone}"
    )
    return project, [Finding(topic="Settings", words=words), *findings]


def extras_of(settings: Settings) -> frozenset[str]:
    """Return the names of the extras that a site needs to do what its settings say."""
    targets = settings.publish.values()
    kinds = {SftpTarget: "sftp", S3Target: "s3"}
    needed = {kinds[type(target)] for target in targets if type(target) in kinds}
    needed |= {"brotli" for target in targets if "brotli" in target.compress}
    return frozenset(needed | ({"properdocs"} if settings.engine == "properdocs" else set()))


def examine_project(project: "Project", environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what a project has and lacks.

    Args:
        project: the project.
        environment: environment variables, which may hold passwords.
    """
    yield from _folders(project.root)
    yield from _fonts(project)
    for name, target in project.settings.publish.items():
        yield from _target(name, target, project.root, environment)
    yield from _services(project, environment)
    yield _network(project.settings)


def _folders(root: Path) -> Iterator[Finding]:
    """Yield whether content can be read and the site be written."""
    if not (root / "content").is_dir():
        yield Finding(
            topic="Content",
            words="there is no folder content/",
            state="fault",
            remedy="create it, or put it back",
        )
    site = root / "site"
    place = site if site.exists() else root
    if os.access(place, os.W_OK):
        yield Finding(topic="Site", words=f"{site} can be written")
    else:
        remedy = "change its permissions, or build into another folder: clusterpress build -o DIR"
        yield Finding(topic="Site", words=f"{place} cannot be written", state="missing", remedy=remedy)


def _fonts(project: "Project") -> Iterator[Finding]:
    """Yield the languages whose letters the fonts of the theme lack, in newsletters and drawn images."""
    from clusterpress.theme.languages import locale_of, own_name
    from clusterpress.theme.print_characters import printable_code_points

    known = printable_code_points(project.theme)
    lacking = []
    for lang in project.settings.languages:
        words = own_name(lang) + "".join(locale_of(lang).months["format"]["wide"].values())
        if any(ord(character) not in known for character in words if character.isalpha()):
            lacking.append(own_name(lang))
    if not lacking:
        yield Finding(
            topic="Fonts",
            words=f'those of the theme "{project.theme.name}" have the letters of all languages',
        )
        return
    words = f'those of the theme "{project.theme.name}" lack letters of: {", ".join(lacking)}'
    remedy = "PDFs would lack them: add a font to the theme (clusterpress handbook themes)"
    yield Finding(topic="Fonts", words=words, state="note", remedy=remedy)


def _target(name: str, target: object, root: Path, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what a publish target needs; nothing connects to it."""
    topic = f"Target {name}"
    match target:
        case FolderTarget():
            folder = (root / Path(target.path).expanduser()).resolve()
            above = next(one for one in (folder, *folder.parents) if one.exists())
            if os.access(above, os.W_OK):
                yield Finding(topic=topic, words=f"{folder} can be written")
            else:
                remedy = "connect the drive, or change the permissions"
                yield Finding(topic=topic, words=f"{above} cannot be written", state="missing", remedy=remedy)
        case GitTarget() if not shutil.which("git"):
            words = "it needs Git, which is not installed"
            yield Finding(topic=topic, words=words, state="missing", remedy="install it: https://git-scm.com")
        case GitTarget():
            yield Finding(topic=topic, words=f"branch {target.branch}; Git finds the credentials")
        case SftpTarget():
            yield from _sftp(topic, name, target, root, environment)
        case S3Target() if not (target.profile or all(environment.get(one) for one in _AWS)):
            words = f"{' and '.join(_AWS)} are not set here"
            remedy = "set them before you publish from this machine, or keep the keys in ~/.aws/credentials"
            yield Finding(topic=topic, words=words, state="note", remedy=remedy)
        case S3Target():
            yield Finding(topic=topic, words=f"bucket {target.bucket}, with keys")


def _sftp(
    topic: str, name: str, target: SftpTarget, root: Path, environment: Mapping[str, str]
) -> Iterator[Finding]:
    for what, file in (("key", target.key), ("known_hosts", target.known_hosts)):
        if file and not (root / Path(file).expanduser()).is_file():
            words = f"{what}: there is no file {file}"
            yield Finding(
                topic=topic, words=words, state="fault", remedy="correct the name, or put the file there"
            )
    variable = password_variable(name)
    if target.key or environment.get(variable) or environment.get("SSH_AUTH_SOCK"):
        yield Finding(topic=topic, words=f"{target.host}, with a key or password")
        return
    words = f"no key is named, no SSH agent runs, and {variable} is not set here"
    remedy = "set it before you publish from this machine, or start an SSH agent"
    yield Finding(topic=topic, words=words, state="note", remedy=remedy)


def _services(project: "Project", environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the mailing services and whether this machine has their keys."""
    for name, newsletter in project.settings.newsletters.items():
        send = newsletter.send
        for service in send.__struct_fields__ if send else ():
            if getattr(send, service) is None:
                continue
            topic = f"Newsletter {name}, {service}"
            try:
                find_key(service, environment, project.root)
            except PublishError as fault:
                words, _, remedy = str(fault).partition("; ")
                yield Finding(topic=topic, words=words, state="note", remedy=remedy)
            else:
                yield Finding(topic=topic, words="its key is here")


def _network(settings: Settings) -> Finding:
    remote = [name for name, target in settings.publish.items() if not isinstance(target, FolderTarget)]
    words = "not needed to write, check, build and preview"
    if remote:
        words = f"{words}; needed for {count(len(remote), 'target')}: {', '.join(remote)}"
    return Finding(topic="Network", words=words)
