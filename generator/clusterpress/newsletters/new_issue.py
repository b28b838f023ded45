"""The front matter with which a new issue begins."""

from collections.abc import Mapping, Sequence

from clusterpress.parsing.values import Value


def first_values(name: str, earlier: Sequence[int], given: Mapping[str, Value]) -> dict[str, Value]:
    """Return the front matter of a new issue. The first one selects all news; each later one the news since.

    Args:
        name: of the newsletter.
        earlier: numbers of its issues in this language.
        given: values of the new issue; its number counts.
    """
    number = str(given.get("number") or max(earlier, default=0) + 1)
    select: dict[str, Value] = {"after": "previous", "until": "issue"} if earlier else {"until": "issue"}
    return {
        "title": f"{name} no. {number}",
        "number": number,
        "select": select,
        "cover": {"art": "auto"},
        "sections": [
            {"title": "News", "layout": "feature", "where": {"kind": "news"}},
            {"title": "Events", "layout": "events", "where": {"kind": "event", "from": "issue"}},
        ],
    }
