"""Small sites made of text, with their outputs rendered on demand."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType

import pytest
from msgspec import Struct

from clusterpress.config.settings import Settings
from clusterpress.content.reader import read_item
from clusterpress.library.library import Library
from clusterpress.library.pictures import Picture
from clusterpress.library.topics import feed_topics
from clusterpress.markup.body import Body
from clusterpress.markup.render import body_key, render
from clusterpress.theme.theme import Theme, section_words
from clusterpress.values.outputs import Output
from clusterpress.values.problems import errors
from clusterpress.website.outputs import outputs as website_outputs
from tests.library.assemble import ParsedItem, assemble_items
from tests.planned import expand_bundles

ROOT = Path(__file__).parents[2]


class SmallSite(Struct, frozen=True):
    """The outputs of a small site."""

    library: Library
    outputs: dict[str, Output]
    bodies: dict[bytes, Body]

    def made(self, path: str) -> bytes:
        output = self.outputs[path]
        return output.content(self.bodies[key] for key in output.stored)

    def page(self, path: str) -> str:
        return self.made(path).decode()

    def keys(self) -> dict[str, dict[str, bytes]]:
        return {path: output.fingerprint() for path, output in self.outputs.items()}


@pytest.fixture(scope="session")
def theme() -> Theme:
    return Theme(name="clusters-cord", folder=str(ROOT / "themes" / "clusters-cord"), digest=b"theme")


@pytest.fixture(scope="session")
def make_site(theme: Theme) -> Callable[..., SmallSite]:
    return partial(assemble_site, theme)


def assemble_site(
    theme: Theme,
    files: dict[str, str],
    pictures: tuple[str, ...] = (),
    shards: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    **settings: object,
) -> SmallSite:
    values = {"name": "Clusters", "url": "https://x.eu/"} | settings
    chosen = Settings(**values)
    sourced, bodies = [], {}
    for path, text in files.items():
        item, problems = read_item(text.encode(), f"content/{path}", chosen)
        assert item is not None, problems
        key = body_key(item.source.body, chosen)
        bodies[key] = render(item.source.body, chosen)
        sourced.append(ParsedItem(item=item, body=key, outline=bodies[key].outline))
    library, problems = assemble_items(
        sourced,
        pictures={f"content/{path}": _picture(path) for path in pictures},
        files={},
        settings=chosen,
        now=datetime(2020, 1, 1, tzinfo=UTC),
    )
    assert not errors(problems)
    topics = tuple(feed_topics(library, section_words(theme)))
    outputs = {
        o.path: o for o in expand_bundles(website_outputs(library, chosen, theme, topics, shards=shards))
    }
    return SmallSite(library, outputs, bodies)


def _picture(path: str) -> Picture:
    name = path.rpartition("/")[2]
    kind = "image/svg+xml" if name.endswith(".svg") else "image/png"
    return Picture(
        source=path, url=f"media/{name}", width=800, height=450, type=kind, length=9, key=path.encode()
    )
