"""``clusterpress handbook`` and ``clusterpress schema``: the reference, for people and for text editors."""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn

import click

from clusterpress.cli.project import stop
from clusterpress.cli.reporting import shorten
from clusterpress.values.problems import did_you_mean


@click.command()
@click.argument("name", metavar="[PAGE]", required=False)
@click.option(
    "--text", is_flag=True, help="Print the page in the terminal, as Markdown; without PAGE, list all pages."
)
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path),
    help="Write the pages into this folder, and open nothing.",
)  # fmt: skip
def handbook(name: str | None, text: bool, folder: Path | None) -> None:
    """Open the handbook in the browser, at PAGE or at its first page. It can be searched, without a network.

    If there is no browser, or the output goes to another program, the page is printed.
    """
    from clusterpress.handbook.pages import PAGES

    known = {one.name: one for one in PAGES}
    if name is not None and name not in known:
        _stop_unknown("page", name, known)
    if folder:
        from clusterpress.handbook.website import make_website

        _write(folder, make_website())
        click.echo(f"{shorten(folder.absolute() / 'index.html')}: written")
    elif not text and sys.stdout.isatty() and (address := _open_pages(name or "index")):
        click.echo(address)
    elif name is None:
        width = max(map(len, known))
        for one in PAGES:
            click.echo(f"  {one.name:<{width}}  {one.about}")
        click.echo('Read one with "clusterpress handbook NAME".')
    else:
        click.echo_via_pager(known[name].read())


def _open_pages(name: str) -> str:
    """Write the pages into the cache, open one, and return its address; nothing if there is no browser."""
    import webbrowser

    from clusterpress.handbook.website import make_website
    from clusterpress.pipeline.paths import handbook_folder

    folder = handbook_folder()
    _write(folder, make_website())
    address = (folder / f"{name}.html").as_uri()
    return address if webbrowser.open(address) else ""


def _write(folder: Path, files: "Mapping[str, bytes]") -> None:
    """Write the files that differ into a folder."""
    from clusterpress.sources.files import write_file

    for path, content in files.items():
        file = folder / path
        if not (file.is_file() and file.read_bytes() == content):
            write_file(file, content)


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
