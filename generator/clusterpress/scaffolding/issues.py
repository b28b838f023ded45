"""A new newsletter issue: its number, and sections that fill themselves with what came since the last one."""

from collections.abc import Mapping

from clusterpress.content.items import Issue
from clusterpress.parsing.values import Value
from clusterpress.scaffolding.records import Records


def fill_issue(values: Mapping[str, Value], records: Records) -> dict[str, Value]:
    """Return the front matter of an issue: what was answered, and what follows from the issues before it.

    The first issue takes all news; each later one those since the issue before it.
    """
    newsletter = str(values["newsletter"])
    lang = str(values.get("lang") or records.settings.language)
    earlier = [
        item.number
        for item in records.of("issue")
        if isinstance(item, Issue) and item.newsletter == newsletter and item.lang == lang
    ]
    number = str(values.get("number") or max(earlier, default=0) + 1)
    name = records.settings.newsletters[newsletter].name
    select: dict[str, Value] = {"after": "previous", "until": "issue"} if earlier else {"until": "issue"}
    return {
        "title": f"{name} no. {number}",
        "number": number,
        **values,
        "select": select,
        "cover": {"art": "auto"},
        "sections": [
            {"title": "News", "layout": "feature", "where": {"kind": "news"}},
            {"title": "Events", "layout": "events", "where": {"kind": "event", "from": "issue"}},
        ],
    }
