"""``clusterpress new theme``: a theme of one's own, as a copy of another."""

import re
import shutil
from pathlib import Path

import click

from clusterpress.cli.project import stop
from clusterpress.cli.reporting import shorten


@click.command()
@click.argument("name")
@click.option("--from", "base", default="clusters-cord", show_default=True, help="The theme to copy.")
@click.pass_obj
def theme(root: Path, name: str, base: str) -> None:
    """Begin a theme of your own: a copy of the shipped one, to be changed as you like."""
    from clusterpress.pipeline.paths import CONFIG
    from clusterpress.pipeline.project import find_theme

    if not (root / CONFIG).is_file():
        stop(f"there is no {CONFIG} in {root}; change to the site's folder, or name it with --project")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        stop(f'"{name}" is not the name of a theme; use letters a to z, digits and hyphens')
    source = find_theme(root, base)
    if source is None:
        stop(f'there is no theme "{base}"')
    target = root / "themes" / name
    if target.exists():
        stop(f"{shorten(target)} is there already; give another name")
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    click.echo(f"{shorten(target)}: written, as a copy of {base}")
    click.echo(
        f'Next: write "theme: {name}" in {CONFIG}. "clusterpress handbook themes" says what to change.'
    )
