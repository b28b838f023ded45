"""Funding: the credits of a site, an item or a newsletter, and what programmes lack for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterpress.content.items import Programme
from clusterpress.funding.record import Funding, Project
from clusterpress.library.entries import Entry, ShownPicture
from clusterpress.library.library import Library
from clusterpress.values.problems import Problem, did_you_mean
from clusterpress.values.slugs import slugify

if TYPE_CHECKING:
    from clusterpress.funding.acknowledgement import Acknowledgement

CONFIG = "site_config.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """The credit for a programme's funding, in one language."""

    words: "Acknowledgement"
    logos: tuple[ShownPicture, ...] = ()
    """The logos of the programme and of its funding record, never larger than the emblem."""
    url: str = ""
    """The programme's own page, below the root."""


def credit_of(
    library: Library, name: str, lang: str, *, responsible: str = "", publication: bool = False
) -> Credit | None:
    """Return the credit for a programme's funding, or None if nothing must be shown.

    A translation without a funding record uses that of the original.

    Args:
        library: all items.
        name: slug, title or alias of the programme.
        lang: language of the page or issue.
        responsible: who is responsible for the contents.
        publication: whether it is for a newsletter instead of the website.
    """
    label = library.registers.get("programme", {}).get(slugify(name)) if name else None
    slug = label.slug if label else name
    entry = library.record("programme", slug, lang)
    if entry is None or not isinstance(entry.item, Programme):
        return None
    holder = _holder(library, slug, entry)
    if _funding(holder) is None:
        return None
    # Imported only for funded sites and items: loading its texts in 25 languages takes time.
    from clusterpress.funding.acknowledgement import acknowledge

    words = acknowledge(_project(entry.item, holder), lang, responsible=responsible, publication=publication)
    return Credit(words=words, logos=_logos(holder), url=entry.url) if words else None


def check_funding(library: Library) -> Iterator[Problem]:
    """Yield an error for everything that the law requires to be shown and that is missing."""
    for entry in library.records.values():
        if entry.kind == "programme" and isinstance(entry.item, Programme) and entry.item.funding:
            from clusterpress.funding.record import find_missing

            source = entry.item.source
            for finding in find_missing(_project(entry.item, entry)):
                yield finding.at(source.lines, source.path)
    known = library.registers.get("programme", {})
    named = {"programme": library.settings.programme} | {
        f"newsletters.{slug}.programme": one.programme for slug, one in library.settings.newsletters.items()
    }
    for field, name in named.items():
        if name and slugify(name) not in known:
            hint = did_you_mean(slugify(name), known, "write the name of a file in content/programmes/")
            message = f'no programme is called "{name}", so that its funding would not be shown'
            yield Problem(path=CONFIG, field=field, message=message, hint=hint)


def _holder(library: Library, slug: str, entry: Entry) -> Entry:
    """Return the record with the funding: the entry itself, or its version in another language."""
    langs = (entry.lang, *library.languages())
    found = (library.records.get(("programme", slug, lang)) for lang in langs)
    return next((one for one in found if one and _funding(one)), entry)


def _funding(entry: Entry) -> Funding | None:
    return entry.item.funding if isinstance(entry.item, Programme) else None


def _project(item: Programme, holder: Entry) -> Project:
    return Project(
        name=item.title,
        lang=item.lang,
        description=item.boilerplate or item.summary,
        has_logo=bool(getattr(holder.item, "logo", None)),
        funding=_funding(holder),
        funding_lang=holder.lang,
    )


def _logos(holder: Entry) -> tuple[ShownPicture, ...]:
    """Return the logos of a record; missing files are reported with its links."""
    item = holder.item
    assert isinstance(item, Programme)  # noqa: S101 -- `_holder` returns no other
    figures = dict(holder.figures)
    images = (*((item.logo,) if item.logo else ()), *(item.funding.logos if item.funding else ()))
    return tuple(
        ShownPicture(picture=figures[image.src], alt=image.alt or item.title)
        for image in images
        if image.src in figures
    )
