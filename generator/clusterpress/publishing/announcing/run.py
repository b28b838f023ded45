"""Announcing: each newly published item once on each network, as a post or as a draft to copy."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from clusterpress.config.announcing import VARIABLES, Network
from clusterpress.config.settings import Settings
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.library.obligations import credit_of
from clusterpress.publishing.announcing.networks import Account, open_account
from clusterpress.publishing.announcing.record import (
    BEFORE,
    DRAFT,
    WAITING,
    Record,
    read_record,
    write_record,
)
from clusterpress.publishing.announcing.texts import Announcement, make_hashtags, write_draft
from clusterpress.publishing.errors import PublishError
from clusterpress.publishing.files import SiteFile
from clusterpress.publishing.mailing.secrets import look_up
from clusterpress.sources.files import write_file
from clusterpress.theme.addresses import absolute
from clusterpress.values.media_types import media_type

KINDS = ("news", "event", "issue")
"""Kinds of item that are announced."""
MAX_AGE = timedelta(days=14)
"""Older items are no news: those of an import, or of a site that begins to announce."""
FOLDER = "announcements"
"""Folder of the drafts, in the project's folder."""


class Plan(Struct, frozen=True, kw_only=True):
    """What is to be announced."""

    due: tuple[tuple[Network, Announcement], ...]
    """The oldest item first."""
    record: Record
    """What is known; items that were published before anything was announced stand in it."""


def plan_announcements(
    library: Library, files: Container[str], root: Path, published_before: Container[str]
) -> Plan:
    """Return what is to be announced: items with a page that no network knows.

    Args:
        library: what is published now; drafts, embargoed and expired items are not in it.
        files: paths of the site.
        root: folder of the project.
        published_before: source paths of the items in the record of earlier publications.

    Raises:
        PublishError: the record of announcements cannot be read.
    """
    known = read_record(root)
    record = dict(known or {})
    newest = library.today - MAX_AGE
    found: list[Entry] = []
    for entry in _candidates(library, files):
        if known is None and entry.path in published_before:
            record[entry.id] = dict.fromkeys(library.settings.announce.networks, BEFORE)
        elif WAITING in record.get(entry.id, {}).values() or entry.day_seen >= newest:
            found.append(entry)
    networks = library.settings.announce.networks
    due = (
        (network, _announcement(library, entry))
        for entry in sorted(found, key=lambda one: (one.index_record.appeared, one.url))
        for network in networks
        if record.get(entry.id, {}).get(network, WAITING) == WAITING
    )
    return Plan(due=tuple(due), record=record)


def _candidates(library: Library, files: Container[str]) -> Iterator[Entry]:
    settings = library.settings
    for lang in settings.announce.languages or (settings.language,):
        for kind in KINDS:
            for entry in library.of_kind(kind, lang):
                if (
                    entry.state == "published"
                    and f"{entry.url}index.html" in files
                    and not _is_past(library, entry)
                ):
                    yield entry


def _is_past(library: Library, entry: Entry) -> bool:
    """Return whether an event is over or cancelled."""
    return entry.kind == "event" and (library.is_over(entry) or entry.index_record.teaser.cancelled)


def _announcement(library: Library, entry: Entry) -> Announcement:
    item, settings = entry.item, library.settings.in_language(entry.lang)
    shown = entry.picture
    tags = getattr(item, "hashtags", ()) or tuple(label.name for label in entry.terms["tags"])
    day = entry.published.date().isoformat()
    lang = "" if entry.lang == library.settings.language else f".{entry.lang}"
    return Announcement(
        id=entry.id,
        name=f"{day}-{entry.slug}{lang}",
        lang=entry.lang,
        title=" ".join(entry.title.split()),
        summary=" ".join(entry.card.summary.split()),
        link=absolute(entry.url, settings.url),
        published=entry.index_record.published,
        statement=_statement(library, entry),
        hashtags=make_hashtags(tags),
        picture=shown.picture.url if shown else "",
        alt=shown.alt if shown else "",
    )


def _statement(library: Library, entry: Entry) -> str:
    """Return the statement of the first funded programme of an item, or else of the site."""
    names = (*(label.slug for label in entry.terms["programmes"]), library.settings.programme)
    found = (credit_of(library, name, entry.lang) for name in names if name)
    return next((credit.words.statement.text for credit in found if credit), "")


class Announcer(Struct, kw_only=True):
    """Announces; what it says goes to people."""

    root: Path
    settings: Settings
    files: Mapping[str, SiteFile]
    environment: Mapping[str, str]
    now: Callable[[], datetime]
    say: Callable[[str], None]
    warn: Callable[[str], None]

    def announce(self, plan: Plan) -> None:
        """Post or draft what is due; the record is written after each step.

        A post that fails is tried again by the next run, and so is all else for its network.

        Raises:
            PublishError: record or drafts cannot be written.
        """
        record = {name: dict(one) for name, one in plan.record.items()}
        write_record(self.root, record)
        accounts = {network: self._open(network) for network in self.settings.announce.networks}
        failed: set[Network] = set()
        for network, one in plan.due:
            entry = record.setdefault(one.id, {})
            account = accounts[network]
            if network in failed:
                entry[network] = WAITING
            elif account is None:
                entry[network] = DRAFT
                self.say(f"{network}: draft {self._draft(network, one)}")
            else:
                entry[network] = self._post(network, account, one, failed)
            write_record(self.root, record)

    def _open(self, network: Network) -> Account | None:
        """Return the account of a network, or None without one or without its key."""
        key = look_up(VARIABLES[network], self.environment) if network in VARIABLES else ""
        return open_account(network, self.settings.announce, key, self.now) if key else None

    def _post(self, network: Network, account: Account, one: Announcement, failed: set[Network]) -> str:
        try:
            address = account.post(one, self._read_picture)
        except PublishError as fault:
            failed.add(network)
            self.warn(f'{fault} ("{one.title}" is announced there by the next run)')
            return WAITING
        self.say(f"{network}: {address}")
        return address

    def _draft(self, network: Network, one: Announcement) -> str:
        name = f"{FOLDER}/{one.name}.{network}.txt"
        try:
            (self.root / FOLDER).mkdir(exist_ok=True)
            write_file(self.root / name, write_draft(one, network, self.settings.url).encode())
        except OSError as fault:
            hint = "make the folder writable"
            raise PublishError(f"{name} cannot be written: {fault.strerror}", hint) from None
        return name

    def _read_picture(self, path: str) -> tuple[bytes, str]:
        file = self.files.get(path)
        return (file.read(), media_type(path)) if file else (b"", "")


def describe(plan: Plan, settings: Settings) -> Iterable[str]:
    """Yield what would be announced, for a run that only shows it."""
    for network, one in plan.due:
        yield f"--- {network}: {one.link}"
        yield write_draft(one, network, settings.url)
