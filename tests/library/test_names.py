"""The same programme written many ways is one programme."""

import pytest

from clusterpress.content.items import Partner, Programme
from clusterpress.library.names import build_registers, named_record
from clusterpress.values.slugs import term_slug
from tests.library.make import source


def opened(**records):
    return build_registers(
        {kind: [(named_record(item), slug) for item, slug in found] for kind, found in records.items()}
    )


def programme(slug, **fields):
    return Programme(source=source(f"content/programmes/{slug}.md"), slug=slug, **fields)


NEXT = programme("the-next-society", title="THE NEXT SOCIETY", names=("NEXT SOCIETY", "TNS"), short="Next")


@pytest.mark.parametrize(
    "written",
    ["the-next-society", "The Next Society", "THE NEXT SOCIETY", "next society", "Next", "tns", " TNS "],
)
def test_every_way_to_write_a_name_finds_its_record(written):
    registers, problems = opened(programme=[(NEXT, "the-next-society")])
    assert problems == []
    assert registers["programme"].find(written) == "the-next-society"


def test_an_unknown_name_finds_nothing_and_gets_a_suggestion():
    registers, _ = opened(programme=[(NEXT, "the-next-society")])
    assert registers["programme"].find("The Last Society") is None
    assert registers["programme"].suggest("The Nxt Society") == 'did you mean "THE NEXT SOCIETY"?'
    assert "content/programmes/" in registers["programme"].suggest("zzz")


def test_two_records_may_not_share_a_name():
    other = programme("tns", title="Another")
    _, problems = opened(programme=[(NEXT, "the-next-society"), (other, "tns")])
    assert [(p.path, p.message) for p in problems] == [
        ("content/programmes/tns.md", 'the name "tns" already belongs to the programme "the-next-society"')
    ]


def test_a_partner_is_found_by_its_number():
    partner = Partner(
        source=source("content/partners/milano.md"), slug="milano", title="Milano", number="PP8"
    )
    registers, _ = opened(partner=[(partner, "milano")])
    assert registers["partner"].find("pp8") == "milano"


def test_names_without_latin_letters_get_stable_slugs_of_their_own():
    assert term_slug("زراعة") == term_slug("زراعة")
    assert term_slug("زراعة") != term_slug("صناعة")
