"""The words of the editor: each is a whole sentence, as YAML cuts an unquoted one at a comma."""

import re

from clusterpress.editing.begin import STEPS
from clusterpress.editor_page.assets import WEB
from clusterpress.editor_page.words import words_of
from clusterpress.preview.app_server import MAX_BODY
from clusterpress.scaffolding.site_answers import COLOURS


def leaves(value, place=""):
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, f"{place}.{key}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from leaves(one, f"{place}.{number}")
    else:
        yield place, value


def test_no_sentence_is_cut():
    assert [place for place, word in leaves(words_of("en")) if word is None] == []


def test_the_page_knows_the_largest_file_that_the_server_takes():
    script = WEB.joinpath("api.js").read_text("utf-8")
    assert re.search(r"const MOST = (\d+);", script)[1] == str(MAX_BODY // 1_000_000)


def test_every_question_about_a_new_site_has_words():
    begin = words_of("en")["begin"]
    assert {name for questions in STEPS.values() for name in questions} <= begin["questions"].keys()
    assert STEPS.keys() | {"review"} == begin["steps"].keys()
    assert COLOURS.keys() | {"own"} == begin["colours"].keys()
