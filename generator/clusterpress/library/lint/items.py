"""Lint for items: names, numbers and titles that two items share, undated events, unsuitable pictures."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from clusterpress.library.entries import Entry, Picture
from clusterpress.library.index_records import IndexRecord
from clusterpress.library.item_loader import ItemLoader
from clusterpress.library.translations import Translations
from clusterpress.parsing.values import problem_at
from clusterpress.values.media_types import media_type
from clusterpress.values.problems import Problem, Severity

MAX_BYTES = 2_000_000
"""Largest size of a published picture, in bytes, that mobile readers receive within a few seconds."""

_KEPT_TYPES = frozenset({"image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/webp"})
"""Media types of files that keep their type when they are published; other files are converted on purpose."""


def check_images(pictures: Iterable[Picture]) -> Iterator[Problem]:
    """Yield a warning for each picture that is huge, or whose type differs from the end of its name."""
    for picture in pictures:
        if picture.length > MAX_BYTES:
            size = f"{picture.length / 1_000_000:.1f} MB"
            yield _warn(picture, f"the picture has {size} as published", "save it smaller, or as JPEG")
        named = media_type(picture.source).partition(";")[0]
        if named in _KEPT_TYPES and named != picture.type:
            kind, suffix = picture.type.removeprefix("image/").upper(), PurePosixPath(picture.source).suffix
            yield _warn(picture, f'the picture is {kind}, though its name ends in "{suffix}"', "rename it")


def _warn(picture: Picture, message: str, hint: str) -> Problem:
    return Problem(path=picture.source, severity=Severity.WARNING, message=message, hint=hint)


def find_duplicates(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Yield an error for items with one name in feeds, and a warning for news with one title and date."""
    if any(entry.index_record.id for entry in entries):  # otherwise only their addresses can clash
        yield from _duplicate_ids(entries)
    moments = Counter([entry.index_record.published for entry in entries])
    shared = {moment for moment, number in moments.items() if number > 1}
    news: dict[tuple[str, str, float], Entry] = {}
    for entry in entries if shared else ():
        one = entry.index_record
        if one.published not in shared or one.kind != "news":
            continue
        first = news.setdefault((one.lang, one.title.casefold(), one.published), entry)
        if first is not entry:
            message = f"{first.path} has the same title and date"
            yield entry.warning("title", message, "delete one of the two, or give each a title of its own")


def _duplicate_ids(entries: Sequence[Entry]) -> Iterator[Problem]:
    names: dict[str, Entry] = {}
    for entry in entries:
        first = names.setdefault(entry.id, entry)
        if first is not entry and (entry.index_record.id or first.index_record.id):
            message = f"feeds would call this item the same as {first.path}: {entry.id}"
            lines, hint = entry.item.source.lines, 'give it another "id", or delete it'
            yield problem_at("id", lines, entry.path, message, hint)


def find_duplicate_numbers(
    items: Iterable[IndexRecord], translations: Translations, item_loader: ItemLoader
) -> Iterator[Problem]:
    """Yield an error for each partner with the number of another one.

    Args:
        items: all published items.
        translations: versions of one partner share its number.
        item_loader: finds the line of the number.
    """
    holders: dict[str, IndexRecord] = {}
    for partner in items:
        number = partner.teaser.number if partner.kind == "partner" else ""
        if not number:
            continue
        first = holders.setdefault(number, partner)
        if first.path not in {one.path for one in translations.of(partner).values()}:
            message = f"{number} already is the number of {first.path}"
            hint, lines = "give each partner a number of its own", item_loader.item(partner.item).source.lines
            yield problem_at("number", lines, partner.path, message, hint)


def find_undated_events(entries: Iterable[Entry], today: int) -> Iterator[Problem]:
    """Yield a warning for each coming event that is in no feed because it has no date of announcement."""
    for entry in entries:
        if entry.kind == "event" and entry.index_record.day > today:
            message = "a coming event without a date of announcement is in no feed until it begins"
            yield entry.warning("date", message, "add date: with the day of its announcement")
