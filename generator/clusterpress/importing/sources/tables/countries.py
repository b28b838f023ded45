"""Countries of tables: a name or code in any language → the usual name on the site."""

from collections.abc import Sequence

from clusterpress.parsing.values import ValueFault
from clusterpress.theme.countries import ALSO, LANGUAGES, find_code, territories
from clusterpress.values.problems import did_you_mean

_OWN = {"PS": "Palestine", "CZ": "Czechia", "TR": "Türkiye"}
"""Names of a code in English where institutions of the EU write another one than CLDR."""


def read_country(written: str, languages: Sequence[str]) -> str:
    """Return a country's name in the main language of the site; a name in common use stays as written.

    Args:
        written: a name or code: ``Greece``, ``Griechenland``, ``GR``, ``The Netherlands``.
        languages: of the site, main language first.

    Raises:
        ValueFault: no country is called so.
    """
    main, plain = territories(languages[0]) or territories("en"), " ".join(written.split())
    is_code = len(plain) == len("GR") and plain.upper() in main
    code = plain.upper() if is_code else find_code(plain, LANGUAGES)
    if code not in main:
        names = (name for language in languages for name in territories(language).values())
        hint = did_you_mean(plain, [*names, *ALSO], "correct it, or delete it")
        raise ValueFault(f'no country is called "{plain}"', hint)
    if plain in main.values() or (languages[0] == "en" and plain in ALSO and not plain.isupper()):
        return plain
    return _OWN.get(code, main[code]) if languages[0] == "en" else main[code]
