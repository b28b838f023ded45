"""Report dates: a report that says what happened, dated before the event happened."""

import re
from collections.abc import Iterator, Sequence

from clusterpress.content.dates import format_day
from clusterpress.content.items import News
from clusterpress.library.entries import Entry
from clusterpress.library.names import Register
from clusterpress.parsing.values import problem_at
from clusterpress.values.problems import Problem, Severity

_HAPPENED = re.compile(
    r"\b(?:took place|(?:was|were) held|brought together|gathered|came to an end|ended with|welcomed|attended"
    r"|a eu lieu|s'est tenue?|s’est tenue?|ont participé|a réuni"
    r"|fand statt|fanden statt|hat stattgefunden|tuvo lugar|se celebró|si è tenut[oa]|si è svolt[oa]"
    r"|odbył[aoy]? się|sa konal[aoi]?|uskutočnil[aoi]? sa)\b|عُقد|أقيم",
    re.IGNORECASE,
)
"""Words by which a report is told from an announcement: both name their event."""


def check_report_dates(entries: Sequence[Entry], events: Register) -> Iterator[Problem]:
    """Yield a question for each report that tells how an event went before its first day.

    Args:
        entries: all entries.
        events: the names of events.
    """
    first_days = {entry.slug: entry.card.day for entry in entries if entry.index_record.kind == "event"}
    for entry in entries if first_days else ():
        for index, name in enumerate(entry.index_record.events):
            began = first_days.get(events.find(name) or "")
            item = entry.item
            if not isinstance(item, News) or began is None or item.date.day >= began:
                continue
            if told := _HAPPENED.search(f"{item.title}\n{item.summary}\n{item.source.body}"):
                said = f'"{told[0]}" on {format_day(item.date.day)}'
                yield problem_at(
                    f"event.{index}",
                    item.source.lines,
                    item.source.path,
                    f'the report says {said}, but the event "{name}" began on {format_day(began)}',
                    "which is right? correct one of the dates, or the text",
                    Severity.WARNING,
                )
