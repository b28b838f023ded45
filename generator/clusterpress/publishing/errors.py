"""Errors of publishing."""

from collections.abc import Mapping

from clusterpress.values.problems import with_hint


class PublishError(Exception):
    """The site could not be published: the message says what is wrong, the hint what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(with_hint(message, hint))


RESUME_HINT = "run the command again: it continues where it stopped"
"""Hint for an interrupted upload."""


def missing_extra(package: str, extra: str) -> PublishError:
    """Return the error that an optional package is not installed."""
    return PublishError(f"{package} is not installed", f'run: pip install "clusterpress[{extra}]"')


def password_variable(name: str) -> str:
    """Return the environment variable with the password for a target: ``CLUSTERPRESS_LIVE_PASSWORD``."""
    return f"CLUSTERPRESS_{name.upper().replace('-', '_')}_PASSWORD"


def translate_error(words: Mapping[str, tuple[str, str]], text: str, otherwise: str) -> PublishError:
    """Return our error for the output of another program.

    Args:
        words: part of the output → message and hint.
        text: the output.
        otherwise: message if no part is found; the hint then quotes the last line of the output.
    """
    found = next((both for sign, both in words.items() if sign.casefold() in text.casefold()), None)
    lines = [line.strip() for line in text.splitlines() if line.strip()] or ["no reason was given"]
    return PublishError(*(found or (otherwise, f"the answer was: {lines[-1]}")))
