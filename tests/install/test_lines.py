"""What the install lines say: one version, one source, nobody's rights. `make test-install` runs them."""

import fnmatch
import re
import shlex
import subprocess
import sys

import pytest
from packaging.requirements import Requirement

from clusterpress import REPOSITORY, __version__
from clusterpress.publishing.program_source import find_requirement
from clusterpress.values.installation import EXTRAS
from tests.install.lines import PAGE, ROOT, docker_stages, install_lines

SOURCE = f"git+{REPOSITORY}@v{__version__}"
WHEEL = f"./clusterpress-{__version__}-py3-none-any.whl"
STAGES = docker_stages((ROOT / "Dockerfile").read_text("utf-8"))
WINDOWS = (ROOT / "install-windows.ps1").read_text("utf-8")
SHELLS = [("bash_source", "complete"), ("zsh_source", "compdef"), ("fish_source", "complete")]


@pytest.mark.parametrize("line", install_lines())
def test_each_line_names_the_exact_version_and_its_source(line):
    *program, named = shlex.split(line)
    assert program in (["pipx", "install"], ["uv", "tool", "install"])
    if " @ " in named:
        wanted = Requirement(named)
        assert (wanted.name, wanted.url) == ("clusterpress", SOURCE)
        assert wanted.extras <= EXTRAS.keys()
        assert find_requirement(("sftp",), wanted.url)
    else:
        assert named in (SOURCE, WHEEL)


def test_pipx_and_uv_each_install_from_both_places():
    lines = install_lines()
    assert all(
        any(line.startswith(f"{one} ") and place in line for line in lines)
        for one in ("pipx", "uv")
        for place in (SOURCE, WHEEL)
    )


def test_every_optional_part_is_in_the_table():
    names = re.findall(r"\| `(\w+)` \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(names) == sorted(EXTRAS)


# The image


def words(word):
    return [step.rest for stage in STAGES for step in stage if step.word == word]


def test_the_image_runs_without_rights():
    last = STAGES[-1]
    assert [step.rest for step in last if step.word == "USER"] == ["1000:1000"]
    order = [step.word for step in last]
    assert order.index("USER") > max(place for place, word in enumerate(order) if word in ("RUN", "COPY"))
    assert [step.rest for step in last if step.word == "ENTRYPOINT"] == ['["clusterpress"]']


def test_the_image_has_nothing_but_what_is_locked():
    known = {"FROM", "WORKDIR", "COPY", "ENV", "RUN", "USER", "EXPOSE", "ENTRYPOINT", "CMD"}
    assert {step.word for stage in STAGES for step in stage} <= known
    installs = [rest for rest in words("RUN") if " install " in rest and "pip" in rest]
    assert all("--require-hashes" in one or "--no-deps --no-build-isolation ." in one for one in installs)
    assert not re.search(r"curl|wget|apt-get|http", " ".join(words("RUN")))
    assert {rest.split()[0] for rest in words("FROM")} == {"python:3.13-slim"}


def test_what_the_image_copies_is_there_and_not_ignored():
    rules = [
        line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if not line.startswith("#")
    ]
    kept = {rule.removeprefix("!") for rule in rules if rule.startswith("!")}
    copied = {origin for rest in words("COPY") if "--from" not in rest for origin in rest.split()[:-1]}
    assert copied == kept
    assert all((ROOT / origin).exists() for origin in copied)
    assert rules[0] == "*"
    # hatchling needs what pyproject.toml names
    assert {"content/README.md", "themes", "LICENSE", "README.md"} <= copied


def test_a_dockerfile_is_read_with_its_continuations():
    text = '# c\nFROM a AS b\nRUN x \\\n  # not a step\n  && y\n\nFROM c\nCMD ["d"]\n'
    assert docker_stages(text) == [[("FROM", "a AS b"), ("RUN", "x && y")], [("FROM", "c"), ("CMD", '["d"]')]]


# The script for Windows


def test_the_windows_script_installs_the_same():
    assert f'$Source = "{SOURCE}"' in WINDOWS
    assert f".\\{WHEEL.removeprefix('./')}" in WINDOWS
    assert WINDOWS.isascii(), "Windows PowerShell reads scripts without a byte order mark as ANSI"


def test_the_windows_script_can_be_read_and_asks_for_no_rights():
    commands = set(
        re.findall(r"(?m)^\s*(?:Invoke-Step \"[^\"]+\" \{ )?(winget|py|clusterpress|git|pipx)\b", WINDOWS)
    )
    assert commands == {"winget", "py", "clusterpress"}
    for word in (
        "Invoke-Expression",
        "iex",
        "DownloadString",
        "Invoke-WebRequest",
        "RunAs",
        "EncodedCommand",
    ):
        assert not re.search(rf"(?i)\b{word}\b", WINDOWS), word
    assert all("--scope user" in line for line in WINDOWS.splitlines() if "winget install" in line)
    assert WINDOWS.count("{") == WINDOWS.count("}")
    assert WINDOWS.count("(") == WINDOWS.count(")")
    assert fnmatch.fnmatch(PAGE.read_text("utf-8"), "*-ExecutionPolicy Bypass -File install-windows.ps1*")


# Completion


@pytest.mark.parametrize(("shell", "sign"), SHELLS)
def test_the_terminal_completes_commands_options_and_values(shell, sign):
    assert f"_CLUSTERPRESS_COMPLETE={shell} clusterpress" in PAGE.read_text("utf-8")

    def complete(line, **variables):
        environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "COMP_WORDS": line, **variables}
        code = "from clusterpress.cli.commands import main; main(prog_name='clusterpress')"
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
        )
        return done.stdout

    kind = shell.partition("_")[0]
    assert sign in complete("", _CLUSTERPRESS_COMPLETE=shell)
    if kind == "bash":
        last = {"_CLUSTERPRESS_COMPLETE": "bash_complete"}
        assert "plain,doctor" in complete("clusterpress do", COMP_CWORD="1", **last)
        assert "plain,--exit-code" in complete("clusterpress list --ex", COMP_CWORD="2", **last)
        assert "plain,stale" in complete("clusterpress list st", COMP_CWORD="2", **last)
