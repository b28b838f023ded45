"""Placeholder until the reader is written."""

from clusterpress.config.settings import Settings
from clusterpress.problems import Problem


def read_settings(text: str, path: str = "site_config.yml") -> tuple[Settings | None, list[Problem]]:
    raise NotImplementedError
