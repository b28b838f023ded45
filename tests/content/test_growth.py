"""Front matter that nobody writes takes time in proportion to its length."""

import pytest
from tests.timing import grows_in_proportion

from clusterpress.config.settings import Settings
from clusterpress.content.reader import read_item

SETTINGS = Settings(name="X", url="https://example.eu/")
REPEATED = {
    "keys": lambda size: "".join(f"key{n}: a\n" for n in range(size // 11)),
    "empty keys": lambda size: "".join(f"key{n}:\n" for n in range(size // 9)),
    "hashes": lambda size: f"place: a{' #a' * (size // 3)}\n",
    "comments": lambda size: "place: a # a\n" * (size // 13),
}


@pytest.mark.parametrize("name", REPEATED)
def test_time_is_in_proportion(name):
    def read(block):
        text = f"---\ntitle: T\ndate: 2020-01-01\n{block}---\nA.\n"
        read_item(text.encode(), "content/news/a.md", SETTINGS)

    short, long = map(REPEATED[name], (20_000, 80_000))
    assert grows_in_proportion(read, short, long)
