"""Families of names: which field of ours a custom field means, by the words of its name."""

import re
from collections.abc import Mapping
from datetime import datetime
from html import unescape

from clusterpress.config.reader import is_time_zone
from clusterpress.content.dates import read_moment
from clusterpress.content.keys import fields_of
from clusterpress.importing.addresses import is_readable
from clusterpress.importing.sources.times import time_of
from clusterpress.parsing.values import Value, ValueFault
from clusterpress.values.characters import one_line
from clusterpress.values.kinds import Kind

_FAMILIES: Mapping[str, str] = {
    "summary": "summary subtitle subheadline subhead subheading lead lede intro introduction teaser "
    "standfirst chapo chapeau deck excerpt abstract tagline strapline kicker short_description vorspann "
    "anreisser",
    "place": "place location venue city town ort lieu where location_name venue_name event_location "
    "event_place event_venue event_city",
    "address": "address street venue_address event_address",
    "country": "country pays land event_country",
    "url": "url website web homepage site link external_link external_url event_url registration_url "
    "registration_link register_url website_url web_site site_url",
    "email": "email mail e_mail contact_email",
    "role": "role position job_title function title_position job fonction",
    "organisation": "organisation organization company employer institution affiliation",
    "start": "start start_date startdate date_start event_start event_date event_start_date begin date_from "
    "from_date date_begin starts",
    "end": "end end_date enddate date_end event_end event_end_date date_to to_date ends",
    "time_zone": "time_zone timezone event_timezone",
    "organiser": "organiser organizer organisers organizers host organisateur",
    "author": "byline guest_author author_name authors writer written_by",
    "more": "source_url external_link external_url original_url link links url related_links website "
    "further_reading more_links read_more_url call_to_action cta_link registration_url download",
    "city": "city town",
    "number": "number partner_number pp_number",
    "online": "online virtual is_online is_virtual webinar",
    "cancelled": "cancelled canceled is_cancelled is_canceled",
    "updated": "updated last_updated",
    "expires": "expires expiry expiration expiry_date unpublish_on",
    "publish": "publish_on",
}
"""Field of ours → names of custom fields that mean it, folded. Earlier fields win."""
_BY_FIELD: Mapping[str, frozenset[str]] = {key: frozenset(names.split()) for key, names in _FAMILIES.items()}
_PREFIX = re.compile(
    r"^_+|^(?:field|acf|wpcf|cmb2?|meta|event|person|team|member|partner|cluster|news|post)_"
)


def field_for(name: str, kind: Kind) -> str:
    """Return the field of a kind that a custom field means, or "" if none is certain.

    Args:
        name: of the custom field: ``field_lead``, ``_event_start_date``, ``Sub-title``.
        kind: of the item.
    """
    known = fields_of(kind)
    folded = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
    spellings = [folded]
    while (shorter := _PREFIX.sub("", spellings[-1])) != spellings[-1]:
        spellings.append(shorter)
    for spelling in (*spellings, spellings[-1].replace("_", "")):
        for key, names in _BY_FIELD.items():
            if key in known and spelling in names:
                return key
    return ""


_DATES = frozenset({"start", "end", "updated", "expires", "publish", "date"})
_LISTS = frozenset({"organiser", "names", "tags", "sectors", "countries", "audience"})
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(?:\d\d)?)?")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+")


def value_for(key: str, written: str) -> Value | datetime | None:
    """Return a custom field's value for a field of ours; None if it cannot be one.

    Args:
        key: our field.
        written: the value in the other program.
    """
    written = written.strip()
    if key in _DATES:
        return _time(written)
    if key == "email":
        return written.removeprefix("mailto:") if _EMAIL.fullmatch(written.removeprefix("mailto:")) else None
    if key == "url":
        return written if re.match(r"https?://[^\s/.]+\.\S+$", written) and is_readable(written) else None
    if key == "time_zone":
        return written if is_time_zone(written) else None
    if key in {"online", "cancelled"}:
        return "true" if written.lower() in {"true", "1", "yes", "on"} else None
    if key in _LISTS:
        return [part.strip() for part in written.split(",") if part.strip()]
    return one_line(unescape(re.sub(r"<[^<>]+>", " ", written))) or None


def _time(written: str) -> str | datetime | None:
    """Return a date in ISO form: from ``20190615``, a number of seconds, or any date in words."""
    if found := _COMPACT.fullmatch(written):
        year, month, day, hour, minute = found.groups()
        written = f"{year}-{month}-{day}" + (f" {hour}:{minute}" if hour else "")
    elif re.fullmatch(r"-?\d{9,11}", written):
        return time_of(int(written))
    written = re.sub(r"^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?", r"\1 \2", written)
    try:
        read_moment(written, "UTC", ("en", "fr", "de", "it", "es"))
    except ValueFault:
        return None
    return written
