"""Videos and maps in a page: places for players, which load nothing by themselves."""

import re

from selectolax.lexbor import LexborHTMLParser

HEAD = "---\ntitle: A\ndate: 2019-01-01\nsummary: S.\n---\n"
VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"


def page(make_site, text, **files):
    site = make_site({"news/a.md": f"{HEAD}First.\n\n{text}\n", **files}, pictures=("news/poster.png",))
    return site.page("news/2019/a/index.html")


def test_a_link_alone_in_its_paragraph_becomes_a_place_for_a_player(make_site) -> None:
    html = page(make_site, f'[The "first" day & more]({VIDEO}){{.embed}}')
    figure = LexborHTMLParser(html).css_first("figure.embed")
    assert figure.attributes["data-embed"] == "https://www.youtube-nocookie.com/embed/abcdefghijk"
    assert figure.attributes["data-title"] == 'The "first" day & more'
    assert "hidden" in figure.css_first(".embed__load").attributes
    assert figure.css_first("button").text() == 'Load it here: The "first" day & more'
    assert "your browser asks www.youtube-nocookie.com for this" in figure.css_first("figcaption").text()
    link = figure.css_first("figcaption a")
    assert (link.attributes["href"], link.attributes["rel"]) == (VIDEO, "noopener noreferrer")
    assert "iframe" not in html


def test_a_page_allows_frames_of_its_players_alone_and_loads_the_script_only_then(make_site) -> None:
    with_player = page(make_site, f"[Day]({VIDEO}){{.embed}}")
    without = page(make_site, f"[Day]({VIDEO})")
    assert "frame-src https://www.youtube-nocookie.com;" in with_player
    assert "/js/embeds.js" in with_player
    assert "frame-src 'none';" in without
    assert "embeds.js" not in without


def test_a_picture_in_the_link_is_the_poster(make_site) -> None:
    html = page(make_site, f'[![People at a table](poster.png)]({VIDEO} "The first day"){{.embed}}')
    figure = LexborHTMLParser(html).css_first("figure.embed")
    assert figure.attributes["data-title"] == "The first day"
    assert figure.css_first(".embed__frame img").attributes["alt"] == "People at a table"


def test_a_link_in_a_sentence_or_to_something_else_stays_a_link(make_site) -> None:
    html = page(
        make_site, f"See [the day]({VIDEO}){{.embed}} itself.\n\n[Elsewhere](https://x.eu/){{.embed}}"
    )
    assert "<figure" not in html
    assert len(re.findall(r'<a class="embed"|class="embed" href|href="[^"]+" class="embed"', html)) == 2


def test_the_words_are_those_of_the_pages_language(make_site) -> None:
    site = make_site(
        {"news/a.md": f"{HEAD}First.\n\n[Jour]({VIDEO}){{.embed}}\n"}, languages=("fr",),
    )  # fmt: skip
    assert "Charger ici" in site.page("news/2019/a/index.html")


def test_a_page_in_a_new_window_gets_no_hold_of_ours(make_site) -> None:
    html = page(
        make_site, "[A](https://a.eu/){target=_blank}, [B](https://b.eu/){target=_blank rel=nofollow}"
    )
    links = {link.attributes["href"]: link for link in LexborHTMLParser(html).css("a[target]")}
    assert links["https://a.eu/"].attributes["rel"] == "noopener"
    assert links["https://b.eu/"].attributes["rel"] == "nofollow noopener"
