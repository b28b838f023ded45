"""Texts of announcements: whole within the limits of each network, and what has to stay stays."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.publishing.announcing.texts import LIMITS, Announcement, compose, make_hashtags, write_draft

LINK = "https://news.example.eu/news/2026/" + "a-long-address-of-an-item/" * 3
ONE = Announcement(
    id="i",
    name="n",
    lang="en",
    title="Forum in Linz",
    summary="Thirty clusters met, and compared how they are run. " * 9,
    link=LINK,
    statement="Co-funded by the European Union",
    hashtags=("#AgriFood", "#Clusters"),
    picture="media/a.jpg",
    alt="People at tables",
)


def size(text, network):
    return len(normalize("NFC", text)) - (len(LINK) - 23 if network == "mastodon" else 0)


def test_a_short_item_is_said_in_full():
    short = Announcement(
        id="i", name="n", lang="en", title="Forum", summary="They met.", link="https://x.eu/"
    )
    assert compose(short, "bluesky") == "Forum\n\nThey met.\n\nhttps://x.eu/"


@pytest.mark.parametrize("network", LIMITS)
def test_a_long_summary_ends_at_a_word(network):
    text = compose(ONE, network)
    assert size(text, network) <= LIMITS[network]
    assert text.startswith("Forum in Linz\n\nThirty clusters met, and compared")
    assert text.endswith(f"\n\nCo-funded by the European Union\n\n{LINK}\n\n#AgriFood #Clusters")
    if network != "linkedin":
        summary = text.split("\n\n")[1]
        assert summary.endswith("…")
        assert ONE.summary.startswith(summary[:-1])
        assert ONE.summary[len(summary) - 1] in " ,.", summary


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=700)


@given(WORDS, WORDS, st.lists(st.text("abcä", min_size=1, max_size=40), max_size=4))
def test_every_text_fits_and_keeps_link_and_statement(title, summary, tags):
    one = Announcement(
        id="i", name="n", lang="en", title=title or "T", summary=summary, link=LINK,
        statement="Funded by the European Union", hashtags=make_hashtags(tags),
    )  # fmt: skip
    for network, limit in LIMITS.items():
        text = compose(one, network)
        assert size(text, network) <= limit
        assert LINK in text
        assert "Funded by the European Union" in text


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        (["agri-food", "clusters", "Clusters"], ("#AgriFood", "#clusters", "#Clusters")),
        (["#EUClusters", "green deal", "2020", ""], ("#EUClusters", "#GreenDeal")),
        (["الابتكار", "Énergie propre"], ("#الابتكار", "#ÉnergiePropre")),
        (["a", "b", "c", "d", "e"], ("#a", "#b", "#c", "#d")),
    ],
)
def test_tags_become_hashtags(words, tags):
    assert make_hashtags(words) == tags


def test_a_draft_has_the_picture_and_its_alt_text():
    draft = write_draft(ONE, "linkedin", "https://x.eu/")
    text, notes = draft.split("\n\n-----\n")
    assert text == compose(ONE, "linkedin")
    assert notes == (
        f"({len(text)} of 3000 characters)\nPicture: https://x.eu/media/a.jpg\nAlt text: People at tables\n"
    )
