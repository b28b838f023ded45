"""Errors of publishing."""

import tomllib
from importlib.resources import files

from clusterpress.values.installation import install_command
from clusterpress.values.problems import with_hint


class PublishError(Exception):
    """The site could not be published: the message says what is wrong, the hint what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(with_hint(message, hint))


RESUME_HINT = "run the command again: it continues where it stopped"
"""Hint for an interrupted upload."""


def missing_extra(package: str, extra: str) -> PublishError:
    """Return the error that an optional package is not installed."""
    return PublishError(f"{package} is not installed", f"run: {install_command(extra)}")


def password_variable(name: str) -> str:
    """Return the environment variable with the password for a target: ``CLUSTERPRESS_LIVE_PASSWORD``."""
    return f"CLUSTERPRESS_{name.upper().replace('-', '_')}_PASSWORD"


def translate_error(program: str, text: str, otherwise: str) -> PublishError:
    """Return our error for the output of another program.

    Args:
        program: its name in ``errors.toml``; "" if none of its errors is known.
        text: the output.
        otherwise: message for an unknown error; the hint then quotes the last line of the output.
    """
    known = tomllib.loads(files(__package__).joinpath("errors.toml").read_text("utf-8")).get(program, ())
    for one in known:
        if any(sign.casefold() in text.casefold() for sign in one["signs"]):
            return PublishError(one["message"], one["hint"])
    lines = [line.strip() for line in text.splitlines() if line.strip()] or ["no reason was given"]
    return PublishError(otherwise, f"the answer was: {lines[-1]}")
