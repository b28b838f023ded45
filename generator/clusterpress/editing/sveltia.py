"""Sveltia CMS: its npm package, downloaded once into the user's cache folder. Nothing comes from a CDN."""

import os
import re
import shutil
import subprocess
import tarfile
from base64 import b64encode
from functools import lru_cache
from hashlib import sha512
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

VERSION = "0.221.1"
"""The release that the forms were tested with."""
INTEGRITY = "sha512-J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ=="
"""Its digest, as in ``package-lock.json``: no other package is unpacked, whatever a registry sends."""

_PACKAGE = "@sveltia/cms"
_WANTED = re.compile(
    r"package/(?:dist/(?:chunks/)?[\w-]+\.js|npm/assets/[\w.-]+\.(?:woff2|txt)|LICENSE\.txt)"
)
_SECONDS = 300
# The script loads its fonts from a CDN; we serve those of the package instead.
_FONT = re.compile(
    r"https://cdn\.jsdelivr\.net/fontsource/fonts/([a-z0-9-]+)(?![a-z0-9-])[^/\s]{0,100}/[\w-]+\.woff2"
)


CHANGES = (
    # The list of a folder shows the items in all folders below it, not only those directly in it.
    (re.compile(r"(\?\w===2:\w<=2:)\w===1(?=\}\))"), r"\1!0"),
)
"""(pattern, replacement) of changes to the script; each fits once in `VERSION`."""


class DownloadError(Exception):
    """The package cannot be downloaded; the message says what to do."""


def fetch_sveltia(cache: Path | None = None) -> Path:
    """Return the folder of the unpacked package; download it with npm if it is missing.

    Args:
        cache: folder to store it in; by default the user's cache folder.

    Raises:
        DownloadError: npm is missing, or the download failed.
    """
    folder = (cache or _cache()) / f"sveltia-cms-{VERSION}"
    if (folder / "dist" / "sveltia-cms.js").is_file():
        return folder
    npm = shutil.which("npm")
    if npm is None:
        message = "the editor is fetched with npm, which is not on this machine: install Node.js (https://nodejs.org)"
        raise DownloadError(message)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as made:
        _pack(npm, Path(made))
        _unpack(Path(made))
        try:
            (Path(made) / "package").replace(folder)
        except OSError:  # a parallel run was faster
            if not folder.is_dir():
                raise
    return folder


@lru_cache(maxsize=1)
def script_of(folder: Path) -> bytes:
    """Return the script of the editor, with fonts from this machine, and lists of all items of a kind."""
    text = (folder / "dist" / "sveltia-cms.js").read_text(encoding="utf-8")
    for pattern, new in CHANGES:
        text = pattern.sub(new, text)
    return _FONT.sub(r"fonts/\1.woff2", text).encode("utf-8")


def font_of(folder: Path, name: str) -> bytes | None:
    """Return a font of the package by the name of its family, or None."""
    if not re.fullmatch(r"[a-z0-9-]+", name):
        return None
    found = next(iter(sorted((folder / "npm" / "assets").glob(f"{name}-*.woff2"))), None)
    return found.read_bytes() if found else None


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "clusterpress"


def _pack(npm: str, folder: Path) -> None:
    options = ["--silent", "--ignore-scripts", "--pack-destination", str(folder)]
    command = [npm, "pack", *options, "--", f"{_PACKAGE}@{VERSION}"]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=_SECONDS, cwd=folder)  # noqa: S603
    except subprocess.CalledProcessError as fault:
        last = (fault.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        message = f"npm could not get {_PACKAGE} {VERSION}: {last}; are you connected to the internet?"
        raise DownloadError(message) from fault
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise DownloadError(f"npm could not get {_PACKAGE} {VERSION}: {fault}") from fault


def _unpack(folder: Path) -> None:
    packed = next(folder.glob("*.tgz")).read_bytes()
    if f"sha512-{b64encode(sha512(packed).digest()).decode()}" != INTEGRITY:
        message = (
            f"the package {_PACKAGE} {VERSION} is not the one that clusterpress was tested with, and is not "
            "used: check which registry npm asks (npm config get registry), then try again"
        )
        raise DownloadError(message)
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        # One by one: extractall() is safe only from Python 3.11.4 on, and Debian 12 has 3.11.2.
        for member in archive:
            is_wanted = member.isfile() and _WANTED.fullmatch(member.name)
            if is_wanted and (content := archive.extractfile(member)):
                target = folder / member.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())
