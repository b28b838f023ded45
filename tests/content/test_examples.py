import os
from pathlib import Path

import pytest

from clusterpress.config.reader import read_settings
from clusterpress.config.settings import Settings
from clusterpress.content.paths import kind_of
from clusterpress.content.reader import read_item
from clusterpress.markup.body import outline_problems
from clusterpress.markup.render import render

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def settings() -> Settings:
    found, problems = read_settings((EXAMPLES / "site_config.yml").read_text(encoding="utf-8"))
    assert found, problems
    return found


def examples(kind: str) -> list[str]:
    return sorted(path.relative_to(EXAMPLES / kind).as_posix() for path in (EXAMPLES / kind).rglob("*.md"))


def read(example: str, settings: Settings):
    """Read an example and the problems beside it; ``GOLDEN=renew pytest …`` writes these anew."""
    file = EXAMPLES / example
    path = f"content/{example.partition('/')[2]}"
    item, problems = read_item(file.read_bytes(), path, settings)
    if item is not None:
        outline = render(item.source.body, settings).outline
        problems = [*problems, *outline_problems(outline, path, item.source.body_line)]
    told = [str(problem).removeprefix(f"{path}:") for problem in problems]
    beside = file.with_suffix(".problems.txt")
    if os.environ.get("GOLDEN") == "renew" and told:
        beside.write_text("".join(f"{line}\n" for line in told), encoding="utf-8")
    expected = beside.read_text(encoding="utf-8").splitlines() if beside.exists() else []
    return item, told, expected


@pytest.mark.golden
@pytest.mark.parametrize("example", examples("valid"))
def test_a_valid_example_gives_an_item_and_the_problems_beside_it(example, settings):
    item, problems, expected = read(f"valid/{example}", settings)
    assert problems == expected
    assert item is not None
    assert item.kind == kind_of(f"content/{example}", settings)


@pytest.mark.golden
@pytest.mark.parametrize("example", examples("invalid"))
def test_an_invalid_example_gives_the_problems_beside_it_and_no_item(example, settings):
    item, problems, expected = read(f"invalid/{example}", settings)
    assert problems == expected
    assert expected
    assert item is None


def test_no_list_of_expected_problems_is_left_over():
    for folder in ("valid", "invalid"):
        beside = {path.name for path in (EXAMPLES / folder).rglob("*.problems.txt")}
        assert beside <= {
            path.with_suffix(".problems.txt").name for path in (EXAMPLES / folder).rglob("*.md")
        }
