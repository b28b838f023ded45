"""What can go wrong while a site is published."""

from collections.abc import Mapping

from clusterpress.values.problems import with_hint


class PublishError(Exception):
    """The site could not be published: what is wrong, and what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(with_hint(message, hint))


RESUME_HINT = "run the command again: it goes on where it stopped"
"""The remedy for what was cut."""


def missing_extra(package: str, extra: str) -> PublishError:
    """Return the fault that a package is not installed which only some sites need."""
    return PublishError(f"{package} is not installed", f'run: pip install "clusterpress[{extra}]"')


def password_variable(name: str) -> str:
    """Return the environment variable with the password for a target: ``CLUSTERPRESS_LIVE_PASSWORD``."""
    return f"CLUSTERPRESS_{name.upper().replace('-', '_')}_PASSWORD"


def translate_error(words: Mapping[str, tuple[str, str]], text: str, otherwise: str) -> PublishError:
    """Return the fault whose sign stands in what another program said.

    Args:
        words: sign → message and remedy.
        text: what the other program said.
        otherwise: the message if no sign is found; the text's last line is then the remedy.
    """
    found = next((both for sign, both in words.items() if sign.casefold() in text.casefold()), None)
    lines = [line.strip() for line in text.splitlines() if line.strip()] or ["no reason was given"]
    return PublishError(*(found or (otherwise, f"it was said: {lines[-1]}")))
