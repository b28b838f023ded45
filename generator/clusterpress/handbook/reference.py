"""Reference pages of every key of front matter and settings, generated from the models."""

from collections.abc import Iterator

from clusterpress.config.settings import Settings
from clusterpress.content.items import MODELS, Item
from clusterpress.content.keys import RESERVED
from clusterpress.handbook.keys import Key, blocks_in, describe_type, keys_of, summary_of
from clusterpress.parsing.hints import tags
from clusterpress.values.kinds import FOLDER_OF

_FRONT_MATTER = """\
# Front matter reference

clusterpress generates this page from its own source code. Keys marked with * are required. Capitals, spaces
and hyphens make no difference: `Translation-Of` is the same as `translation_of`. A single value may replace a
list. Dates have forms such as `15 June 2019`, `2019-06-15` and `2019-06-15 14:30`.
"""

_SETTINGS = """\
# Settings reference: site_config.yml

clusterpress generates this page from its own source code. Keys marked with * are required.
"""


def front_matter_reference() -> str:
    """Return the page about front matter, as Markdown."""
    common = {key.name for key in keys_of(Item, RESERVED)}
    parts = [_FRONT_MATTER, "## Keys of every kind\n", _table(keys_of(Item, RESERVED))]
    blocks: dict[str, type] = _blocks(Item, RESERVED)
    for kind, model in MODELS.items():
        own = tuple(key for key in keys_of(model, RESERVED) if key.name not in common)
        parts += [
            f"## {kind.capitalize()}: `content/{FOLDER_OF[kind]}/`\n",
            summary_of(model) + "\n",
            _table(own),
        ]
        blocks |= _blocks(model, RESERVED)
    return "\n".join([*parts, *_block_sections(blocks)])


def settings_reference() -> str:
    """Return the page about ``site_config.yml``, as Markdown."""
    parts = [_SETTINGS, _table(keys_of(Settings))]
    return "\n".join([*parts, *_block_sections(_blocks(Settings, frozenset()))])


def _block_sections(blocks: dict[str, type]) -> Iterator[str]:
    for name, model in blocks.items():
        yield f"## Block `{name}`\n"
        yield _cell(summary_of(model)) + "\n"
        yield _table(keys_of(model))


def _blocks(model: type, reserved: frozenset[str]) -> dict[str, type]:
    """Return name → model of every block below a model, outer ones first."""
    found: dict[str, type] = {}
    for key in keys_of(model, reserved):
        models = blocks_in(key.hint)
        for block in models:
            name = f"{key.name}: {{type: {tags(block)[0]}}}" if len(models) > 1 else key.name
            found[name] = block
            found |= {f"{key.name}: {name}": inner for name, inner in _blocks(block, frozenset()).items()}
    return found


def _table(keys: tuple[Key, ...]) -> str:
    rows = ["| Key | Value | Meaning |", "|---|---|---|"]
    rows += [
        f"| `{key.name}`{' *' if key.is_needed else ''} | {_describe_value(key)} | {_cell(key.words)} |"
        for key in keys
    ]
    return "\n".join(rows) + "\n"


def _describe_value(key: Key) -> str:
    words = describe_type(key.hint)
    return words if key.default is None else f"{words}; default: `{_shown(key.default)}`"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _cell(words: str) -> str:
    """Return documentation as text of a table cell."""
    return words.replace("``", "`").replace("|", "\\|")
