"""Prepare: records of any source → records with languages and times of the receiving site."""

from collections.abc import Iterable
from dataclasses import replace
from html import escape
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser

from clusterpress.config.settings import Settings
from clusterpress.importing.inventory import Inventory, Use
from clusterpress.importing.records import Record, Remark
from clusterpress.parsing.values import Value


def prepare_records(records: Iterable[Record], settings: Settings, inventory: Inventory) -> list[Record]:
    """Return records with times in the site's time zone, and without languages that the site does not have.

    Args:
        records: of the source.
        settings: of the receiving site.
        inventory: takes languages that the site does not have.
    """
    zone = ZoneInfo(settings.time_zone)
    return [_with_language(_with_times(record, zone), settings, inventory) for record in records]


def _with_times(record: Record, zone: ZoneInfo) -> Record:
    if not record.moments:
        return record
    values: dict[str, Value] = dict(record.values)
    remarks = [*record.remarks]
    for key, moment in record.moments.items():
        try:
            values[key] = moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        except (OverflowError, ValueError):  # years outside 1 to 9999
            remarks.append(Remark(f'the time "{moment.isoformat()}" under "{key}" was left out'))
    return replace(record, values=values, remarks=tuple(remarks))


def _with_language(record: Record, settings: Settings, inventory: Inventory) -> Record:
    known = {code.casefold(): code for code in settings.languages}
    wanted = record.lang.replace("_", "-").casefold()
    found = known.get(wanted) or known.get(wanted.partition("-")[0])
    if wanted and not found:
        inventory.at(record.place, record.line)
        note = f'this site does not have it, so its items count as "{settings.language}"'
        hint = f'add "{wanted}" to "languages" in site_config.yml, and import again'
        inventory.add("language", record.lang, Use.LEFT_OUT, note, hint)
    return record if record.lang == (found or "") else replace(record, lang=found or "")


def plain_record(record: Record, error: Exception) -> Record:
    """Return a record with its plain words, for a text that cannot be converted.

    Args:
        record: with a text that caused an error.
        error: the error.
    """
    tree = LexborHTMLParser(f"<!doctype html><body>{record.text}").body
    words = tree.text(separator="\n", strip=True) if tree and record.form == "html" else record.text
    text = "".join(f"<p>{escape(line)}</p>" for line in words.split("\n") if line.strip())
    message = f"its text could not be converted ({type(error).__name__}), so only its words were kept"
    remark = Remark(message, "compare it with the old site, and mark it up again")
    kept: dict[str, Value] = {key: value for key, value in record.values.items() if isinstance(value, str)}
    return replace(record, text=text, form="html", values=kept, remarks=(*record.remarks, remark))
