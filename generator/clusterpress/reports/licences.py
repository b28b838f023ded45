"""Licences: of each installed package that clusterpress needs, and of the works of others in it."""

import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OURS = "clusterpress"
_CLASSIFIER = "License :: OSI Approved :: "
_SPDX = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""Licence in a package's classifiers → its SPDX name; for BSD the family, as classifiers name no variant."""
_MAX_LENGTH = 40
"""Letters of the name of a licence; longer values are its text."""


class Component(Struct, frozen=True, kw_only=True):
    """A package, or a work of others that is part of ours."""

    name: str
    version: str
    """Empty if its source has none."""
    licence: str
    """SPDX expression where its source has one; "unknown" if it states none."""
    purl: str = ""
    """Address as a package URL, without the version."""
    holder: str = ""
    """Owner of the copyright, of vendored works."""
    use: str = ""
    """What a vendored work is used for."""
    text: str = ""
    """Path of the licence's text."""
    files: tuple[str, ...] = ()
    """Patterns of the files of a vendored work; paths begin below the package or with ``themes/``."""


def vendored_components() -> tuple[Component, ...]:
    """Return the works of others in clusterpress and its themes, and the editor that it downloads."""
    text = files("clusterpress.reports").joinpath("vendored.toml").read_text(encoding="utf-8")
    return tuple(msgspec.convert(tomllib.loads(text)["component"], list[Component]))


def installed_components() -> list[Component]:
    """Return clusterpress and every installed package that it needs, directly or not, by name.

    The packages of an extra count if they are installed.
    """
    found: dict[str, Distribution] = {}
    names = [OURS]
    while names:
        name = canonicalize_name(names.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        names += _required(found[name], with_extras=name == OURS)
    return [_component(found[name]) for name in sorted(found)]


def _required(package: Distribution, *, with_extras: bool) -> Iterator[str]:
    """Yield the names of the packages that a package needs on this machine."""
    extras = package.metadata.get_all("Provides-Extra") or []
    wanted = ["", *(extra for extra in extras if with_extras and extra != "test")]
    for line in package.requires or ():
        one = Requirement(line)
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in wanted):
            yield one.name


def _component(package: Distribution) -> Component:
    name = canonicalize_name(package.name)
    return Component(
        name=package.name, version=package.version, licence=_licence(package), purl=f"pkg:pypi/{name}"
    )


def _licence(package: Distribution) -> str:
    """Return the licence that a package states: as an expression, in its classifiers, or in words."""
    metadata = package.metadata
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    words = metadata["License"].strip().split("\n")[0] if "License" in metadata else ""
    classified = [
        one.removeprefix(_CLASSIFIER)
        for one in metadata.get_all("Classifier") or ()
        if one.startswith(_CLASSIFIER)
    ]
    if words and len(words) <= _MAX_LENGTH and (not classified or "-" in words):
        return words
    return " OR ".join(_SPDX.get(one, one) for one in classified) or words[:_MAX_LENGTH] or "unknown"


def bill_of_materials() -> dict[str, Any]:
    """Return all components as a CycloneDX 1.6 document, without a date: equal releases have equal ones."""
    ours, *others = sorted(installed_components(), key=lambda one: one.name != OURS)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _entry(ours, "application")},
        "components": [_entry(one, "library") for one in (*others, *vendored_components())],
    }


def _entry(one: Component, kind: str) -> dict[str, Any]:
    address = f"{one.purl}@{one.version}" if one.purl and one.version else one.purl
    licences = [{"license": {"name": one.licence}}]
    entry = {"type": kind, "name": one.name, "version": one.version, "purl": address, "licenses": licences}
    return {key: value for key, value in entry.items() if value}
