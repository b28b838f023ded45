"""Subscriptions: where readers of a newsletter subscribe, and the facts that they are told, in one language.

Forms and the privacy notice show the same facts, so that they cannot contradict each other. The forms post
what the published forms of each service post.
"""

from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlsplit, urlunsplit

from msgspec import Struct

from clusterpress.config.legal import Words
from clusterpress.config.settings import NewsletterSettings, Settings
from clusterpress.config.subscriptions import SubscribeSettings
from clusterpress.content.items import Page
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.library.obligations import CONFIG, own_statement, statements_in
from clusterpress.parsing.values import problem_at
from clusterpress.theme.theme import Theme, missing_labels
from clusterpress.values.problems import Problem

Facts = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""Label of the theme and its values, for each sentence."""


class Subscription(Struct, frozen=True, kw_only=True):
    """How readers of a newsletter subscribe, in one language."""

    newsletter: str
    """Slug of the newsletter; ids on a page begin with it."""
    name: str
    """Its name."""
    programme: str
    """Slug of the programme that funds it; empty if none does."""
    address: str
    """Where a form posts to, or a link leads to; empty if readers cannot subscribe on this site."""
    email_field: str
    """Name of the field for the reader's address; empty for a link."""
    hidden: tuple[tuple[str, str], ...]
    """Name and value of the fields that readers do not see."""
    trap: str
    """Name of a field that people leave empty and robots fill in; may be empty."""
    facts: Facts
    """What happens to the address, in sentences."""
    processor: str
    """The company that keeps the addresses; empty if there is none."""
    processor_privacy: str
    """Address of its privacy notice."""
    privacy: str
    """Path of the site's own privacy notice; empty if it has none."""


def subscriptions_of(library: Library, lang: str) -> tuple[Subscription, ...]:
    """Return the subscriptions of the newsletters that state them, in the order of the settings."""
    privacy = statements_in(library, lang).get("privacy", "")
    return make_subscriptions(library.settings, lang, privacy)


def make_subscriptions(settings: Settings, lang: str, privacy: str = "") -> tuple[Subscription, ...]:
    """Return the subscriptions of a site's newsletters.

    Args:
        settings: the site's settings.
        lang: the language of the facts.
        privacy: path of the privacy notice in this language.
    """
    return tuple(
        _subscription(slug, newsletter, newsletter.subscribe, settings, lang, privacy)
        for slug, newsletter in settings.in_language(lang).newsletters.items()
        if newsletter.subscribe
    )


def _subscription(
    slug: str,
    newsletter: NewsletterSettings,
    block: SubscribeSettings,
    settings: Settings,
    lang: str,
    privacy: str,
) -> Subscription:
    processor = processor_of(block, settings)
    email_field, hidden, trap = _fields(block, lang)
    return Subscription(
        newsletter=slug,
        name=newsletter.name,
        programme=newsletter.programme,
        address=_address(block),
        email_field=email_field,
        hidden=hidden,
        trap=trap,
        facts=_facts(block, processor, settings, lang),
        processor=processor,
        processor_privacy=block.privacy_url if processor else "",
        privacy=privacy,
    )


def processor_of(block: SubscribeSettings, settings: Settings) -> str:
    """Return the company that keeps the addresses; empty if the publisher does."""
    notice = settings.legal.privacy if settings.legal else None
    return block.processor or (notice.mailing_service if notice else "")


def _facts(block: SubscribeSettings, processor: str, settings: Settings, lang: str) -> Facts:
    country, retention = (_words(words, settings, lang) for words in (block.country, block.retention))
    keeper: tuple[tuple[str, str], ...] = (
        (("processor", processor), ("country", country)) if processor else ()
    )
    return (
        ("subscribe_confirmed" if block.double_opt_in else "subscribe_unconfirmed", ()),
        ("subscribe_tracked" if block.tracking else "subscribe_untracked", ()),
        ("subscribe_processor" if processor else "subscribe_own", keeper),
        ("subscribe_retention", (("retention", retention.rstrip(".")),)),
    )


def _words(words: Words, settings: Settings, lang: str) -> str:
    """Return words in a language, else in the site's first one."""
    if isinstance(words, str):
        return words
    return next(
        (words[one] for one in (lang, settings.language) if one in words), next(iter(words.values()), "")
    )


def _address(block: SubscribeSettings) -> str:
    """Return where the form of a service posts to, or where the link leads to.

    listmonk: ``static/public/templates/subscription-form.html`` posts to ``/subscription/form``. Buttondown:
    "Embedding your form" posts to ``/api/emails/embed-subscribe/NAME``. The embed codes of Brevo and
    Mailchimp contain the whole address.
    """
    if block.service == "none":
        return ""
    parts = urlsplit(block.url)
    path = parts.path.rstrip("/")
    if block.service == "listmonk" and not path.endswith("/subscription/form"):
        return urlunsplit(parts._replace(path=f"{path}/subscription/form"))
    if block.service == "buttondown" and not path.startswith("/api/"):
        return urlunsplit(parts._replace(path=f"/api/emails/embed-subscribe/{path.strip('/')}"))
    return block.url


def _fields(block: SubscribeSettings, lang: str) -> tuple[str, tuple[tuple[str, str], ...], str]:
    """Return the name of the address field, the hidden fields and the trap for robots of a service's form."""
    match block.service:
        case "listmonk":
            return "email", (("l", block.list),), "nonce"
        case "brevo":
            return "EMAIL", (("locale", lang.partition("-")[0]),), "email_address_check"
        case "mailchimp":
            query = parse_qs(urlsplit(block.url).query)
            return "EMAIL", (), f"b_{query['u'][0]}_{query['id'][0]}"
        case "buttondown":
            return "email", (("embed", "1"),), ""
    return "", (), ""


def check_subscriptions(library: Library, theme: Theme) -> Iterator[Problem]:
    """Yield an error for each fact that a privacy notice lacks, and for each language without the words."""
    settings = library.settings
    stated = [slug for slug, one in settings.newsletters.items() if one.subscribe]
    if any(_generates_notice(library, lang) for lang in settings.languages):
        for slug in settings.newsletters.keys() - set(stated):
            message = f'the privacy notice has to say how readers of the newsletter "{slug}" subscribe'
            hint = 'add "subscribe:" with its facts ("service: none" if readers cannot subscribe here)'
            yield Problem(path=CONFIG, field=f"newsletters.{slug}", message=message, hint=hint)
    for place, lang in enumerate(settings.languages if stated else ()):
        if missing := missing_labels(theme, lang, "website", "subscribe_"):
            message = f'the theme has no words in "{lang}" for subscribing: {", ".join(missing)}'
            file = f"website/labels/{lang}.yml"
            hint = (
                f'delete "subscribe:" or this language until your web team adds them to {file} of the theme: '
                "consent needs the reader's language"
            )
            yield Problem(path=CONFIG, field=f"languages.{place}", message=message, hint=hint)
    for lang in settings.languages if stated else ():
        yield from _find_silent_notice(library, lang)


def _generates_notice(library: Library, lang: str) -> bool:
    """Return whether a language has the whole generated privacy notice, alone or below an editor's text."""
    legal, own = library.settings.legal, own_statement(library, "privacy", lang)
    return bool(legal and legal.privacy and (own is None or _holds_facts(own)))


def _holds_facts(page: Entry) -> bool:
    """Return whether the generated facts stand below the text of a page."""
    return isinstance(page.item, Page) and page.item.statement == "privacy"


def _find_silent_notice(library: Library, lang: str) -> Iterator[Problem]:
    """Yield an error if an editor's privacy notice says nothing about a form, to which readers give data.

    Regulation (EU) 2016/679, Article 13(1)(e): the notice names those who receive the data.
    """
    page = own_statement(library, "privacy", lang)
    if page is None or _holds_facts(page):
        return
    text = _fold(f"{page.item.title} {page.item.source.body}")
    for one in subscriptions_of(library, lang):
        named = one.processor or one.name
        if one.address and _fold(named) not in text:
            message = (
                f'readers subscribe to the newsletter "{one.name}", and this page does not name "{named}"'
            )
            hint = 'add "statement: privacy" to its front matter: the facts are put under your text'
            yield problem_at("statement", page.item.source.lines, page.path, message, hint)


def _fold(text: str) -> str:
    """Return a text in which names are found whatever their case and their line breaks."""
    return " ".join(unescape(text).casefold().split())
