"""Install clusterpress in each way that the handbook names, and use it: ``python -m tests.install [WORD …]``.

Each line is run as it is written, with an empty home folder and pipx or uv from the Python Package Index. Only the address of the
repository, which no test may reach, means a copy of this folder. Words choose the lines that contain all of them.
"""

import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from clusterpress import REPOSITORY, __version__
from tests.install.lines import ROOT, docker_stages, install_lines

USE = (
    "clusterpress --version", "clusterpress doctor",
    "clusterpress new site press --name Press --url https://press.example.eu --publisher A --contact a@example.eu --address B --yes",
    "cd press && clusterpress build && clusterpress handbook --text install | grep -q pipx",
)  # fmt: skip
"""What is done with each installation."""


def main(words):
    """Run the chosen lines, and print a row for each of them."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        tools, files = _tools(folder), _files(folder)
        faults = 0
        for number, line in enumerate([*install_lines(), "Dockerfile"]):
            if all(word in line for word in words):
                began, home = time.perf_counter(), folder / f"home{number}"
                fault = _docker(home) if line == "Dockerfile" else _install(line, home, tools, files)
                faults += bool(fault)
                click.echo(
                    f"{'FAULT' if fault else 'ok':6}{time.perf_counter() - began:5.0f} s  {line}\n{fault}".strip()
                )
        return faults


def _tools(folder):
    """Return the folder with pipx and uv, newest releases."""
    venv.create(folder / "tools", with_pip=True)
    bin_folder = folder / "tools" / "bin"
    _check([bin_folder / "python", "-m", "pip", "install", "-q", "pipx", "uv"])
    (folder / "path").mkdir()
    for name in ("pipx", "uv"):
        (folder / "path" / name).symlink_to(bin_folder / name)
    return folder / "path"


def _files(folder):
    """Return a folder with the wheel, beside a copy of this repository as the tag of its version."""
    files = folder / "files"
    _check([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", files, ROOT])
    copy = folder / "clusterpress.git"
    _check(["git", "clone", "-q", "--bare", ROOT, copy])
    _check(["git", "-C", copy, "tag", "--force", f"v{__version__}"])
    return files


def _install(line, home, tools, files):
    """Run a line in an empty home, then use what it installed; return what went wrong."""
    home.mkdir()
    (home / ".gitconfig").write_text(
        f'[url "{files.parent / "clusterpress.git"}"]\n\tinsteadOf = {REPOSITORY}\n[safe]\n\tdirectory = *\n',
        encoding="utf-8",
    )
    environment = {
        **{name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "SSL_"))},
        "HOME": str(home), "LANG": "C.UTF-8", "PATH": f"{home / '.local/bin'}:{tools}:/usr/bin:/bin",
        "PIPX_DEFAULT_PYTHON": sys.executable, "UV_PYTHON": sys.executable,
    }  # fmt: skip
    for command, folder in ((line, files), *((one, home) for one in USE)):
        done = subprocess.run(
            ["sh", "-ec", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            return f"{command}\n{done.stdout}{done.stderr}"
    return ""


def _docker(home):
    """Run the RUN steps of the Dockerfile in folders of their own; return what went wrong."""
    source, environment = (
        home / "source",
        {"HOME": str(home), "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"},
    )
    environment |= {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    source.mkdir(parents=True)
    for stage in docker_stages((ROOT / "Dockerfile").read_text("utf-8")):
        for word, rest in stage:
            if word == "ENV":
                pairs = (pair.split("=", 1) for pair in rest.split())
                environment |= {
                    name: f"{home}{value}"
                    for name, value in pairs
                    if name in ("PROGRAM", "CLUSTERPRESS_CACHE")
                }
            elif word == "COPY" and "--from" not in rest:
                *origins, target = rest.split()
                for origin in origins:
                    _copy(ROOT / origin, source / (origin if target == "./" else target))
            elif word == "RUN":
                done = subprocess.run(
                    ["sh", "-c", rest],
                    cwd=source,
                    env=environment,
                    capture_output=True,
                    text=True,
                    check=False,
                )
                if done.returncode:
                    return f"{rest}\n{done.stdout}{done.stderr}"
    return ""


def _copy(origin, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    if origin.is_dir():
        shutil.copytree(origin, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(origin, target)


def _check(command):
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
