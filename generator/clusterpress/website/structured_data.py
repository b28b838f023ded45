"""Structured data: JSON-LD objects in the vocabulary of schema.org, and vCards for address books."""

from collections.abc import Iterable

from clusterpress.config.settings import Settings
from clusterpress.content.item_values import Contact
from clusterpress.content.items import Author, Cluster, Event, Issue, Item, News, Partner, Programme
from clusterpress.library.entries import Entry, Label
from clusterpress.library.pictures import ShownPicture
from clusterpress.theme.addresses import absolute
from clusterpress.theme.linked_data import Graph, thing
from clusterpress.theme.typesetting import social_image_url
from clusterpress.website.views import Frame

LINE_LENGTH = 75
"""Octets of a line of a vCard, without its end (RFC 6350, section 3.2)."""


def publisher(settings: Settings, logo: str = "") -> Graph:
    """Return the organisation behind the site."""
    return thing(
        "Organization",
        f"{settings.url}#publisher",
        name=settings.publisher or settings.name,
        url=settings.url,
        email=settings.contact,
        logo=absolute(logo, settings.url) if logo else "",
        sameAs=[link.url for link in settings.follow],
    )


def website(settings: Settings, lang: str, url: str) -> Graph:
    """Return the site itself.

    Args:
        settings: the site's settings.
        lang: language of the home page.
        url: path of the home page below the root.
    """
    return thing(
        "WebSite",
        name=settings.name,
        alternateName=settings.tagline,
        description=settings.description,
        url=settings.url + url,
        inLanguage=lang,
        publisher={"@id": f"{settings.url}#publisher"},
    )


def breadcrumbs(frame: Frame, settings: Settings) -> Graph:
    """Return the way from the home page to a page."""
    steps = (*frame.crumbs, Label(name=frame.title, url=frame.url))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": step.name, "item": settings.url + step.url}
            for place, step in enumerate(steps, start=1)
        ],
    }


def news_article(
    entry: Entry, words: int, authors: Iterable[tuple[Label, bool]], settings: Settings
) -> Graph:
    """Return a news item.

    Args:
        entry: the item.
        words: number of words of its body.
        authors: (label, whether it is an organisation).
        settings: the site's settings.
    """
    item = entry.item
    url = settings.url + entry.url
    return thing(
        "NewsArticle",
        url,
        url=url,
        mainEntityOfPage=url,
        headline=item.title[:110],
        description=entry.card.summary,
        inLanguage=entry.lang,
        datePublished=entry.published.isoformat(),
        dateModified=entry.updated.isoformat(),
        image=_image(entry.picture, settings) + _card(entry, settings),
        author=[_party(label, settings, person=not organisation) for label, organisation in authors]
        or {"@id": f"{settings.url}#publisher"},
        publisher=publisher(settings),
        keywords=[label.name for label in entry.terms["tags"]],
        wordCount=words,
        about=[label.name for label in (*entry.terms["programmes"], *entry.terms["clusters"])],
        audience=_audience(item),
    )


def event(entry: Entry, organisers: Iterable[Label], settings: Settings) -> Graph | None:
    """Return an event, or None if its dates are not exact or its place is unknown.

    Args:
        entry: the item.
        organisers: labels of the organisers.
        settings: the site's settings.
    """
    item = entry.item
    if not isinstance(item, Event) or not item.start or not (item.place or item.online):
        return None
    mode = "OnlineEventAttendanceMode" if item.online else "OfflineEventAttendanceMode"
    state = "EventCancelled" if item.cancelled else "EventScheduled"
    return thing(
        "Event",
        settings.url + entry.url,
        url=settings.url + entry.url,
        name=item.title,
        description=entry.card.summary,
        inLanguage=entry.lang,
        startDate=item.start.iso,
        endDate=(item.end or item.start).iso,
        eventAttendanceMode=f"https://schema.org/{mode}",
        eventStatus=f"https://schema.org/{state}",
        location=_location(item, settings.url + entry.url),
        image=_image(entry.picture, settings) + _card(entry, settings),
        organizer=[_party(label, settings) for label in organisers],
        audience=_audience(item),
    )


def _party(label: Label, settings: Settings, *, person: bool = False) -> Graph:
    url = settings.url + label.url if label.url else ""
    return thing("Person" if person else "Organization", name=label.name, url=url)


def _audience(item: Item) -> list[Graph]:
    names = item.audience if isinstance(item, News | Event) else ()
    return [{"@type": "Audience", "audienceType": name} for name in names]


def record(entry: Entry, settings: Settings) -> Graph | None:
    """Return a partner, cluster or author; None for other kinds."""
    item = entry.item
    if not isinstance(item, Partner | Cluster | Author):
        return None
    person = isinstance(item, Author) and item.type == "person"
    contact = getattr(item, "contact", None)
    return thing(
        "Person" if person else "Organization",
        settings.url + entry.url,
        name=item.title,
        alternateName=list(item.names),
        description=entry.card.summary,
        url=item.url or settings.url + entry.url,
        **{"image" if person else "logo": _image(entry.picture, settings)},
        sameAs=[link.url for link in item.follow],
        jobTitle=item.role if isinstance(item, Author) else "",
        worksFor=_organisation_of(item),
        **(_contact(contact) if contact else {}),
    )


def _organisation_of(item: Item) -> Graph | None:
    name = item.organisation if isinstance(item, Author) else ""
    return thing("Organization", name=name) if name else None


def programme(entry: Entry, members: Iterable[Label], settings: Settings) -> Graph | None:
    """Return a programme with its partners, or None for another kind of record.

    Args:
        entry: the programme.
        members: labels of its partners.
        settings: the site's settings.
    """
    item = entry.item
    if not isinstance(item, Programme):
        return None
    funder = thing("Organization", name="European Union", url="https://european-union.europa.eu/")
    return thing(
        "Project",
        settings.url + entry.url,
        name=item.title,
        alternateName=list(item.names),
        description=item.boilerplate or entry.card.summary,
        url=item.url or settings.url + entry.url,
        logo=_image(entry.picture, settings),
        funder=funder if item.funding and item.funding.rules != "none" else None,
        member=[_party(label, settings) for label in members],
        sameAs=[link.url for link in item.follow],
    )


def publication_issue(entry: Entry, newsletter: str, settings: Settings) -> Graph | None:
    """Return an issue of a newsletter, or None for another kind of item."""
    item = entry.item
    if not isinstance(item, Issue):
        return None
    return thing(
        "PublicationIssue",
        settings.url + entry.url,
        name=item.title,
        url=settings.url + entry.url,
        issueNumber=str(item.number),
        datePublished=item.date.iso,
        description=entry.card.summary,
        inLanguage=entry.lang,
        image=_image(entry.picture, settings) + _card(entry, settings),
        isPartOf=thing("Periodical", name=newsletter),
        publisher=publisher(settings),
    )


def _contact(contact: Contact) -> Graph:
    place = (contact.street, contact.city, contact.country, contact.postcode, contact.region)
    address = _address(*place) if any(place) else None
    numbers = {"telephone": contact.phone, "faxNumber": contact.fax}
    return {"email": contact.email, **numbers, "address": address}


def _address(street: str, city: str, country: str, postcode: str = "", region: str = "") -> Graph:
    names = {"streetAddress": street, "postalCode": postcode, "addressLocality": city}
    more = {"addressRegion": region, "addressCountry": country}
    return thing("PostalAddress", **names, **more)


def _location(item: Event, page: str) -> Graph:
    if item.online:
        return {"@type": "VirtualLocation", "url": item.url or page}
    address = _address(item.address, item.place, item.country)
    return {"@type": "Place", "name": item.place, "address": address}


def _image(picture: ShownPicture | None, settings: Settings) -> list[str]:
    return [absolute(picture.picture.url, settings.url)] if picture else []


def _card(entry: Entry, settings: Settings) -> list[str]:
    return [absolute(social_image_url(entry.url), settings.url)] if settings.social_cards else []


def write_vcard(name: str, contact: Contact, web: str, url: str) -> bytes:
    """Return the vCard of an organisation (RFC 6350).

    Args:
        name: its name.
        contact: its contact card.
        web: its website, if the contact card names none.
        url: the full address of its page, which also identifies the card.
    """
    organisation = _escape(name)
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual" if contact.name else "KIND:org",
        f"FN:{_escape(contact.name) or organisation}",
        f"ORG:{organisation}",
        f"UID:{url}",
        f"SOURCE:{url.rstrip('/')}/{url.rstrip('/').rpartition('/')[2]}.vcf",
    ]
    if contact.email:
        lines.append(f"EMAIL:{_escape(contact.email)}")
    for kind, number in (("voice", contact.phone), ("fax", contact.fax)):
        if number:
            lines.append(f"TEL;VALUE=text;TYPE={kind}:{_escape(number)}")
    if contact.web or web:
        lines.append(f"URL:{contact.web or web}")
    if contact.street or contact.city:
        parts = (contact.street, contact.city, contact.region, contact.postcode, contact.country)
        lines.append("ADR:;;" + ";".join(map(_escape, parts)))
    lines.append("END:VCARD")
    return "".join(f"{_fold(line)}\r\n" for line in lines).encode()


def _escape(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (",", "\\,"), (";", "\\;"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _fold(line: str) -> str:
    """Return a line broken after at most 75 octets, never within a character."""
    pieces, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > LINE_LENGTH:
            pieces.append("")
            size = 1  # the space that begins a continuation
        pieces[-1] += character
        size += width
    return "\r\n ".join(pieces)
