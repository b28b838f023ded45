"""The plan of posters, project sheets and QR codes, and their makers, which other processes may run."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from clusterpress.config.settings import Settings
from clusterpress.content.items import Programme
from clusterpress.funding.acknowledgement import Acknowledgement, Text, draw_emblem_file
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.library.obligations import Credit, credit_of
from clusterpress.library.pictures import Picture, ShownPicture
from clusterpress.library.programmes import FACTS, PrintKind, partners_of, prints_of
from clusterpress.theme.addresses import absolute, without_scheme
from clusterpress.theme.cover_art import RING, draw_cover_art
from clusterpress.theme.print_characters import (
    describe_unlike,
    find_unlike,
    normalise_text,
    printable_code_points,
    second_code_points,
)
from clusterpress.theme.print_pictures import wrap_raster
from clusterpress.theme.print_row_heads import mark_row_heads
from clusterpress.theme.qr_codes import draw_qr_code, draw_qr_file, paint_qr_file
from clusterpress.theme.theme import Theme, palette_on_band, read_tokens
from clusterpress.theme.wording import open_wording
from clusterpress.values.outputs import Output, OutputError
from clusterpress.values.problems import Problem, Severity

ACCESSIBLE, ARCHIVABLE = "ua-1", "a-2a"
"""PDF/UA-1 (ISO 14289-1): Typst refuses what is not accessible. PDF/A-2a (ISO 19005-2) also needs a date."""

_FOLDER = "posters"
"""Folder of the templates in a theme."""

_WIDTHS: Mapping[PrintKind, int] = {"poster": 297, "project_sheet": 210}
"""Millimetres of paper: A3 and A4."""

_LATEST = 4
"""How many news, and how many events, a project sheet lists."""


class Member(Struct, frozen=True, kw_only=True):
    """A partner of a programme."""

    name: str
    lang: str
    number: str
    role: str
    country: str


class Headline(Struct, frozen=True, kw_only=True):
    """A news item or event of a programme."""

    title: str
    date: str
    address: str
    """Full address of its page."""


class PrintView(Struct, frozen=True, kw_only=True):
    """What a poster or a project sheet shows of a programme."""

    kind: PrintKind
    source: str
    """Source path of the record."""
    updated: str
    """ISO date of the record's last change, if it gives one: the date of the document."""
    title: str
    short: str
    lang: str
    summary: str
    text: str
    """Paragraphs of plain text."""
    facts: tuple[tuple[str, str], ...]
    """(label of the theme, value)."""
    website: str
    address: str
    """Full address of the programme's page, for people and for the QR code."""
    colour: str
    publisher: str
    partners: tuple[Member, ...]
    latest: tuple[tuple[str, tuple[Headline, ...]], ...]
    """(label of the theme, newest items) of what a project sheet lists."""
    credit: Credit | None
    picture: ShownPicture | None
    logos: tuple[ShownPicture, ...]


def outputs(library: Library, settings: Settings, theme: Theme) -> Iterator[Output]:
    """Yield the posters and project sheets of programmes, and the QR codes of pages that ask for one.

    Args:
        library: all items.
        settings: the site's settings.
        theme: its templates are in ``posters/``.
    """
    for entry in library.records.values():
        if entry.kind == "programme":
            yield from _prints(library, settings, theme, entry)
    for entry in library.with_field("extras"):
        if "qr_code" not in entry.index_record.extras:
            continue
        address = absolute(entry.url, settings.url)
        for name, make in (("qr.svg", draw_qr_file), ("qr.png", paint_qr_file)):
            yield Output(
                path=f"{entry.url}{name}", make=partial(make, address=address), sources=(entry.path,)
            )


def find_problems(library: Library, settings: Settings, theme: Theme) -> Iterator[Problem]:
    """Yield a warning for each programme whose poster or sheet prints some characters in another form."""
    for entry in library.records.values():
        if entry.kind != "programme" or not (prints := prints_of(library, entry)):
            continue
        view = _view(library, settings.in_language(entry.lang), theme, entry, prints[0].kind)
        known = printable_code_points(theme)
        values = (view.title, view.short, view.summary, view.text, *(value for _, value in view.facts))
        names = (part for one in view.partners for part in (one.name, one.role, one.country))
        main = frozenset(map(chr, known - second_code_points(theme)))
        if found := find_unlike("\n".join((*values, *names)), main):
            message = f"the {_NAMES[view.kind]} prints {describe_unlike(found, known)}"
            hint = f'replace it, or delete "{view.kind}: true"'
            yield Problem(
                path=entry.path, field=view.kind, severity=Severity.WARNING, message=message, hint=hint
            )


def _prints(library: Library, settings: Settings, theme: Theme, entry: Entry) -> Iterator[Output]:
    for one in prints_of(library, entry):
        view = _view(library, settings.in_language(entry.lang), theme, entry, one.kind)
        yield Output(
            path=one.path,
            make=partial(make_print, view=view, theme=theme),
            stored=tuple(picture.key for picture in _pictures(view)),
            sources=(entry.path,),
            optional=True,
        )


def _view(library: Library, settings: Settings, theme: Theme, entry: Entry, kind: PrintKind) -> PrintView:
    item = entry.item
    assert isinstance(item, Programme)  # noqa: S101 -- records of this kind are programmes
    publisher = settings.publisher or settings.name
    credit = credit_of(library, entry.slug, entry.lang, responsible=publisher, publication=True)
    shown = entry.picture if entry.picture and not entry.picture.picture.is_remote else None
    own_logo = (shown,) if shown and item.logo and not item.image else ()
    return PrintView(
        kind=kind,
        source=entry.path,
        updated=entry.index_record.modified,
        title=entry.title,
        short=item.short,
        lang=entry.lang,
        summary=item.summary,
        text=item.boilerplate or ("" if item.summary else entry.card.summary),
        facts=tuple((label, getattr(item, name)) for label, name in FACTS if getattr(item, name)),
        website=item.url,
        address=absolute(entry.url, settings.url),
        colour=item.colour,
        publisher=publisher,
        partners=tuple(map(_member, partners_of(library, entry.slug, entry.lang))),
        latest=tuple(_latest(library, settings, theme, entry)) if kind == "project_sheet" else (),
        credit=credit,
        picture=shown if item.image else None,
        logos=credit.logos if credit else own_logo,
    )


def _latest(
    library: Library, settings: Settings, theme: Theme, entry: Entry
) -> Iterator[tuple[str, tuple[Headline, ...]]]:
    """Yield the newest news and events of a programme, in the language of its record."""
    dates = open_wording(theme, entry.lang).dates
    term = next((one for one in library.terms("programmes", entry.lang) if one.slug == entry.slug), None)
    for label, entries in (("latest_news", term.news), ("events", term.events)) if term else ():
        cards = (one.card for one in entries[:_LATEST])
        rows = tuple(
            Headline(title=card.title, date=dates.when(card), address=absolute(card.url, settings.url))
            for card in cards
        )
        if rows:
            yield label, rows


def _member(entry: Entry) -> Member:
    item = entry.item
    contact = getattr(item, "contact", None)
    return Member(
        name=entry.title,
        lang=entry.lang,
        number=getattr(item, "number", ""),
        role=getattr(item, "role", ""),
        country=getattr(item, "country", "") or (contact.country if contact else ""),
    )


def _pictures(view: PrintView) -> tuple[Picture, ...]:
    """Return the published pictures that a print shows, each once."""
    shown = (*((view.picture,) if view.picture else ()), *view.logos)
    return tuple({one.picture.key: one.picture for one in shown}.values())


def make_print(view: PrintView, theme: Theme, stored: Iterable[bytes] = ()) -> bytes:
    """Return a poster or project sheet as PDF.

    Args:
        view: what it shows.
        theme: the theme.
        stored: the bytes of its pictures.

    Raises:
        OutputError: the theme has no template, or the typesetter refuses the text.
    """
    from clusterpress.theme.typesetting import TypesettingError, typeset  # takes 0.1 s

    try:
        return mark_row_heads(typeset(_compose(view, theme, tuple(stored)), theme, **_how(view))[0])
    except TypesettingError as error:
        message, hint = f"its {_NAMES[view.kind]} cannot be made: {error}", "correct what it names"
    except FileNotFoundError:
        message = f'the theme "{theme.name}" has no template for a {_NAMES[view.kind]}'
        hint = f"copy the folder {_FOLDER}/ of the built-in theme into it"
    raise OutputError(Problem(path=view.source, field=view.kind, message=message, hint=hint))


def _how(view: PrintView) -> dict[str, Any]:
    """Return the options for the typesetter; the day of the build is no date of a document."""
    if not view.updated:
        return {"pdf_standards": [ACCESSIBLE], "timestamp": None}
    day = date.fromisoformat(view.updated[:10])
    stamp = datetime.combine(day, time(12), UTC)
    return {"pdf_standards": [ACCESSIBLE, ARCHIVABLE], "timestamp": stamp}


_NAMES: Mapping[PrintKind, str] = {"poster": "poster", "project_sheet": "project sheet"}


def _compose(view: PrintView, theme: Theme, contents: tuple[bytes, ...]) -> dict[str, bytes]:
    """Return the files for the typesetter: templates, the document, and its drawings."""
    folder = Path(theme.folder) / _FOLDER
    templates = {path.name: path.read_bytes() for path in sorted(folder.glob("*.typ"))}
    names = {one.key: f"picture-{number}.svg" for number, one in enumerate(_pictures(view))}
    tokens = read_tokens(theme)
    drawings = {
        "emblem.svg": draw_emblem_file(),
        "qr.svg": draw_qr_code(view.address),
        "art.svg": _draw_art(view, theme),
    }
    for picture, content in zip(_pictures(view), contents, strict=True):
        is_drawing = picture.type == "image/svg+xml"
        width = _WIDTHS[view.kind]
        drawings[names[picture.key]] = (
            content.decode() if is_drawing else wrap_raster(picture, content, width)
        )
    document = normalise_text(_document(view, theme, names), printable_code_points(theme))
    texts = {"document.json": json.dumps(document), "tokens.json": json.dumps(tokens, default=dict)}
    files = {name: text.encode() for name, text in (texts | drawings).items()}
    main = folder / f"{view.kind.replace('_', '-')}.typ"
    return {**templates, **files, "main.typ": main.read_bytes()}


def _draw_art(view: PrintView, theme: Theme) -> str:
    palette = palette_on_band(theme)
    colour = view.colour if view.colour in palette else "blue"
    stories = ((colour, max(8, len(view.partners))),)
    mirrored = open_wording(theme, view.lang).direction == "rtl"
    return draw_cover_art(view.address, stories, palette, mirrored=mirrored)


def _document(view: PrintView, theme: Theme, names: Mapping[bytes, str]) -> dict[str, Any]:
    wording = open_wording(theme, view.lang)
    labels = ("partners", "local_partner", "country", "role", "website", "funding_label", "poster")
    more = {"website": without_scheme(view.website)} if view.website else {}
    return {
        "title": view.title,
        "short": view.short,
        "period": dict(view.facts).get("period", ""),
        "updated": [int(part) for part in view.updated[:10].split("-")] if view.updated else None,
        "lang": view.lang,
        "dir": wording.direction,
        "kind": wording.labels[view.kind],
        "summary": view.summary,
        "text": [" ".join(one.split()) for one in view.text.split("\n\n") if one.strip()],
        "facts": [[wording.labels[label], value] for label, value in (*view.facts, *more.items())],
        "address": {"href": view.address, "text": without_scheme(view.address)},
        "colour": view.colour,
        "publisher": view.publisher,
        "partners": [
            {name: getattr(one, name) for name in Member.__struct_fields__} for one in view.partners
        ],
        "latest": [
            [
                wording.labels[label],
                [{name: getattr(one, name) for name in Headline.__struct_fields__} for one in rows],
            ]
            for label, rows in view.latest
        ],
        "labels": {label: wording.labels[label] for label in labels},
        "funding": _funding(view.credit.words) if view.credit else None,
        "logos": [_picture(one, names) for one in view.logos],
        "picture": _picture(view.picture, names) if view.picture else None,
        "ring": RING,
    }


def _picture(shown: ShownPicture, names: Mapping[bytes, str]) -> dict[str, Any]:
    ratio = round(shown.picture.width / max(1, shown.picture.height), 4)
    return {"src": names[shown.picture.key], "ratio": ratio, "alt": shown.alt, "credit": shown.credit}


def _funding(words: Acknowledgement) -> dict[str, Any]:
    """Return what must be shown of the funding; the programme's name stands above it anyway."""
    small = (words.disclaimer, words.legal)
    return {
        "emblem": words.emblem.text,
        "statement": _text(words.statement),
        "lines": [_text(one) for one in words.lines()],
        "small": [_text(one) for one in small if one],
    }


def _text(one: Text) -> dict[str, str]:
    return {"text": one.text, "lang": one.lang}
