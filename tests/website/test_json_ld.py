import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clusterpress.theme.linked_data import write_script

NEWS = """---
title: First
date: 2019-06-15
{more}
---
Text.
"""


def graphs(page: str) -> list[dict[str, Any]]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    content = json.loads(found[1])
    return content if isinstance(content, list) else [content]


@given(st.text())
def test_no_text_can_end_the_script_or_be_lost(text: str) -> None:
    script = str(write_script(({"name": text},)))
    inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inside
    assert json.loads(inside) == {"@context": "https://schema.org", "name": text}


def test_a_news_item_is_described_with_full_addresses(make_site) -> None:
    page = make_site(
        {
            "news/2019/a.md": NEWS.format(more="author: Jane Doe\nsummary: Short."),
            "authors/q.md": "---\ntitle: Q\n---\n",
        },
        url="https://x.eu/sub/",
    ).page("news/2019/a/index.html")
    article, crumbs = graphs(page)
    assert article["@type"] == "NewsArticle"
    assert article["@id"] == "https://x.eu/sub/news/2019/a/"
    assert article["datePublished"].startswith("2019-06-15")
    assert article["author"] == [
        {"@type": "Person", "name": "Jane Doe", "url": "https://x.eu/sub/authors/jane-doe/"}
    ]
    assert [step["item"] for step in crumbs["itemListElement"]] == [
        "https://x.eu/sub/",
        "https://x.eu/sub/news/",
        "https://x.eu/sub/news/2019/a/",
    ]


def test_an_event_is_described_only_with_exact_dates_and_a_place(make_site) -> None:
    site = make_site(
        {
            "events/a.md": "---\ntitle: A\nstart: 2012-02-21\nend: 2012-02-22\nplace: Linz\n---\n",
            "events/b.md": "---\ntitle: B\nwhen: June 2012\nplace: Stuttgart\n---\n",
            "events/c.md": "---\ntitle: C\nstart: 2012-02-21\n---\n",
        }
    )
    kinds = {
        name: [graph["@type"] for graph in graphs(site.page(f"events/{name}/index.html"))] for name in "abc"
    }
    assert kinds == {"a": ["Event", "BreadcrumbList"], "b": ["BreadcrumbList"], "c": ["BreadcrumbList"]}
    event = graphs(site.page("events/a/index.html"))[0]
    assert (event["startDate"], event["endDate"]) == ("2012-02-21", "2012-02-22")
    assert event["location"]["name"] == "Linz"


def test_the_audience_of_an_item_is_told(make_site) -> None:
    page = make_site({"news/2019/a.md": NEWS.format(more="audience: [SMEs, policy makers]")}).page(
        "news/2019/a/index.html"
    )
    (news,) = (graph for graph in graphs(page) if graph["@type"] == "NewsArticle")
    assert [one["audienceType"] for one in news["audience"]] == ["SMEs", "policy makers"]
