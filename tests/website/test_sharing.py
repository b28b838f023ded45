from urllib.parse import parse_qs, urlsplit

import pytest

from clusterpress.website.pages.items import PLATFORMS, mail_link, share_links

TITLE = "R&D in Žilina: 50 % more?"
URL = "https://x.eu/news/2019/žilina/?a=1&b=2"


def test_every_platform_gets_the_address_whole() -> None:
    links = share_links(TITLE, URL, ("#TechDays", "QOOT"))
    assert tuple(place for place, _ in links) == tuple(PLATFORMS)
    for _, address in links:
        parts = urlsplit(address)
        assert parts.scheme == "https"
        given = parse_qs(parts.query or parts.fragment)
        assert any(URL in value for values in given.values() for value in values)


def test_hashtags_carry_their_sign_once() -> None:
    text = parse_qs(urlsplit(dict(share_links(TITLE, URL, ("#TechDays", "QOOT")))["X"]).query)["text"][0]
    assert text == f"{TITLE} #TechDays #QOOT"


@pytest.mark.parametrize("character", [" ", "&", "\n", "+"])
def test_a_mail_link_leaves_nothing_unescaped(character: str) -> None:
    query = urlsplit(mail_link(f"a{character}b", URL)).query
    assert parse_qs(query)["subject"] == [f"a{character}b"]
    assert " " not in query
    assert "+" not in query
