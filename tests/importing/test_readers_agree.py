"""The fast parser and Python-Markdown give the same body for every text of the foreign sites."""

import pytest

from clusterpress.markup.fast_parser import render_simple_blocks
from clusterpress.markup.render import render
from tests.importing.test_unedited_trees import SITES
from tests.markup.make import TRUSTED


def bodies(tree):
    for path, text in tree.files.items():
        if path.endswith((".md", ".mdx")):
            written = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
            parts = written.replace("\r\n", "\n").split("\n---\n", 1)
            yield path, parts[-1]


@pytest.mark.slow
@pytest.mark.parametrize("name", SITES)
def test_both_parsers_give_the_same_body(name, monkeypatch):
    texts = dict(bodies(SITES[name][0]()))
    assert len(texts) > 200
    fast = {path: render(text, TRUSTED) for path, text in texts.items()}
    monkeypatch.setenv("CLUSTERPRESS_PLAIN", "1")
    assert [path for path, text in texts.items() if render(text, TRUSTED) != fast[path]] == []


@pytest.mark.slow
def test_the_fast_parser_takes_some_of_these_texts():
    texts = [text for make_tree, *_ in SITES.values() for _, text in bodies(make_tree())]
    taken = sum(render_simple_blocks(text, str) is not None for text in texts)
    assert taken > len(texts) // 20
