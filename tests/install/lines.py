"""The install lines of the handbook, and the steps of the Dockerfile."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "generator/clusterpress/handbook/pages/install.md"
SHELL = re.compile(r"^```shell\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def install_lines():
    """Return the lines that install clusterpress, in the order of the handbook."""
    return [line for block in SHELL.findall(PAGE.read_text("utf-8")) for line in block.splitlines()]


class Step(NamedTuple):
    """An instruction of a Dockerfile."""

    word: str
    """``RUN``, ``COPY``, …"""
    rest: str
    """What follows, with its continuation lines."""


def docker_stages(text):
    """Return the stages of a Dockerfile, each with its steps (https://docs.docker.com/reference/dockerfile/)."""
    joined = re.sub(r"[ \t]*\\\n[ \t]*", " ", re.sub(r"^[ \t]*#.*\n", "", text, flags=re.MULTILINE))
    stages = []
    for line in filter(str.strip, joined.splitlines()):
        word, rest = line.strip().split(maxsplit=1)
        if word == "FROM":
            stages.append([])
        stages[-1].append(Step(word, rest))
    return stages
