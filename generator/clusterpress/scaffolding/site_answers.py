"""The answers for a new site: each is checked alone, when it is given."""

import re
from zoneinfo import available_timezones

from clusterpress.config.reader import is_time_zone, read_settings
from clusterpress.content.serialise import write_scalar
from clusterpress.funding.record import RULES
from clusterpress.scaffolding.questions import needs_of
from clusterpress.theme.theme import ensure_contrast
from clusterpress.values.problems import did_you_mean, errors, with_hint

_BASE = {"name": "Site", "url": "https://example.eu"}
_KEYS = frozenset({"name", "url", "publisher", "contact", "time_zone", "languages"})
"""Answers that are settings of the same name."""
_LANGUAGES = dict(
    pair.split("=")
    for pair in [
        "bulgarian=bg",
        "croatian=hr",
        "czech=cs",
        "danish=da",
        "dutch=nl",
        "english=en",
        "estonian=et",
        "finnish=fi",
        "french=fr",
        "german=de",
        "greek=el",
        "hungarian=hu",
        "irish=ga",
        "italian=it",
        "latvian=lv",
        "lithuanian=lt",
        "maltese=mt",
        "polish=pl",
        "portuguese=pt",
        "romanian=ro",
        "slovak=sk",
        "slovene=sl",
        "slovenian=sl",
        "spanish=es",
        "swedish=sv",
        "norwegian=nb",
        "ukrainian=uk",
    ]
)
"""English name of a language → its code."""
DEFAULT_COLOUR = "navy"
COLOURS = {
    DEFAULT_COLOUR: "#12315C", "blue": "#0B5CAD", "teal": "#006D77", "green": "#2E7031", "orange": "#B4500B",
    "red": "#A3260F", "plum": "#7A2A6A", "graphite": "#3A4450",
}  # fmt: skip
"""Main colours that are offered for a site; white text on each of them can be read."""
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
_HOST = re.compile(r"(?!https?:/)[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?")


def complete_answer(name: str, answer: str) -> str:
    """Return an answer in full: ``www.example.eu`` with ``https://``, ``Brussels`` as ``Europe/Brussels``.

    A colour that is too pale becomes the nearest shade that can be read.

    Args:
        name: of the answer, such as "url".
        answer: as typed.
    """
    answer = answer.strip()
    if name == "url" and _HOST.fullmatch(answer):
        return f"https://{answer}"
    if name == "time_zone" and not is_time_zone(answer):
        city = answer.casefold().replace(" ", "_")
        zones = (zone for zone in sorted(available_timezones()) if zone.casefold().endswith(f"/{city}"))
        return next(zones, answer) if city else answer
    if name == "languages":
        codes = (_LANGUAGES.get(word.casefold(), word) for word in read_languages(answer))
        return ", ".join(dict.fromkeys(codes))
    return complete_colour(answer) if name == "colour" else answer


def complete_colour(answer: str) -> str:
    """Return the name of a colour of `COLOURS`, or the nearest shade on which white text can be read."""
    if found := _COLOUR.fullmatch(answer):
        return ensure_contrast(f"#{found[1].lower()}", "#ffffff")
    return answer.lower() if answer.lower() in COLOURS else answer


def read_languages(answer: str) -> tuple[str, ...]:
    """Return the codes in an answer: "en, fr" or "en fr"."""
    return tuple(dict.fromkeys(re.findall(r"[\w-]+", answer)))


def check_answer(name: str, answer: str) -> str:
    """Return what is wrong with an answer, by the rules of the settings; "" if nothing is.

    Args:
        name: of the answer, such as "url".
        answer: in full.
    """
    if name == "rules":
        return _check_rules(answer)
    if name == "colour" and answer not in COLOURS and not _COLOUR.fullmatch(answer):
        hint = did_you_mean(answer, COLOURS, f'write {", ".join(COLOURS)}, or six digits: "#003399"')
        return with_hint(f'"{answer}" is not a colour', hint)
    if name not in _KEYS:
        return ""
    if name == "time_zone" and not is_time_zone(answer):
        hint = did_you_mean(answer, available_timezones(), 'write it like "Europe/Brussels"')
        return f'"{answer}" is not a time zone; {hint}'
    if name == "time_zone" and "/" not in answer and answer != "UTC":
        # Their rules were frozen or changed without notice (tz database, file "backward").
        return f'"{answer}" is not the zone of a country; write the one of yours, such as "Europe/Brussels"'
    value = f"[{', '.join(read_languages(answer))}]" if name == "languages" else write_scalar(answer)
    lines = {key: write_scalar(word) for key, word in _BASE.items()} | {name: value}
    _, problems = read_settings("".join(f"{key}: {word}\n" for key, word in lines.items()))
    wrong = (one.message_and_hint for one in errors(problems) if one.field.split(".")[0] == name)
    return next(wrong, "")


def _check_rules(rules: str) -> str:
    """Return why a new site cannot have funding rules; "" if it can."""
    known = [*RULES, "none"]
    if rules not in known:
        offered = _offer_rules(rules)
        hint = (
            f"write {offered}" if offered else did_you_mean(rules, known, f"write one of {', '.join(known)}")
        )
        return with_hint(f'there are no rules "{rules}"', hint)
    if "logo" in needs_of({"funding.rules": rules}):
        hint = "choose none for now, then add logo and rules to the file of the programme"
        return with_hint(f"{rules} requires the logo of the programme", hint)
    return ""


def _offer_rules(programme: str) -> str:
    """Return the rules for a programme that was named instead of its rules; "" if none fit."""
    found: list[str] = []
    for name, rules in RULES.items():
        is_same = found and rules.programmes.startswith("the same funds")
        if is_same or programme.casefold() in rules.programmes.casefold():
            found.append(f'"{name}" ({rules.programmes})')
    return " or ".join(found)


def describe_rules() -> list[tuple[str, str]]:
    """Return each set of funding rules with the programmes to which it applies."""
    return [
        *((name, rules.programmes) for name, rules in RULES.items()),
        ("none", "no funding by the European Union"),
    ]
