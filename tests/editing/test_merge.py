"""Two people change one item: the changes of both are kept, and only what both changed is asked."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from clusterpress import editor_page
from tests.timing import PATIENCE

pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="Node.js is not installed")

MERGE = Path(editor_page.__file__).with_name("web") / "merge.js"
OPENED = {"title": "One", "tags": ["a"], "odd": "as written", "summary": "S"}
CASES = [
    ({}, {}, {}, []),
    ({"title": "Mine"}, {"tags": ["b"]}, {"title": "Mine", "tags": ["b"]}, []),
    ({}, {"title": "Theirs", "body": "Theirs."}, {"title": "Theirs", "body": "Theirs."}, []),
    ({"title": "Same"}, {"title": "Same"}, {"title": "Same"}, []),
    ({"title": "Mine"}, {"title": "Theirs", "tags": ["b"]}, {"title": "Mine", "tags": ["b"]}, ["title"]),
    ({"body": "Mine."}, {"body": "Theirs."}, {"body": "Mine."}, ["body"]),
    ({"summary": None}, {"title": "Theirs"}, {"summary": None, "title": "Theirs"}, []),
    ({"summary": None}, {"summary": "Theirs"}, {"summary": None}, ["summary"]),
    ({"summary": "Mine"}, {"summary": None}, {"summary": "Mine"}, ["summary"]),
    ({"new": "Mine"}, {"other": "Theirs"}, {"new": "Mine", "other": "Theirs"}, []),
    ({"new": "Mine"}, {"new": "Theirs"}, {"new": "Mine"}, ["new"]),
]
"""What I changed, what they changed (None: removed), what is saved, and what both changed."""


def version(*changes):
    values = {"body": "Text.", **OPENED}
    for one in changes:
        values |= one
    values = {key: value for key, value in values.items() if value is not None}
    return {"body": values.pop("body"), "values": values}


def merge(cases):
    script = (
        f"import {{ mergeVersions }} from {json.dumps(MERGE.as_uri())};\n"
        f"const found = {json.dumps(cases)}.map((one) => mergeVersions(...one));\n"
        "process.stdout.write(JSON.stringify(found));"
    )
    words = ["node", "--no-warnings", "--input-type=module", "-e", script]
    return json.loads(subprocess.run(words, capture_output=True, check=True, timeout=PATIENCE).stdout)


def test_only_what_both_changed_is_a_conflict_and_the_rest_of_both_is_kept():
    # The form reads one key in another shape than the file has it.
    shaped = {"odd": "as the form reads it"}
    base = {"file": version(), "form": version(shaped)}
    found = merge([[base, version(shaped, mine), version(theirs)] for mine, theirs, _, _ in CASES])
    for (_, _, saved, conflicts), one in zip(CASES, found, strict=True):
        assert one == {**version(saved), "conflicts": conflicts}
