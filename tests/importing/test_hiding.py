"""Keys that hide a text in the old program make a draft of what is imported."""

import pytest

from clusterpress.importing.sources.front_matter import map_keys
from tests.content.test_hiding import HIDING, SHOWN

QUIET = ("layout", "tone", "build", "render", "permalink")


@pytest.mark.parametrize("line", HIDING)
@pytest.mark.parametrize("kind", ["news", "page", "event"])
def test_the_importer_has_the_same_table(line, kind):
    key, _, value = line.partition(": ")
    values = {"render": "never", "list": "never"} if "{" in value else value.strip("'")
    found = map_keys({key: values, "draft": "false"}, kind, {})
    assert found.values["draft"] == "true"


@pytest.mark.parametrize("line", [line for line in SHOWN if not line.startswith(QUIET)])
def test_a_value_that_hides_nothing_makes_no_draft_and_is_dropped(line):
    key, _, value = line.partition(": ")
    found = map_keys({key: value.strip('"')}, "news", {})
    assert (found.values, found.remarks) == ({}, [])


def test_a_date_under_published_is_the_date():
    assert map_keys({"published": "2019-06-15"}, "news", {}).values == {"date": "2019-06-15"}


def test_a_password_is_not_repeated():
    (remark,) = map_keys({"password": "tr0ub4dor"}, "news", {}).remarks
    assert "tr0ub4dor" not in str(remark)
