"""``clusterpress handbook`` and ``clusterpress schema``: the reference, for people and for text editors."""

from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click

from clusterpress.cli.project import stop
from clusterpress.cli.reporting import shorten
from clusterpress.values.problems import did_you_mean


@click.command()
@click.argument("page", required=False)
def handbook(page: str | None) -> None:
    """Show a page of the handbook; without a name, list all pages."""
    from clusterpress.handbook.pages import PAGES

    known = {one.name: one for one in PAGES}
    if page is None:
        width = max(map(len, known))
        for one in PAGES:
            click.echo(f"  {one.name:<{width}}  {one.about}")
        click.echo('Read one with "clusterpress handbook NAME".')
        return
    if page not in known:
        _stop_unknown("page", page, known)
    click.echo_via_pager(known[page].read())


@click.command()
@click.argument("name", required=False)
@click.option(
    "--write", is_flag=True, help="Write the schema of the settings and the snippets into .vscode/."
)
@click.pass_obj
def schema(root: Path, name: str | None, write: bool) -> None:
    """Print the JSON Schema of the settings, or of a kind's front matter.

    With the schema, text editors such as VS Code (with the YAML extension) complete and explain the keys of
    site_config.yml. With --write, VS Code also completes the header of items: press Ctrl+Space there.
    NAME is "settings" or a kind: news, event, programme, cluster, partner, author, issue, page.
    """
    from clusterpress.handbook.reference import SCHEMAS, SETTINGS_SCHEMA, settings_schema

    if write:
        from clusterpress.handbook.snippets import SNIPPETS, front_matter_snippets

        for path, text in ((SETTINGS_SCHEMA, settings_schema()), (SNIPPETS, front_matter_snippets())):
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
            click.echo(f"{shorten(file)}: written")
        return
    if name is None:
        stop(f"name a schema: {', '.join(SCHEMAS)}")
    if name not in SCHEMAS:
        _stop_unknown("schema", name, SCHEMAS)
    click.echo(SCHEMAS[name](), nl=False)


def _stop_unknown(what: str, name: str, known: Iterable[str]) -> NoReturn:
    hint = did_you_mean(name, known, f"there are: {', '.join(known)}")
    stop(f'there is no {what} "{name}"; {hint}')
