"""The browser of this machine, if there is one."""

import click


def open_in_browser(address: str) -> None:
    """Open an address in the browser, or say that there is none: on a server, and through SSH."""
    import webbrowser

    if not webbrowser.open(address):
        click.echo(f"No browser was found on this machine. The address is {address}")
