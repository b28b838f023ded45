"""The help of every command, as it was when last looked at; ``make goldens`` writes it anew."""

import click

from clusterpress.cli.commands import main


def test_the_help_of_each_command_is_as_it_was(golden):
    parts = dict(
        help_texts(
            main,
            click.Context(
                main, info_name="clusterpress", terminal_width=100, help_option_names=["-h", "--help"]
            ),
        )
    )
    assert len(parts) > 20
    golden("cli/help.txt", "\n\n".join(parts.values()).encode() + b"\n")


def help_texts(command, context):
    """Yield (words, help) of a command, and then of those below it."""
    yield context.command_path, f"$ {context.command_path} --help\n{command.get_help(context)}"
    for name in command.list_commands(context) if isinstance(command, click.Group) else ():
        inner = command.get_command(context, name)
        below = click.Context(inner, info_name=name, parent=context, terminal_width=100)
        yield from help_texts(inner, below)
