"""Dates and states of a file of a foreign tree: when it was published, and whether it was public."""

import re

from clusterpress.config.settings import Settings
from clusterpress.content.dates import read_moment
from clusterpress.content.item_values import Moment
from clusterpress.importing.records import Remark
from clusterpress.importing.sources.clock_keys import join_clocks
from clusterpress.importing.sources.front_matter import MappedKeys
from clusterpress.importing.sources.tree_places import Place
from clusterpress.parsing.values import Value, ValueFault
from clusterpress.values.kinds import Kind

_FRACTION = re.compile(r"(?<=:\d\d)\.\d+(?=[Z+-]|$)")
"""Fractions of a second; in ``12.06.2019`` a full stop is a part of the date."""
_OFFSET = re.compile(r"^(\d{4}-\d\d-\d\d) (\d\d:\d\d-(?:0\d|1[0-2]):?[0-5]\d)$")
"""One time with an offset, as a program writes it; for a person it is two times."""
_DATED_FOLDERS = re.compile(r"(?:^|/)((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?=[-_/])")
_NUMBER = re.compile(r"(?<!\d)(\d{1,4})(?!\d)")


def read_safely(written: str, settings: Settings) -> Moment | None:
    """Return the moment that a text means, or None."""
    if not written:
        return None
    try:
        return read_moment(written, settings.time_zone, (*settings.languages, "en"))
    except (ValueFault, ValueError, OverflowError):
        return None


def complete_dates(place: Place, kind: Kind, keys: MappedKeys, settings: Settings) -> Moment | None:
    """Complete the dates of an item in place, also from its file's name; return when it was published.

    Args:
        place: the file.
        kind: of the item.
        keys: its keys.
        settings: of the receiving site.
    """
    values = keys.values
    for key in ("date", "start", "end", "updated", "publish", "expires"):
        if isinstance(written := values.get(key), str):
            values[key] = _FRACTION.sub("", written.strip())
            if kind != "event" or key not in {"date", "start"}:
                values[key] = _OFFSET.sub(r"\1T\2", str(values[key]))
    keys.remarks += join_clocks(values, keys.clocks, place.name.date)
    for key in ("updated", "publish", "expires", "end"):
        if key in values and read_safely(str(values[key]), settings) is None:
            message = f'"{key}: {values.pop(key)}" is not a date, and was left out'
            keys.remarks.append(Remark(message, "add it again"))
    if kind in {"news", "issue"} and "date" not in values and "publish" in values:
        values["date"] = values["publish"]
    written = str(values.get("date") or place.name.date or _date_of_folders(place.path))
    moment = read_safely(written, settings)
    if moment is None and place.name.date and "date" in values:
        message = f'the date "{values["date"]}" cannot be read; the name of the file gives it'
        keys.remarks.append(Remark(message, near="date:"))
        written, moment = place.name.date, read_safely(place.name.date, settings)
    _store_date(values, kind, written, moment)
    return moment


def _date_of_folders(path: str) -> str:
    """Return the date that folders give, as in ``blog/2020/01/02/name.md``; "" if they give none."""
    found = _DATED_FOLDERS.search(path)
    return f"{found[1]}-{found[2]:>02}-{found[3]:>02}" if found else ""


def _store_date(values: dict[str, Value], kind: Kind, written: str, moment: Moment | None) -> None:
    """Store the date under the key that it has for a kind."""
    values.pop("date", None)
    if kind in {"news", "issue"} and written:
        values["date"] = written
    elif kind == "page" and moment:
        values.setdefault("updated", written)
    elif kind == "event" and not {"start", "when"} & values.keys():
        values["start"] = written
    elif kind == "event" and moment:
        values["date"] = written


def complete_state(place: Place, kind: Kind, keys: MappedKeys) -> None:
    """Make a draft of what was never public.

    Args:
        place: the file.
        kind: of the item.
        keys: its keys, which are completed.
    """
    if place.is_draft:
        keys.values["draft"] = "true"
    if not place.collection.is_public and kind in {"news", "page"} and keys.values.get("draft") != "true":
        keys.values["draft"] = "true"
        remark = "its collection had no pages, so it is a draft"
        keys.remarks.append(Remark(remark, 'delete "draft" to publish it', "draft:"))
    if keys.values.get("draft") == "false":
        del keys.values["draft"]


def complete_issue(place: Place, keys: MappedKeys, newsletters: tuple[str, ...]) -> None:
    """Name the newsletter of an issue, and its number, in place.

    Args:
        place: the file.
        keys: its keys.
        newsletters: slugs of the site's newsletters; at least one.
    """
    parts = [str(keys.values.get("newsletter", "")), *place.folders]
    keys.values["newsletter"] = next((one for one in parts if one in newsletters), newsletters[0])
    texts = (str(keys.values.get("number", "")), place.name.stem, str(keys.values.get("title", "")))
    numbers = (found[1] for text in texts if (found := _NUMBER.search(text)))
    keys.values["number"] = next(numbers, "1")
