"""Statements: legal notice, privacy notice and accessibility statement, made from the settings."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from clusterpress.library.funding import Credit, credit_of
from clusterpress.library.library import Library
from clusterpress.library.statements import own_statement, statements_in
from clusterpress.theme.labels import FALLBACK
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Output
from clusterpress.website.json_ld import breadcrumbs
from clusterpress.website.lazy_engine import render_page
from clusterpress.website.page_planner import PagePlanner
from clusterpress.website.sites import responsible
from clusterpress.website.views import Frame, Site


def outputs(planner: PagePlanner, lang: str) -> Iterator[Output]:
    """Yield the statements of a language that no page of an editor's takes the place of."""
    for name, url in statements_in(planner.library, lang).items():
        if own_statement(planner.library, name, lang):
            continue
        title = planner.label(lang, f"{name}_title")
        frame = Frame(
            url=url,
            title=title,
            description=planner.label(lang, f"{name}_text"),
            section=url,
            crumbs=planner.crumbs(lang),
            translations=versions_of(planner, name),
        )
        make = partial(make_statement, statement=name, credits=credits_of(planner.library, lang))
        yield planner.page(lang, frame, make, sources=("site_config.yml",))


def make_statement(
    site: Site,
    theme: Theme,
    page: Frame,
    statement: str,
    credits: tuple[Credit, ...],  # noqa: A002 -- an input's name
) -> bytes:
    """Return the page of a statement."""
    return render_page(
        site,
        theme,
        page,
        "statement.html",
        graph=(breadcrumbs(page, site.settings),),
        **make_statement_context(site, theme, statement, credits),
    )


def make_statement_context(
    site: Site, theme: Theme, statement: str, credits_: tuple[Credit, ...]
) -> dict[str, Any]:
    """Return what the templates of a statement show: in the page's language, else in English."""
    from clusterpress.theme.wording import open_wording

    main = site.lang.partition("-")[0]
    folder = Path(theme.folder) / "website" / "statements"
    lang = next(
        (one for one in (site.lang, main) if (folder / f"{statement}.{one}.html").is_file()), FALLBACK
    )

    def localised(words: Mapping[str, str] | str) -> Markup:
        """Return words of the settings in the statement's language, else marked as being in another."""
        if isinstance(words, str):
            own, text = site.settings.language, words
        else:
            own = next((one for one in (lang, site.settings.language) if one in words), next(iter(words)))
            text = words[own]
        return (
            Markup("{}").format(text)
            if own == lang
            else Markup('<span lang="{}">{}</span>').format(own, text)
        )

    return {
        "statement": f"statements/{statement}.{lang}.html",
        "statement_lang": lang,
        "legal": site.settings.legal,
        "credits": credits_,
        "localised": localised,
        "day": lambda iso: open_wording(theme, lang).dates.day(date.fromisoformat(iso)),
    }


def credits_of(library: Library, lang: str) -> tuple[Credit, ...]:
    """Return the funding of all programmes, as the legal page names it."""
    slugs = dict.fromkeys(slug for kind, slug, _ in library.records if kind == "programme")
    who = responsible(library.settings)
    found = (credit_of(library, slug, lang, responsible=who) for slug in slugs)
    return tuple(one for one in found if one)


def versions_of(planner: PagePlanner, name: str) -> tuple[tuple[str, str], ...]:
    """Return (language, path) of a statement in each language, if there are several."""
    candidates = (
        (lang, statements_in(planner.library, lang).get(name)) for lang in planner.settings.languages
    )
    found = tuple((lang, url) for lang, url in candidates if url)
    return found if len(found) > 1 else ()
