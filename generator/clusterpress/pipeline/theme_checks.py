"""Theme checks: whether the YAML files of a project's own theme can be read, before anything is planned."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clusterpress.config.settings import Settings
from clusterpress.pipeline.paths import BUILT_IN_THEMES
from clusterpress.theme.theme import Theme, palette_on_band
from clusterpress.values.problems import Problem

_HINT = "correct it, or take the file of the built-in theme"


def find_theme_problems(theme: Theme, place: str) -> Iterator[Problem]:
    """Yield an error for each file of tokens or labels that is no mapping, for missing tokens and templates.

    Args:
        theme: the theme.
        place: path of its folder, for problems.
    """
    import yaml

    folder, is_readable = Path(theme.folder), True
    for file in sorted(folder.rglob("*.yml")):
        try:
            values = yaml.safe_load(file.read_text("utf-8"))
            line, message = 1, "" if isinstance(values, dict) else "the file holds no keys"
        except (yaml.YAMLError, ValueError) as fault:
            mark: Any = getattr(fault, "problem_mark", None)
            line, message = (
                mark.line + 1 if mark else 1,
                " ".join(str(getattr(fault, "problem", fault)).split()),
            )
        if message:
            is_readable = False
            name = file.relative_to(folder).as_posix()
            yield Problem(path=f"{place}/{name}", line=line, message=message, hint=_HINT)
    if is_readable and (message := _try_tokens(theme)):
        yield Problem(path=f"{place}/theme.yml", message=message, hint=_HINT)
    for name in _missing_templates(folder):
        hint = "copy this file of the built-in theme (clusterpress new theme makes a copy of all)"
        yield Problem(path=f"{place}/{name}", message="the theme has no such template", hint=hint)


def _missing_templates(folder: Path) -> list[str]:
    """Return the page templates that a theme lacks: a page may need each of those of the built-in theme."""
    name = Settings(name="", url="").theme
    built_in = next(path for base in BUILT_IN_THEMES if (path := base / name).is_dir())
    templates = (file.relative_to(built_in) for file in built_in.glob("website/**/*.html"))
    return sorted(one.as_posix() for one in templates if not (folder / one).is_file())


def _try_tokens(theme: Theme) -> str:
    """Make what all editions take from the tokens; return why it cannot be made, or nothing."""
    from clusterpress.website.assets import make_tokens

    try:
        make_tokens(theme)
        palette_on_band(theme)
    except FileNotFoundError:
        return "there is no theme.yml"
    except KeyError as fault:
        return f"the token {fault} is missing"
    except Exception as fault:  # noqa: BLE001 -- a token of the wrong type may raise anything
        return f"a token has the wrong form: {fault}"
    return ""
