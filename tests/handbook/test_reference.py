"""The reference pages and schemas are made from the models: kept true here, renewed with ``GOLDEN=renew``."""

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.config.settings import Settings
from clusterpress.content.items import MODELS
from clusterpress.content.keys import RESERVED
from clusterpress.content.paths import kind_of
from clusterpress.handbook.keys import keys_of
from clusterpress.handbook.pages import PAGES
from clusterpress.handbook.reference import (
    SCHEMAS,
    SETTINGS_SCHEMA,
    front_matter_reference,
    settings_reference,
    settings_schema,
)
from clusterpress.handbook.snippets import SNIPPETS, front_matter_snippets

ROOT = Path(__file__).parents[2]
PAGES_FOLDER = ROOT / "generator/clusterpress/handbook/pages"


@pytest.mark.golden
@pytest.mark.parametrize(
    ("file", "make"),
    [
        (PAGES_FOLDER / "front-matter.md", front_matter_reference),
        (PAGES_FOLDER / "settings.md", settings_reference),
        (ROOT / SETTINGS_SCHEMA, settings_schema),
        (ROOT / SNIPPETS, front_matter_snippets),
    ],
    ids=["front-matter.md", "settings.md", "site_config.schema.json", "front-matter.code-snippets"],
)
def test_what_is_made_from_the_models_is_up_to_date(file, make):
    if os.environ.get("GOLDEN") == "renew":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(make(), encoding="utf-8", newline="\n")
    is_true = file.is_file() and file.read_text(encoding="utf-8") == make()
    assert is_true, "the models changed: run GOLDEN=renew pytest tests/handbook, and commit what it writes"


def test_snippets_complete_every_key_of_every_kind_and_its_fixed_values():
    snippets = json.loads(front_matter_snippets())
    prefixes = [one["prefix"] for one in snippets.values()]
    assert len(prefixes) == len(set(prefixes))
    for kind, model in MODELS.items():
        for key in keys_of(model, RESERVED):
            assert snippets[f"key: {key.name}"]["body"][0].startswith(f"{key.name}: ")
        header = "\n".join(snippets[f"header: {kind}"]["body"])
        filled = (
            re.sub(r"\$\{\d+\|([^,|]*)[^}]*\}", r"\1", header)
            .replace("$1", "1999")
            .replace("$2", "2019-06-15")
        )
        values = yaml.safe_load(filled.split("---")[1].replace("$3", "3"))
        schema = jsonschema.Draft7Validator(json.loads(SCHEMAS[kind]()))
        assert [
            error.message for error in schema.iter_errors(json.loads(json.dumps(values, default=str)))
        ] == []
    assert "${1|" in snippets["key: draft"]["body"][0]


def test_every_key_of_every_model_is_explained():
    for model in (Settings, *MODELS.values()):
        for key in keys_of(model):
            assert key.words.endswith((".", "…", "?", ")")), f"{model.__name__}.{key.name}: {key.words}"


def demo_items():
    settings = Settings(name="X", url="https://x.eu/")
    for path in sorted((ROOT / "content").rglob("*.md")):
        name = path.relative_to(ROOT).as_posix()
        if kind := kind_of(name, settings):
            yield kind, name, path.read_text(encoding="utf-8")


def test_the_schemas_accept_all_front_matter_of_the_demo():
    schemas = {kind: jsonschema.Draft7Validator(json.loads(make())) for kind, make in SCHEMAS.items()}
    seen = set()
    for kind, name, text in demo_items():
        values = yaml.load(text.split("\n---\n")[0].removeprefix("---\n"), Loader=PlainDates)
        assert [error.message for error in schemas[kind].iter_errors(values)] == [], name
        seen.add(kind)
    assert seen == set(MODELS)


class PlainDates(yaml.SafeLoader):
    """Reads YAML as editors do (1.2): dates are texts."""


PlainDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith(":timestamp")]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture(scope="module")
def settings_validator():
    return jsonschema.Draft7Validator(json.loads(settings_schema()))


def test_the_settings_schema_accepts_the_demo_and_short_spellings(settings_validator):
    settings_validator.validate(yaml.safe_load((ROOT / "site_config.yml").read_text(encoding="utf-8")))
    settings_validator.validate(
        yaml.safe_load(
            "name: X\nurl: https://x.eu/\nvocabulary: open\nlanguages: fr\nmkdocs: {markdown_extensions: [toc]}\n"
            "publish: {live: {type: sftp, host: h, path: /p}, b: {type: s3, bucket: c}}\n"
        )
    )


@pytest.mark.parametrize(
    "wrong",
    [
        "name: X\n", "name: X\nurl: u\npage_sise: 5\n", "name: X\nurl: u\nbyline: below\n",
        "name: X\nurl: u\nfeeds: {limits: 5}\n", "name: X\nurl: u\npublish: {live: {type: sftp, path: /p}}\n",
        "name: X\nurl: u\nkinds: {posts: newz}\n",
    ],
)  # fmt: skip
def test_the_settings_schema_marks_slips(settings_validator, wrong):
    assert list(settings_validator.iter_errors(yaml.safe_load(wrong)))


def test_every_description_in_a_schema_is_the_models_own(settings_validator):
    page_size = settings_validator.schema["properties"]["page_size"]
    assert page_size["description"] == "Number of items on a full list page."
    assert page_size["default"] == 10


def test_pages_and_schemas_are_shown_by_name(tmp_path):
    run = CliRunner().invoke
    listed = run(main, ["handbook"]).output
    for page in PAGES:
        assert page.name in listed
        assert run(main, ["handbook", page.name]).output.startswith("# ")
    assert 'did you mean "settings"?' in run(main, ["handbook", "setings"]).output
    assert json.loads(run(main, ["schema", "news"]).output)["properties"]["audience"]
    assert run(main, ["schema", "newz"]).exit_code == 2
    assert "written" in run(main, ["--project", str(tmp_path), "schema", "--write"]).output
    assert (tmp_path / SETTINGS_SCHEMA).read_text(encoding="utf-8") == settings_schema()
    assert (tmp_path / SNIPPETS).read_text(encoding="utf-8") == front_matter_snippets()
