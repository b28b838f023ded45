"""The ``subscribe:`` and ``send:`` blocks of a newsletter: how readers subscribe, and who sends it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct, field

from clusterpress.config.legal import Words
from clusterpress.parsing.values import Finding, check_email, check_link, check_website, findings_of


class SubscribeSettings(Struct, frozen=True, kw_only=True):
    """How readers subscribe, and the facts about it. Forms and the privacy notice say the same facts."""

    service: Literal["listmonk", "brevo", "mailchimp", "buttondown", "link", "none"]
    """Service whose form is shown; ``link``: a link to ``url``; ``none``: readers cannot subscribe here."""
    url: str = ""
    """Address of the service's form, as its embed code has it (listmonk: of its website); with ``link``, a
    web address or ``mailto:…``."""
    list: str = ""
    """UUID of the list, for listmonk alone."""
    double_opt_in: bool
    """Whether readers confirm their address by a link in an e-mail before they are added."""
    tracking: bool
    """Whether the sent e-mails tell who opened them or followed a link."""
    retention: Words
    """How long an address is kept: ``until you unsubscribe``; one text for each language."""
    processor: str = ""
    """The company that keeps the addresses and sends the e-mails; empty if you do it yourself."""
    country: Words = ""
    """Country of that company; one text for each language."""
    privacy_url: str = ""
    """Address of its privacy notice."""


class SectionRule(Struct, frozen=True, kw_only=True):
    """A section of the issues that ``clusterpress newsletter propose`` writes."""

    title: Words
    """Heading of the section; or one text for each language."""
    layout: Literal["feature", "profiles", "events", "briefs", "text"] = "feature"
    """Layout of its items."""
    colour: str = ""
    """Colour token of the theme."""
    start: Literal["page", "flow"] = "flow"
    """Whether it starts on a new page."""
    where: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    """Conditions for its items, as in an issue. Default dates: since the previous issue, or in the year of a
    review; for events: from the date of issue."""
    group_by: str = ""
    """Key by which it groups items: partner, cluster, programme or author."""
    sort: str = ""
    """Order of its items: newest (default), oldest (default for events), title or number."""
    limit: int = 0
    """Maximum number of items; 0 means all."""


class ListmonkSettings(Struct, frozen=True, kw_only=True):
    """A listmonk server. ``CLUSTERPRESS_LISTMONK_KEY`` holds ``user:token``."""

    url: str
    """Address of the server: ``https://lists.example.eu``."""
    list: int
    """Number of the list."""
    sender: str = ""
    """Address of the sender. Default: that of the server's settings."""


class BrevoSettings(Struct, frozen=True, kw_only=True):
    """An account at Brevo. ``CLUSTERPRESS_BREVO_KEY`` holds its API key."""

    list: int
    """Number of the list."""
    sender: str = ""
    """Address of the sender, which Brevo has verified. Default: ``contact``."""
    url: str = "https://api.brevo.com"
    """Address of the API."""


class MailchimpSettings(Struct, frozen=True, kw_only=True):
    """An account at Mailchimp. ``CLUSTERPRESS_MAILCHIMP_KEY`` holds its API key."""

    list: str
    """Audience ID."""
    sender: str = ""
    """Address for replies. Default: ``contact``."""
    url: str = ""
    """Address of the API. Default: that of the data centre in the key."""


class ButtondownSettings(Struct, frozen=True, kw_only=True):
    """A newsletter at Buttondown. ``CLUSTERPRESS_BUTTONDOWN_KEY`` holds its API key."""

    url: str = "https://api.buttondown.com"
    """Address of the API."""


class SmtpSettings(Struct, frozen=True, kw_only=True):
    """A mail server for test mails. ``CLUSTERPRESS_SMTP_PASSWORD`` holds the password."""

    host: str
    """Name of the server."""
    port: int = 587
    """Its port: 587, or 465 with ``tls``."""
    security: Literal["starttls", "tls", "none"] = "starttls"
    """Encryption; ``none`` is accepted for this machine alone."""
    user: str = ""
    """User name; empty if the server asks for none."""
    sender: str = ""
    """Address of the sender. Default: ``contact``."""


class SendSettings(Struct, frozen=True, kw_only=True):
    """Where ``clusterpress newsletter send`` hands issues over, by service. Keys never stand here."""

    listmonk: ListmonkSettings | None = None
    """listmonk."""
    brevo: BrevoSettings | None = None
    """Brevo."""
    mailchimp: MailchimpSettings | None = None
    """Mailchimp."""
    buttondown: ButtondownSettings | None = None
    """Buttondown."""
    smtp: SmtpSettings | None = None
    """A mail server, for test mails."""


def check_subscribe(name: str, block: SubscribeSettings, settings: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield a finding for each fact about subscribing that is missing or untrue.

    Args:
        name: dotted name of the block.
        block: the block.
        settings: the fields of the site's settings that could be read.
    """
    yield from _check_address(name, block)
    legal = settings.get("legal")
    mailer = legal.privacy.mailing_service if legal and legal.privacy else ""
    if block.service in ("brevo", "mailchimp", "buttondown") and not (block.processor or mailer):
        message = "readers are not told which company keeps their addresses"
        yield Finding(f"{name}.processor", message, 'add "processor: …", the company named in its contract')
    if block.processor or mailer:
        needed = {
            "country": "the country of that company",
            "privacy_url": "the address of its privacy notice",
        }
        for key, what in needed.items():
            if not getattr(block, key):
                message = f'"{block.processor or mailer}" keeps the addresses, and "{key}" is missing'
                yield Finding(f"{name}.{key}", message, f'add "{key}: …", {what}')
    if block.privacy_url:
        yield from findings_of(f"{name}.privacy_url", check_website, block.privacy_url)
    for key in ("retention", "country"):
        yield from _check_words(f"{name}.{key}", getattr(block, key), settings.get("languages", ("en",)))


def _check_words(name: str, words: Words, languages: tuple[str, ...]) -> Iterator[Finding]:
    """Every language of the site has its own words, as no reader consents to what another language says."""
    known = {languages[0]: words} if isinstance(words, str) else words
    missing = [lang for lang in languages if not known.get(lang)]
    if words and missing:
        key = name.rpartition(".")[2]
        hint = f"write {key}: {{{', '.join(f'{lang}: …' for lang in languages)}}}"
        yield Finding(name, f'"{key}" has no text in {", ".join(missing)}', hint)


def _check_address(name: str, block: SubscribeSettings) -> Iterator[Finding]:
    place, service = f"{name}.url", block.service
    if service == "none":
        return
    if not block.url:
        yield Finding(place, f'"subscribe" has no address for {service}', 'add "url: …"')
        return
    if service == "link":
        yield from findings_of(place, _check_target, block.url)
        return
    found = list(findings_of(place, check_website, block.url))
    parts = urlsplit("" if found else block.url)
    if not found and parts.scheme.lower() != "https":
        found.append(
            Finding(place, "the form would send addresses without encryption", "begin with https://")
        )
    query = parse_qs(parts.query)
    if not found and service == "mailchimp" and not {"u", "id"} <= query.keys():
        hint = 'copy the whole "action" of the form from Mailchimp: https://….list-manage.com/subscribe/post?u=…&id=…'
        found.append(Finding(place, "this is not the address of a form of Mailchimp", hint))
    if not found and service == "brevo" and not parts.path.startswith("/serve/"):
        hint = 'copy the whole "action" of the form from Brevo: https://….sibforms.com/serve/…'
        found.append(Finding(place, "this is not the address of a form of Brevo", hint))
    if not found and service == "buttondown" and not parts.path.strip("/"):
        hint = "write https://buttondown.com/ and the name of the newsletter there"
        found.append(Finding(place, "this is not the address of a newsletter at Buttondown", hint))
    yield from found
    if service == "listmonk" and not re.fullmatch(r"[0-9a-fA-F-]{36}", block.list):
        hint = 'add "list: …", the UUID that listmonk shows beside the list'
        yield Finding(f"{name}.list", "listmonk is not told which list", hint)


def _check_target(address: str) -> None:
    if address.lower().startswith("mailto:"):
        check_link(address)
        check_email(address[len("mailto:") :].partition("?")[0])
    else:
        check_website(address)


def check_send(name: str, block: SendSettings) -> Iterator[Finding]:
    """Yield a finding for each invalid address of a ``send:`` block."""
    for service in block.__struct_fields__:
        target = getattr(block, service)
        if target is None:
            continue
        if sender := getattr(target, "sender", ""):
            yield from findings_of(f"{name}.{service}.sender", check_email, sender)
        if isinstance(target, SmtpSettings):
            if target.security == "none" and not is_local(target.host):
                message = "mails and the password would be sent without encryption"
                yield Finding(f"{name}.smtp.security", message, 'write "starttls" or "tls"')
        elif target.url:
            yield from check_key_address(f"{name}.{service}.url", target.url, "the key", KEY_HINT)


def check_key_address(place: str, address: str, keys: str, hint: str) -> Iterator[Finding]:
    """Yield a finding for each fault of an address to which keys are sent.

    Args:
        place: name of the setting.
        address: as written.
        keys: what is sent there, in a word or two.
        hint: what to do with a key that stands in the address.
    """
    found = list(findings_of(place, check_website, address))
    parts = urlsplit("" if found else address)
    if not found and "@" in parts.netloc:
        found.append(Finding(place, "a key must not stand in this file", hint))
    elif not found and parts.scheme.lower() != "https" and not is_local(parts.hostname or ""):
        found.append(Finding(place, f"{keys} would be sent without encryption", "begin with https://"))
    yield from found


def is_local(host: str) -> bool:
    """Return whether a host is this machine."""
    return host.lower() in ("localhost", "127.0.0.1", "::1")


KEY_HINT = (
    "take it out, make a new one at the service, and put that into the environment (CLUSTERPRESS_…_KEY) or "
    "the keyring of your system"
)

_SECRET = re.compile(r"(?:api[_-]?)?(?:key|token|secret)|password|passwd|pass", re.IGNORECASE)


def find_secrets(values: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield a finding for each key or password that stands in the newsletters of the settings.

    Args:
        values: the settings as written.
    """
    newsletters = values.get("newsletters")
    for slug, newsletter in newsletters.items() if isinstance(newsletters, dict) else ():
        yield from _secrets_in(newsletter, f"newsletters.{slug}")


def _secrets_in(block: Any, name: str) -> Iterator[Finding]:
    for key, value in block.items() if isinstance(block, dict) else ():
        if isinstance(value, dict):
            yield from _secrets_in(value, f"{name}.{key}")
        elif _SECRET.fullmatch(key):
            yield Finding(f"{name}.{key}", "a key must not stand in this file", KEY_HINT)
