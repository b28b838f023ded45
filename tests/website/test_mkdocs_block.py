import pytest

from clusterpress.config.settings import Settings
from clusterpress.website.mkdocs_block import non_page_local_plugins, wants_palette, wants_script


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("", ()),
        ("plugins: [minify]", ()),
        ("plugins: [macros, {git-revision-date: {x: 1}}]", ("macros", "git-revision-date")),
        ("plugins: [macros]\nextra: {page_local: [macros]}", ()),
        ("hooks: [hooks/a.py]", ("hooks/a.py",)),
        ("markdown_extensions: [{x: {y: !!python/name:os.path.join }}]\nsite_name: !ENV X", ()),
        ("- a list", ()),
        ("{ broken", ()),
    ],
)
def test_plugins_that_may_look_beyond_their_page_are_named(block: str, expected: tuple[str, ...]) -> None:
    assert non_page_local_plugins(Settings(name="X", url="https://x.eu/", mkdocs=block)) == expected


@pytest.mark.parametrize(
    ("block", "script", "palette"),
    [
        ("", False, False),
        ("theme: material", False, False),
        ("theme: {features: [content.code.copy]}", True, False),
        ("theme: {palette: {scheme: slate}}", False, True),
    ],
)
def test_materials_script_is_taken_only_when_asked_for(block: str, script: bool, palette: bool) -> None:
    settings = Settings(name="X", url="https://x.eu/", mkdocs=block)
    assert (wants_script(settings), wants_palette(settings)) == (script, palette)


@pytest.mark.parametrize(
    "block",
    ["{plugins: .nan}", "{plugins: x}", "{plugins: [null, 1, [a], {b: c}]}", "{plugins: {b: {}}}", "{extra: [a]}", "{extra: {page_local: 1}}", "{extra: {page_local: [[a]]}}", "{hooks: 1}", "{hooks: {a: b}}", "{hooks: 2020-02-30}", "[a]", "1"],
)  # fmt: skip
def test_a_block_of_wrong_types_ends_no_plan(block):
    settings = Settings(name="N", url="https://example.eu/", mkdocs=block)
    assert all(isinstance(name, str) for name in non_page_local_plugins(settings))
