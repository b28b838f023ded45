"""Language checks: what pages in one language of the site would show in another one."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from clusterpress.config.settings import Settings
from clusterpress.config.texts import plain_sentences
from clusterpress.library.library import Library
from clusterpress.library.menus import find_target
from clusterpress.library.obligations import CONFIG, own_statement, statements_in
from clusterpress.theme.theme import FALLBACK, Theme, missing_labels
from clusterpress.values.problems import Problem
from clusterpress.values.rules import default_severity

_NAMED = 5
"""Missing labels that a message names; the others are counted."""


def check_languages(library: Library, theme: Theme) -> Iterator[Problem]:
    """Yield a problem for each text that a language of the site lacks: another language never stands in."""
    yield from _check_texts(library, theme)
    for place, lang in enumerate(library.settings.languages):
        if missing := missing_labels(theme, lang, "website"):
            more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
            message = f'the theme has no words in "{lang}": {", ".join(missing[:_NAMED])}{more}'
            hint = f"write them into themes/{theme.name}/website/labels/{lang}.yml, or delete the language"
            yield _problem(f"languages.{place}", message, hint)
        yield from _check_statements(library, theme, lang, place)


def _check_statements(library: Library, theme: Theme, lang: str, place: int) -> Iterator[Problem]:
    folder = Path(theme.folder) / "website/statements"
    names = {lang, lang.partition("-")[0]}
    if FALLBACK in names or _awaits_pages(library, lang):
        return
    for name in statements_in(library, lang):
        page = own_statement(library, name, lang)
        if page is None and not any((folder / f"{name}.{one}.html").is_file() for one in names):
            message = f'the theme has no {name} statement in "{lang}"'
            file = f"content/pages/{name}.{lang}.md"
            yield _problem(f"languages.{place}", message, f"write {file}, or delete the language")


def _check_texts(library: Library, theme: Theme) -> Iterator[Problem]:
    """Yield a problem for each text of the settings that is there in the first language alone.

    Labels of menus count only if nothing in the language gives them another name; names may be the same in
    all languages.
    """
    settings = library.settings
    others = [lang for lang in settings.languages if lang != settings.language]
    if not others:
        return
    for name in plain_sentences(settings, settings.versions):
        yield _untranslated(name, others, settings)
    for menu in ("menu", "footer"):
        for place, entry in enumerate(getattr(settings, menu)):
            name, path = f"{menu}.{place}.label", entry.url.lstrip("/")
            if name not in settings.versions and "://" not in path and not path.startswith("mailto:"):
                missing = [
                    one
                    for one in others
                    if find_target(library, theme, one, path) is None and not _awaits_pages(library, one)
                ]
                hidden = library.resolver.link_targets.hidden_at(entry.url)
                # The label of a hidden item is asked for already now: no later day may bring a new error.
                if missing and not (hidden and hidden.record.kind == "page"):
                    yield _untranslated(name, missing, settings)


def _awaits_pages(library: Library, lang: str) -> bool:
    """Return whether time alone hides pages of a language: what seems to be missing may be one of them."""
    hidden = library.resolver.link_targets.hidden.values()
    return any(
        one.record.kind == "page" and one.record.lang == lang and one.state != "draft" for one in hidden
    )


def _untranslated(name: str, langs: Sequence[str], settings: Settings) -> Problem:
    key = name.rpartition(".")[2]
    message = f'"{name}" is in "{settings.language}" alone, and pages in {", ".join(langs)} show it'
    return _problem(name, message, f"write {key}: {{{', '.join(f'{one}: …' for one in settings.languages)}}}")


def _problem(field: str, message: str, hint: str) -> Problem:
    rule = "untranslated-text"
    severity = default_severity(rule)
    return Problem(path=CONFIG, field=field, severity=severity, message=message, hint=hint, rule=rule)
