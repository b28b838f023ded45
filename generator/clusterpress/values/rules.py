"""Rules whose severity a site can change: names that stay, and how strict each is by default.

A site of one's own texts wants to hear of every dead link. Whoever takes over the texts of others first wants
to see them as a site, and then mend them one after the other. Only faults after which a page still makes
sense can be softened: everything else stays an error.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from msgspec.structs import replace

from clusterpress.values.problems import Problem, Severity

Level = Literal["error", "warning", "off"]
"""How strict a rule is; ``off``: its problems are not reported."""


class Rule(NamedTuple):
    """One row of the table."""

    level: Level | Literal["note"]
    """By default."""
    about: str
    """What breaks the rule; the handbook shows it."""
    otherwise: str
    """What the site shows if the build goes on."""


RULES: Mapping[str, Rule] = {
    "animated-picture": Rule(
        "warning", "An animated picture is too large to be moving.", "its first frame, still"
    ),
    "broken-item": Rule(
        "error", "A file cannot be read as an item: its keys, its date or its encoding.", "nothing"
    ),
    "dead-anchor": Rule("error", "A link names a heading that its page does not have.", "a link to the page"),
    "dead-link": Rule("error", "A link leads to a file that is not there.", "the words without a link"),
    "dead-page": Rule(
        "warning", "A link such as `/old/page/` leads to no page of this site.", "the link as it is"
    ),
    "draft-link": Rule(
        "warning", "A link or a name leads to a draft.", "the words without a link, or nothing"
    ),
    "email-dot": Rule(
        "warning", "An e-mail address ends with the full stop of a sentence.", "the address without it"
    ),
    "event-time": Rule("error", "An event has a date, but no start.", "the date as its day"),
    "hidden-text": Rule(
        "warning",
        "A key of another program hides the text: `published: false`, `password: …`, `publishDate: …`.",
        "nothing: the text is a draft, under embargo or expired",
    ),
    "ignored-file": Rule("warning", "A file of `content/` is not published.", "nothing"),
    "large-feed": Rule("warning", "A feed has more than 1 MB.", "the feed as it is"),
    "left-out": Rule(
        "warning", "A text in MDX has imports, expressions or components.", "their words and pictures"
    ),
    "lost-address": Rule(
        "warning", "A page that was published is gone, and its address leads nowhere.", "nothing there"
    ),
    "missing-picture": Rule("error", "A picture is not there.", "its alternative text"),
    "moved-address": Rule(
        "note", "An item has another address than when it was published.", "a redirect from the old address"
    ),
    "new-id": Rule("warning", "Feeds show an item as new that they have shown before.", "the new id"),
    "remote-picture": Rule("warning", "A picture lies on another site.", "the picture, loaded from there"),
    "svg-bitmap": Rule("warning", "A drawing (SVG) holds a photograph.", "the drawing with the photograph"),
    "tag-words": Rule(
        "note", "A line of tags has several words, but no commas: `tags: food events`.", "one tag"
    ),
    "unknown-key": Rule("warning", "A key of the front matter means nothing here.", "nothing"),
    "unpublished-link": Rule(
        "warning",
        "A link or a name leads to an item under embargo, or to an expired one.",
        "the words without a link, or nothing",
    ),
    "untranslated-text": Rule(
        "error",
        "A language of the site lacks a text: tagline, description, label of a menu, words of the theme.",
        "the text in the site's first language, or in English",
    ),
    "windows-name": Rule(
        "error",
        "A file or folder of the site has a name that Windows reserves (`con`, `aux`) or cannot keep (`a.`).",
        "the file, on other systems",
    ),
}
"""Name → rule."""


def default_severity(rule: str) -> Severity:
    """Return the severity of a rule's problems, as long as the settings say nothing else."""
    return Severity(RULES[rule].level)


def is_timed(rule: str) -> bool:
    """Return whether time alone may break a rule: an item expires, or its embargo is not over yet."""
    return rule == "unpublished-link"


def with_levels(problems: Iterable[Problem], levels: Mapping[str, Level]) -> Iterator[Problem]:
    """Yield problems with the severities that a site has chosen for their rules.

    Args:
        problems: with default severities.
        levels: rule → level.
    """
    for one in problems:
        level = levels.get(one.rule)
        if level is None:
            yield one
        elif level != "off":
            stays_note = one.severity is Severity.NOTE and RULES[one.rule].level != "note"
            yield one if stays_note else replace(one, severity=Severity(level))
