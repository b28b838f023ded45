"""Drupal: a JSON:API export → records.

Format: what Drupal's core module JSON:API answers for ``/jsonapi/node/article?include=…``
(https://jsonapi.org/format/, Drupal 8 to 11); several answers may stand in one file as a list.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from clusterpress.importing.addresses import host_of, split
from clusterpress.importing.inventory import Inventory
from clusterpress.importing.plan import SKIP, WORD_OF, Plan
from clusterpress.importing.records import Export, Remark, Skipped
from clusterpress.importing.sources.drupal_html import FieldHtml
from clusterpress.importing.sources.drupal_nodes import NodeReader, langcode_of
from clusterpress.importing.sources.drupal_resources import Answers, Resource, read_answers, text_at
from clusterpress.values.kinds import Kind

KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("article", "news", "news_item", "blog", "blog_post", "press_release", "story"), "news"),
    **dict.fromkeys(("page", "basic_page", "landing_page"), "page"),
    **dict.fromkeys(("event", "events"), "event"),
    **dict.fromkeys(("person", "people", "profile", "team_member", "staff"), "author"),
    **dict.fromkeys(("partner", "partners"), "partner"),
    **dict.fromkeys(("cluster", "clusters"), "cluster"),
    **dict.fromkeys(("programme", "programmes"), "programme"),
}
"""Content type of Drupal → kind of item."""


def read_drupal(
    raw: bytes, name: str, kinds: Mapping[str, Kind | None] = KINDS, mapped: Mapping[str, str] | None = None
) -> Export:
    """Return what a JSON:API export of Drupal holds.

    Args:
        raw: the file's bytes.
        name: its name, for the report.
        kinds: content type → kind of item; other types are left out, and those of None without advice.
        mapped: field → our key, as the user asks.

    Raises:
        ImportSourceError: the file is not such an export.
    """
    answers = read_answers(raw, name)
    inventory, plan = Inventory(name), Plan()
    languages = Counter(map(langcode_of, answers.nodes))
    reader = NodeReader(
        answers=answers,
        kinds={type_: kind for type_, kind in kinds.items() if kind},
        html=FieldHtml(answers=answers, inventory=inventory),
        inventory=inventory,
        plan=plan,
        mapped=mapped or {},
        main=languages.most_common(1)[0][0] if languages else "",
        origin=_origin(answers),
        first={node["id"]: langcode_of(node) for node in reversed(answers.nodes)},
    )
    records, skipped = [], []
    for node in answers.nodes:
        type_ = _type_of(node)
        kind = reader.kinds.get(type_)
        plan.kind(type_, WORD_OF[kind] if kind else SKIP, text_at(node, "attributes", "title"))
        inventory.at(name, answers.lines.get(node["id"], 1))
        if kind:
            records.append(reader.record(node, kind))
        else:
            skipped.append(_skipped(node, answers, planned=type_ in kinds))
    hosts = {host_of(_href(link)) for part in answers.links for link in part.values()}
    return Export(
        name=name,
        records=tuple(records),
        skipped=tuple(skipped),
        remarks=(*answers.remarks, *_unread(answers)),
        hosts=frozenset(hosts - {""}),
        inventory=inventory.rows,
        plan=plan,
    )


def _type_of(node: Resource) -> str:
    return str(node["type"]).removeprefix("node--")


def _skipped(node: Resource, answers: Answers, *, planned: bool) -> Skipped:
    type_ = _type_of(node)
    what = f'{type_} "{text_at(node, "attributes", "title") or node["id"]}"'
    why = f'its type is unknown; "--also {type_}:news" imports it'
    why = "your plan leaves its type out" if planned else why
    return Skipped(place=answers.name, line=answers.lines.get(node["id"], 1), what=what, why=why)


def _unread(answers: Answers) -> list[tuple[str, int, Remark]]:
    """Return a remark about a next page that is not in the file."""
    last = answers.links[-1].get("next") if answers.links else None
    if not last:
        return []
    hint = f"save {_href(last)} as well and import it too"
    return [(answers.name, 1, Remark("the export has a next page that is not in this file", hint))]


def _origin(answers: Answers) -> str:
    """Return scheme and host of the old site, from the links of the answers."""
    addresses = (split(_href(link)) for part in answers.links for link in part.values())
    return next((f"{one.scheme}://{one.netloc}" for one in addresses if one.scheme and one.netloc), "")


def _href(link: Any) -> str:
    return str(link.get("href", "") if isinstance(link, dict) else link or "")
