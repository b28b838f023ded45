"""Kinds of items by the names of folders and collections, in the languages in which sites name them."""

from collections.abc import Iterable, Mapping

from clusterpress.values.kinds import Kind
from clusterpress.values.slugs import slugify

_FAMILIES: Mapping[Kind, str] = {
    "news": "post posts blog blogs news article articles actualites actualite aktuelles aktuell nachrichten "
    "noticias noticia notizie story stories press press-releases releases updates journal articulos artikel "
    "nieuws",
    "event": "event events evenements evenement veranstaltungen veranstaltung termine termin eventos evento "
    "eventi agenda calendar meetings workshops webinars conferences seminars trainings",
    "author": "author authors people person persons team staff autoren auteurs autores personen equipe "
    "speakers contributors personnes mitarbeiter",
    "partner": "partner partners consortium partenaires partenaire partenariat socios",
    "cluster": "cluster clusters",
    "programme": "programme programmes program programs programmi programas",
    "issue": "newsletter newsletters newsletter-issues",
    "page": "page pages docs seiten paginas",
}
_KIND_OF: Mapping[str, Kind] = {name: kind for kind, names in _FAMILIES.items() for name in names.split()}

EVENT_KEYS = frozenset(
    [
        "start",
        "starts",
        "startdate",
        "start_date",
        "starttime",
        "start_time",
        "eventdate",
        "event_date",
        "eventstart",
        "event_start",
        "starts_at",
        "startsat",
        "dtstart",
    ]
)
"""Keys, in lower case, that only events have."""


def kind_of_folder(names: Iterable[str]) -> Kind | None:
    """Return the kind that the first telling name stands for; None if none does."""
    found = (_KIND_OF.get(slugify(name.lstrip("_"))) for name in names)
    return next((kind for kind in found if kind), None)
