"""Values of items: dates, pictures, links and addresses, as front matter has them."""

from datetime import date, datetime

from msgspec import Struct


class Moment(Struct, frozen=True):
    """A date as written: a day, perhaps with a time."""

    day: date
    """The day, in the zone in which it was written."""
    at: datetime | None = None
    """The exact time with its zone, when a time was given."""

    @property
    def iso(self) -> str:
        """ISO 8601: ``2019-06-15``, or with time and zone."""
        return self.at.isoformat() if self.at else self.day.isoformat()


class Period(Struct, frozen=True):
    """A stretch of time known only roughly, such as "beginning of April 2012"."""

    text: str
    """As written."""
    first: date
    """The earliest day it can mean."""
    last: date
    """The latest day it can mean."""


class Image(Struct, frozen=True, kw_only=True):
    """An image of an item."""

    src: str
    """File beside the item, path relative to the item, or ``/path`` below content/static/."""
    alt: str = ""
    """Description for people who do not see the image."""
    caption: str = ""
    """Line under the image."""
    credit: str = ""
    """Author of the image."""


class Link(Struct, frozen=True, kw_only=True):
    """A labelled link."""

    label: str
    """Text of the link."""
    url: str
    """Full address, path on this site, or path from the item to another source file."""


class Contact(Struct, frozen=True, kw_only=True):
    """A contact card."""

    name: str = ""
    """A person or department."""
    email: str = ""
    """E-mail address."""
    phone: str = ""
    """Telephone number in international form: +39 224126540."""
    fax: str = ""
    """Fax number in international form."""
    web: str = ""
    """Web address."""
    street: str = ""
    """Street and number."""
    postcode: str = ""
    """Postcode."""
    city: str = ""
    """Town."""
    region: str = ""
    """Province or region."""
    country: str = ""
    """Country name or ISO 3166 code."""
