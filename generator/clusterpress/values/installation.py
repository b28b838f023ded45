"""How clusterpress is installed here, and how to add one of its optional parts in the same way."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Extra(NamedTuple):
    """An optional part."""

    module: str
    """What Python imports."""
    package: str
    """What is installed."""
    purpose: str
    """What it is for."""


EXTRAS: Mapping[str, Extra] = {
    "brotli": Extra("brotli", "brotli", "compress: brotli of a publish target"),
    "dask": Extra("distributed", "distributed", "building on several machines"),
    "heic": Extra("pillow_heif", "pillow-heif", "converting photos of phones (HEIC) in imports"),
    "keyring": Extra("keyring", "keyring", "keys of mailing services in the keyring of the system"),
    "properdocs": Extra("properdocs", "properdocs", "engine: properdocs"),
    "s3": Extra("boto3", "boto3", "publish targets of the type s3"),
    "sftp": Extra("paramiko", "paramiko", "publish targets of the type sftp"),
}
"""Name in square brackets → the part, as in pyproject.toml."""


def installer(prefix: Path | None = None) -> str:
    """Return the program that manages the environment of this Python: pipx, uv or pip.

    Args:
        prefix: folder of the environment; by default, that of this process.
    """
    folder = prefix or Path(sys.prefix)
    if (folder / "pipx_metadata.json").is_file():
        return "pipx"
    return "uv" if (folder / "uv-receipt.toml").is_file() else "pip"


def install_command(extra: str, prefix: Path | None = None) -> str:
    """Return the command that adds an optional part to this installation.

    Args:
        extra: name of the part in `EXTRAS`.
        prefix: folder of the environment; by default, that of this process.
    """
    package = EXTRAS[extra].package
    match installer(prefix):
        case "pipx":
            return f"pipx inject clusterpress {package}"
        case "uv":
            return f'uv pip install --python "{prefix or sys.prefix}" {package}'
    return f'pip install "clusterpress[{extra}]"'
