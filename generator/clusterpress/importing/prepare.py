"""Prepare: records of any source → records with languages and times of the receiving site."""

from collections import Counter
from collections.abc import Collection, Iterable
from html import escape
from itertools import count
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from clusterpress.config.settings import Settings
from clusterpress.importing.inventory import Inventory, Use
from clusterpress.importing.paths import identity_of
from clusterpress.importing.records import Record, Remark
from clusterpress.importing.texts.nesting import limit_open_blocks
from clusterpress.parsing.values import Value


def prepare_records(
    records: Iterable[Record], settings: Settings, inventory: Inventory, numbers: Collection[int] = ()
) -> list[Record]:
    """Return records with times in the site's time zone, and without languages that the site does not have.

    Args:
        records: of the source.
        settings: of the receiving site.
        inventory: takes languages that the site does not have.
        numbers: of the newsletter issues that the site already has.
    """
    zone = ZoneInfo(settings.time_zone)
    timed = (_with_times(record, zone) for record in _with_own_identities(records))
    prepared = [_with_language(record, settings, inventory) for record in timed]
    return _with_numbers(prepared, settings, inventory, numbers)


def _with_numbers(
    records: list[Record], settings: Settings, inventory: Inventory, numbers: Collection[int]
) -> list[Record]:
    """Number the issues of a newsletter by date; without a newsletter in the settings, they are news."""
    issues = [record for record in records if record.kind == "issue"]
    if not issues:
        return records
    newsletter = next(iter(settings.newsletters), "")
    if not newsletter:
        inventory.at(issues[0].place, issues[0].line)
        hint = 'describe the newsletter in site_config.yml under "newsletters", and import again'
        note = "this site has no newsletter, so its issues are news"
        inventory.add("kind", "newsletter", Use.LEFT_OUT, note, hint, len(issues))
        return [replace(record, kind="news") if record.kind == "issue" else record for record in records]
    said = {identity_of(record): str(record.values.get("number", "")) for record in issues}
    number_of = {
        one: number for one, number in said.items() if number.isdecimal() and int(number) not in numbers
    }
    taken = {*numbers, *map(int, number_of.values())}
    free = (number for number in count(1) if number not in taken)
    for record in sorted(
        issues, key=lambda record: (str(record.values.get("date", "")), identity_of(record))
    ):
        if identity_of(record) not in number_of:
            number_of[identity_of(record)] = str(next(free))
    return [
        _as_issue(record, newsletter, number_of[identity_of(record)]) if record.kind == "issue" else record
        for record in records
    ]


def _as_issue(record: Record, newsletter: str, number: str) -> Record:
    """Return an issue of the past, which is only shown on the website."""
    facts: dict[str, Value] = {"newsletter": newsletter, "number": number, "editions": ["web"]}
    return replace(record, values={**record.values, **facts})


def _with_own_identities(records: Iterable[Record]) -> list[Record]:
    """Return records with an identity of their own: copies of a post may have that of their original.

    An import recognises the files of an earlier one by these identities.
    """
    seen: Counter[str] = Counter()
    made: list[Record] = []
    for record in records:
        identity = identity_of(record)
        seen[identity] += 1
        number = seen[identity]
        name = "key" if record.key and not record.identity else "identity"
        made.append(record if number == 1 else replace(record, **{name: f"{identity}#{number}"}))
    return made


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
    tree = LexborHTMLParser(f"<!doctype html><body>{limit_open_blocks(record.text)}").body
    words = tree.text(separator="\n", strip=True) if tree and record.form == "html" else record.text
    text = "".join(f"<p>{escape(line)}</p>" for line in words.split("\n") if line.strip())
    message = f"its text could not be converted ({type(error).__name__}), so only its words were kept"
    remark = Remark(message, "compare it with the old site, and mark it up again")
    kept: dict[str, Value] = {key: value for key, value in record.values.items() if isinstance(value, str)}
    return replace(record, text=text, form="html", values=kept, remarks=(*record.remarks, remark))
