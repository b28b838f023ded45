"""``clusterpress licences``: the licences of what is installed, for people and for tools."""

import json

import click


@click.command()
@click.option(
    "--output-format",
    "-o",
    "form",
    type=click.Choice(["text", "json", "cyclonedx"]),
    default="text",
    help="Output format; cyclonedx is a bill of materials for security tools  [default: text].",
)
def licences(form: str) -> None:
    """List the licences of the installed packages, fonts and other works that clusterpress uses."""
    from msgspec import to_builtins

    from clusterpress.reports.licences import bill_of_materials, installed_components, vendored_components

    if form == "cyclonedx":
        click.echo(json.dumps(bill_of_materials(), indent=2, ensure_ascii=False))
        return
    installed, vendored = installed_components(), vendored_components()
    if form == "json":
        click.echo(json.dumps(to_builtins([*installed, *vendored]), indent=2, ensure_ascii=False))
        return
    for one in installed:
        click.echo(f"{one.name} {one.version}: {one.licence}")
    click.echo("\nFonts and other works:")
    for one in vendored:
        version = f" {one.version}" if one.version else ""
        click.echo(f"{one.name}{version}, {one.holder}: {one.licence} ({one.use})")
