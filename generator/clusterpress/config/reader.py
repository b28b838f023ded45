"""The text of ``site_config.yml`` → checked settings, or every fault it has."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from msgspec.structs import replace

from clusterpress.config.announcing import check_announcing, find_announce_secrets
from clusterpress.config.editor import check_editor, find_editor_secrets
from clusterpress.config.settings import RESERVED, Settings, Vocabularies
from clusterpress.config.subscriptions import check_send, check_subscribe, find_secrets
from clusterpress.config.texts import missing_texts, split_texts
from clusterpress.parsing.fields import read_fields
from clusterpress.parsing.hints import keys_at
from clusterpress.parsing.values import (
    Finding,
    ValueFault,
    check_email,
    check_link,
    check_website,
    findings_of,
    position_of,
)
from clusterpress.parsing.yaml_text import read_yaml, yaml_block
from clusterpress.values.kinds import FOLDERS, FRONT_MATTER_KEYS, KINDS, TAXONOMY_NAMES
from clusterpress.values.problems import Problem, did_you_mean, errors
from clusterpress.values.rules import RULES as RULES_BY_NAME
from clusterpress.values.slugs import slugify

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
_UNSAFE = re.compile(r"^\s*-|^\w+::|[\x00-\x1f]")
"""An option of a program, a transport helper of Git (``ext::sh -c …``), or a control character."""
_PLACEHOLDERS = ("year", "month", "day", "slug")
_PLACES = ("admin", "assets", "feeds", "media", "search", "legal", "privacy", "accessibility", "static")
"""First parts of addresses that are no sections."""
_DATED = ("news", "event", "issue")
"""Kinds whose address may contain a date."""

_HINTS = {
    "name": 'add "name: …", the name of the site',
    "url": 'add "url: https://…/", the address the site will have',
}

Rule = Callable[[Mapping[str, Any]], Iterator[Finding]]
"""Yields a finding for each fault of the fields that could be read."""


def place_problems(
    problems: Iterable[Problem], text: str, path: str = "site_config.yml"
) -> Iterator[Problem]:
    """Yield problems that were found without the settings' text, each at the line of its field."""
    lines = read_yaml(text, path).lines
    for one in problems:
        line, column = position_of(one.field, lines)
        yield replace(one, line=line, column=column) if one.path == path else one


def read_settings(text: str, path: str = "site_config.yml") -> tuple[Settings | None, list[Problem]]:
    """Return the settings in a text, and every problem, sorted by place.

    Args:
        text: the YAML text.
        path: the file, for problems.

    Returns:
        The settings, or None when there is an error; the problems.
    """
    parsed = read_yaml(text, path)
    problems = list(parsed.problems)
    if errors(problems) and not parsed.values:
        return None, sorted(problems)
    values = {**parsed.values}
    if "mkdocs" in values:
        values["mkdocs"] = "" if errors(problems) else yaml_block(text, "mkdocs")
    fields, field_problems = read_fields(
        Settings,
        values,
        parsed.lines,
        path,
        readers={Vocabularies: _vocabularies},
        reserved=RESERVED,
        hints=_HINTS,
    )
    languages = fields.get("languages") or ("en",)
    fields, versions = split_texts(Settings, fields, languages[0])
    problems += [found.at(parsed.lines, path) for found in missing_texts(versions, languages)]
    keys = (*find_secrets(values), *find_editor_secrets(values), *find_announce_secrets(values))
    secrets = [found.at(parsed.lines, path) for found in keys]
    told = {found.field for found in secrets}  # instead of "unknown key"
    problems += [*secrets, *(one for one in field_problems if one.field not in told)]
    problems += [found.at(parsed.lines, path) for rule in RULES for found in rule(fields)]
    if errors(problems):
        return None, sorted(problems)
    given = {"url": fields["url"].rstrip("/") + "/", "versions": versions}
    return Settings(**fields | given), sorted(problems)


def _vocabularies(value: Any) -> Any:
    return dict.fromkeys(keys_at(Vocabularies, ()), value) if isinstance(value, str) else value


def _url(fields: Mapping[str, Any]) -> Iterator[Finding]:
    """Pages can be published below the site's address."""
    if not (url := fields.get("url")):
        return
    found = list(findings_of("url", check_website, url))
    yield from found
    if not found and (urlsplit(url).query or urlsplit(url).fragment):
        hint = f'write "{re.split("[?#]", url)[0]}"'
        yield Finding("url", "the site's address has a query or a fragment", hint)


def _contact(fields: Mapping[str, Any]) -> Iterator[Finding]:
    if contact := fields.get("contact"):
        yield from findings_of("contact", check_email, contact)


def _languages(fields: Mapping[str, Any]) -> Iterator[Finding]:
    languages = fields.get("languages", ())
    for number, language in enumerate(languages):
        if not _LANGUAGE.fullmatch(language):
            hint = 'write a code such as "en", "fr" or "sr-Latn"'
            yield Finding(f"languages.{number}", f'"{language}" is not the code of a language', hint)
        elif language in languages[:number]:
            yield Finding(f"languages.{number}", f'the language "{language}" is there twice', "delete one")


def _time_zone(fields: Mapping[str, Any]) -> Iterator[Finding]:
    zone = fields.get("time_zone", "")
    if zone and not is_time_zone(zone):
        hint = did_you_mean(zone, available_timezones(), 'write it like "Europe/Brussels"')
        yield Finding("time_zone", f'"{zone}" is not a time zone', hint)


def is_time_zone(name: str) -> bool:
    """Return whether a name is in the IANA time zone database."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _sizes(fields: Mapping[str, Any]) -> Iterator[Finding]:
    feeds, pictures = fields.get("feeds"), fields.get("pictures")
    for name, size in (
        ("page_size", fields.get("page_size", 1)),
        ("feeds.limit", feeds.limit if feeds else 1),
        *((f"pictures.widths.{at}", width) for at, width in enumerate(pictures.widths if pictures else ())),
    ):
        if size < 1:
            things = "pixels" if name.startswith("pictures") else "items"
            yield Finding(name, f"{size} {things} are too few", "write 1 or more")


def _permalinks(fields: Mapping[str, Any]) -> Iterator[Finding]:
    """Permalink patterns give each item its own address."""
    for kind, pattern in fields.get("permalinks", {}).items():
        name = f"permalinks.{kind}"
        if kind not in KINDS:
            hint = did_you_mean(kind, KINDS, f"write one of {', '.join(KINDS)}")
            yield Finding(name, f'"{kind}" is not a kind of item', hint)
        else:
            yield from _pattern(name, kind, pattern)


def _pattern(name: str, kind: str, pattern: str) -> Iterator[Finding]:
    placeholders = re.findall(r"\{([^{}]*)\}", pattern)
    for placeholder in placeholders:
        if placeholder not in _PLACEHOLDERS:
            hint = did_you_mean(placeholder, _PLACEHOLDERS, "known are {year}, {month}, {day} and {slug}")
            yield Finding(name, f'"{{{placeholder}}}" is not known in a permalink', hint)
        elif placeholder != "slug" and kind not in _DATED:
            yield Finding(name, f'a {kind} has no date for "{{{placeholder}}}"', "take it out of the pattern")
    if "slug" not in placeholders:
        yield Finding(name, f'"{pattern}" gives all items one address', "add {slug} to it")
    if not re.fullmatch(r"/(?:[^/\s?#]+/)*", pattern):
        proposal = re.sub(r"[?#\s]+|(?<=/)/+", "", pattern).strip("/")
        yield Finding(name, f'"{pattern}" is not a path with "/" at both ends', f'write "/{proposal}/"')


def _keys(fields: Mapping[str, Any]) -> Iterator[Finding]:
    """Mapped keys and defaults are front-matter keys of some kind of item."""
    named = [(f"front_matter.{foreign}", ours) for foreign, ours in fields.get("front_matter", {}).items()]
    named += [
        (f"defaults.{folder}.{key}", key.casefold().replace("-", "_"))
        for folder, values in fields.get("defaults", {}).items()
        for key in values
    ]
    for name, key in named:
        if key not in FRONT_MATTER_KEYS:
            hint = did_you_mean(key, FRONT_MATTER_KEYS, "see the reference of front-matter keys")
            yield Finding(name, f'"{key}" is not a front-matter key', hint)


def _strictness(fields: Mapping[str, Any]) -> Iterator[Finding]:
    for rule in fields.get("strictness", {}):
        if rule not in RULES_BY_NAME:
            hint = did_you_mean(rule, RULES_BY_NAME, f"known are {', '.join(RULES_BY_NAME)}")
            yield Finding(f"strictness.{rule}", f'there is no rule "{rule}"', hint)


def _taxonomies(fields: Mapping[str, Any]) -> Iterator[Finding]:
    """A taxonomy of the site's own takes no address and no key that mean something else."""
    for name, taxonomy in fields.get("taxonomies", {}).items():
        place, key = f"taxonomies.{name}", taxonomy.key or name
        if slugify(name) != name:
            yield Finding(
                place, f'"{name}" cannot stand in an address', f'write "{slugify(name) or "topics"}"'
            )
        elif name in (*FOLDERS, *TAXONOMY_NAMES, *_PLACES, *fields.get("languages", ("en",))):
            yield Finding(
                place, f"the address /{name}/ belongs to another part of the site", "choose another name"
            )
        if key in FRONT_MATTER_KEYS or not re.fullmatch(r"[a-z][a-z0-9_]*", key):
            message = f'"{key}" cannot be the front-matter key of a taxonomy'
            hint = 'add "key: …" with small letters and underscores that no other key has'
            yield Finding(f"{place}.key" if taxonomy.key else place, message, hint)


def _newsletters(fields: Mapping[str, Any]) -> Iterator[Finding]:
    for slug, newsletter in fields.get("newsletters", {}).items():
        name = f"newsletters.{slug}"
        if slugify(slug) != slug:
            yield Finding(name, f'"{slug}" cannot stand in an address', f'write "{slugify(slug) or "news"}"')
        for token, colour in newsletter.colours.items():
            yield from _check_colour(f"{name}.colours.{token}", colour)
        if newsletter.unsubscribe_url and not newsletter.unsubscribe_url.startswith("https://"):
            message = "one-click unsubscription needs an address that begins with https:// (RFC 8058)"
            yield Finding(f"{name}.unsubscribe_url", message, "write one, or delete the line")
        if newsletter.subscribe:
            yield from check_subscribe(f"{name}.subscribe", newsletter.subscribe, fields)
        if newsletter.send:
            yield from check_send(f"{name}.send", newsletter.send)


def _colour(fields: Mapping[str, Any]) -> Iterator[Finding]:
    if colour := fields.get("colour", ""):
        yield from _check_colour("colour", colour)


def _check_colour(place: str, colour: str) -> Iterator[Finding]:
    if not _COLOUR.fullmatch(colour):
        yield Finding(place, f'"{colour}" is not a colour', 'write six digits in quotes: "#003399"')


def _links(fields: Mapping[str, Any]) -> Iterator[Finding]:
    for number, link in enumerate(fields.get("follow", ())):
        yield from findings_of(f"follow.{number}.url", check_website, link.url)
    for key in ("menu", "footer"):
        for number, entry in enumerate(fields.get(key, ())):
            yield from findings_of(f"{key}.{number}.url", _check_entry, entry.url)


def _check_entry(address: str) -> None:
    check_link(address)
    if not re.match(r"/|[A-Za-z]+:", address):
        message = f'"{address}" is neither a path of this site nor a full address'
        raise ValueFault(message, f'write "/{address}"')


def publish_findings(fields: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield a finding for each fault of the publish targets among the fields."""
    for name, target in fields.get("publish", {}).items():
        place = f"publish.{name}"
        if slugify(name) != name:
            yield Finding(place, f'"{name}" cannot name a target', f'write "{slugify(name) or "live"}"')
        if target.cname and not _HOST.fullmatch(target.cname):
            hint = 'write the name alone, such as "www.example.eu"'
            yield Finding(f"{place}.cname", f'"{target.cname}" is not the name of a host', hint)
        if target.type == "s3" and target.endpoint:
            yield from findings_of(f"{place}.endpoint", check_website, target.endpoint)
        for key in ("repository", "endpoint", "host"):
            if re.search(r"//[^/:@]*:[^/@]*@", getattr(target, key, "")):
                hint = "take it out, and leave it to Git's credential helper or the environment"
                yield Finding(f"{place}.{key}", "a password must not stand in this file", hint)
        for key in ("repository", "branch", "host", "user"):
            # Other programs would read it as an option, and options of Git can run commands.
            if _UNSAFE.search(value := getattr(target, key, "")):
                hint = "write a plain name or address"
                yield Finding(f"{place}.{key}", f'"{value}" cannot be the {key} of a target', hint)


def _embed_hosts(fields: Mapping[str, Any]) -> Iterator[Finding]:
    for host in fields.get("embed_hosts", ()):
        if not _HOST.fullmatch(host):
            hint = 'write the name alone, such as "tube.example.eu"'
            yield Finding("embed_hosts", f'"{host}" is not the name of a host', hint)
        elif host.lower() == urlsplit(fields.get("url", "")).hostname:
            hint = "take it out: the frame of a player must not belong to the site itself"
            yield Finding("embed_hosts", f'"{host}" is the host of this site', hint)


def _legal(fields: Mapping[str, Any]) -> Iterator[Finding]:
    legal = fields.get("legal")
    if legal is None:
        return
    if not (legal.email or fields.get("contact")):
        yield Finding("legal", "nobody can be written to", 'add "email: …" under "legal", or "contact: …"')
    for part, block in (("accessibility", legal.accessibility), ("privacy", legal.privacy)):
        for key in ("prepared", "reviewed", "updated"):
            if day := getattr(block, key, ""):
                yield from findings_of(f"legal.{part}.{key}", _check_day, day)
        for key in ("feedback", "enforcement_url", "authority_url"):
            if address := getattr(block, key, ""):
                yield from findings_of(f"legal.{part}.{key}", check_website, address)


def _check_day(day: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError:
        raise ValueFault(f'"{day}" is not a day', 'write it like "2026-11-22"') from None


def _theme(fields: Mapping[str, Any]) -> Iterator[Finding]:
    theme = fields.get("theme", "")
    if theme and not re.fullmatch(r"[\w-]+", theme):
        hint = "write the name of a folder of themes/"
        yield Finding("theme", f'"{theme}" is not the name of a folder', hint)


RULES: tuple[Rule, ...] = (
    _url, _contact, _languages, _time_zone, _sizes, _permalinks, _keys, _strictness, _taxonomies,
    _newsletters, _colour,
    _links, publish_findings, _embed_hosts, _legal, _theme, check_editor,
    check_announcing,
)  # fmt: skip
