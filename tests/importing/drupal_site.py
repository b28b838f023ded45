"""A generated JSON:API export of Drupal: hundreds of nodes with fields, media, paragraphs and translations."""

import json

from msgspec import Struct, field

from tests.importing.prose import Prose

FILES = "/sites/default/files/2021-05"


class Node(Struct, dict=True):
    """One node, and what the new site must show of it."""

    number: int
    title: str
    shown: list[str]
    body: str | dict | list | None = ""
    kind: str = "article"
    langcode: str = "en"
    alias: str = ""
    uuid: str = ""
    fields: dict = field(default_factory=dict)
    relations: dict = field(default_factory=dict)

    @property
    def resource(self):
        body = (
            self.body
            if not isinstance(self.body, str)
            else {"value": self.body, "processed": self.body, "summary": ""}
        )
        attributes = {
            "drupal_internal__nid": self.number, "drupal_internal__vid": self.number, "langcode": self.langcode,
            "revision_timestamp": "2021-05-04T08:20:30+00:00", "status": True, "title": self.title,
            "created": f"2021-05-{self.number % 28 + 1:02}T08:20:30+00:00", "changed": "2021-05-04T08:20:30+00:00",
            "promote": True, "sticky": False, "default_langcode": self.langcode == "en", "body": body,
            "path": {"alias": self.alias or None, "pid": self.number, "langcode": self.langcode},
            "comment": {"status": 2}, "metatag": None,
        } | self.fields  # fmt: skip
        return {
            "type": f"node--{self.kind}", "id": self.uuid or f"node-{self.number}", "attributes": attributes,
            "links": {"self": {"href": f"https://old.example/jsonapi/node/{self.kind}/{self.number}"}},
            "relationships": {
                "node_type": {"data": {"type": "node_type--node_type", "id": "type-1"}},
                "revision_uid": {"data": {"type": "user--user", "id": "u1"}},
                "uid": {"data": {"type": "user--user", "id": "u1"}},
                "field_tags": {"data": [{"type": "taxonomy_term--tags", "id": f"t{self.number % 5}"}]},
            } | {key: {"data": value} for key, value in self.relations.items()},
        }  # fmt: skip


def included():
    """Return the files, media, terms and people of the site."""
    file = {
        "type": "file--file",
        "id": "f1",
        "attributes": {
            "filename": "hall.jpg",
            "filemime": "image/jpeg",
            "uri": {"value": "public://2021-05/hall.jpg", "url": f"{FILES}/hall.jpg"},
        },
    }
    plan = {
        "type": "file--file",
        "id": "f2",
        "attributes": {
            "filename": "plan.pdf",
            "filemime": "application/pdf",
            "uri": {"value": "public://2021-05/plan.pdf"},
        },
    }
    return [
        file, plan,
        {"type": "media--image", "id": "m1", "attributes": {"name": "Hall"}, "relationships": {"thumbnail": {"data": {"type": "file--file", "id": "f1"}}, "field_media_image": {"data": {"type": "file--file", "id": "f1", "meta": {"alt": "The hall"}}}}},
        {"type": "media--document", "id": "m2", "attributes": {"name": "The whole plan"}, "relationships": {"field_media_document": {"data": {"type": "file--file", "id": "f2", "meta": {}}}}},
        {"type": "media--remote_video", "id": "m3", "attributes": {"name": "The film", "field_media_oembed_video": "https://www.youtube.com/watch?v=abcdefghijk"}},
        {"type": "user--user", "id": "u1", "attributes": {"display_name": "Anna Example", "name": "anna"}},
        {"type": "user--user", "id": "u2", "attributes": {"display_name": "Béla Példa"}},
        *({"type": "taxonomy_term--tags", "id": f"t{n}", "attributes": {"name": f"Tag {n}"}, "relationships": {"parent": {"data": [{"type": "taxonomy_term--tags", "id": "virtual"}]}}} for n in range(4)),
        {"type": "taxonomy_term--tags", "id": "t4", "attributes": {"name": "Cheese"}, "relationships": {"parent": {"data": [{"type": "taxonomy_term--tags", "id": "t3"}]}}},
        None, {"type": 3}, "odd",
    ]  # fmt: skip


def formatted(html):
    return {"value": html, "format": "full_html", "processed": html}


def _paragraphs(prose, number, more):
    """Add paragraphs to the included resources; return their pointers and sentences."""
    a, b, c, d, e, f = (prose.sentence() for _ in range(6))
    made = [
        ("text", {"field_heading": a, "field_text": formatted(f"<p>{b}</p>"), "field_alignment": "left", "status": True}, {}),
        ("quote", {"field_quote": c, "field_author_name": "A mayor"}, {}),
        ("link", {"field_link": {"uri": "https://elsewhere.example/more", "title": d}}, {}),
        ("media", {}, {"field_media": {"data": {"type": "media--image", "id": "m1"}}}),
        ("film", {}, {"field_media": {"data": [{"type": "media--remote_video", "id": "m3"}, {"type": "media--document", "id": "m2"}]}}),
        ("group", {}, {"field_parts": {"data": [{"type": "paragraph--text", "id": f"p{number}-inner"}]}}),
    ]  # fmt: skip
    more.append(
        {
            "type": "paragraph--text",
            "id": f"p{number}-inner",
            "attributes": {
                "field_text": [formatted(f"<p>{e}</p>"), formatted(f"<p>{f}</p>")],
                "parent_id": "1",
            },
        }
    )
    for place, (kind, attributes, relations) in enumerate(made):
        more.append(
            {
                "type": f"paragraph--{kind}",
                "id": f"p{number}-{place}",
                "attributes": attributes,
                "relationships": relations,
            }
        )
    pointers = [
        {"type": f"paragraph--{kind}", "id": f"p{number}-{place}"} for place, (kind, *_) in enumerate(made)
    ]
    return pointers, [a, b, c, d, e, f, "A mayor", "The whole plan"]


def build(seed=7, articles=300):
    """Return the nodes of an export, and the resources that it includes."""
    prose = Prose(seed)
    nodes, more = [], []
    for number in range(1, articles + 1):
        a, b, c, title = prose.sentence(), prose.sentence(), prose.sentence(), prose.title()
        body = prose.pick(
            f'<h2>{a}</h2><p>{b} <a href="/node/{number % 200 + 1}">{c}</a></p>',
            f'<p>{a}</p><drupal-media data-entity-type="media" data-entity-uuid="m1" data-caption="{b}"></drupal-media><ul><li>{c}</li></ul>',
            f'<div class="row"><iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe><p>{a}</p></div><p>{b}</p><table><tr><td>{c}</td><td>2</td></tr></table>',
            f'<p>{a}</p><p><img src="{FILES}/hall.jpg" alt="Hall" data-caption="{b}"></p><p>{c}</p><audio controls src="https://elsewhere.example/ep.mp3"></audio>',
        )
        node = Node(number, title, [title, a, b, c], body, alias=f"/articles/item-{number}")
        nodes.append(_with_oddity(node, number, prose, more))
    nodes += _others(prose)
    return nodes, [*included(), *more]


def _with_oddity(node, number, prose, more):
    a, b, c = prose.sentence(), prose.sentence(), prose.sentence()
    if number % 10 == 0:
        pointers, shown = _paragraphs(prose, number, more)
        node.relations["field_content"] = pointers
        node.shown += shown
    elif number == 1:
        node.fields = {
            "field_lead": formatted(f"<p>{a}</p>"),
            "field_subtitle": b,
            "field_extra": formatted(f"<p>{c}</p>"),
        }
        node.shown += [a, b, c]
    elif number == 2:
        node.fields = {"created": "2019-12-31T23:30:00+00:00"}
    elif number == 3:
        node.fields = {"status": False, "moderation_state": "archived"}
    elif number == 4:
        node.fields = {
            "body": {"value": node.body, "processed": node.body, "summary": a},
            "field_mood": "sunny",
            "field_box": True,
            "field_score": 7,
        }
        node.shown.append(a)
    elif number == 5:
        node.fields = {
            "field_links": [
                {"uri": "internal:/articles/item-6", "title": a},
                {"uri": "https://elsewhere.example/", "title": b},
            ]
        }
        node.shown += [a, b]
    elif number == 6:
        node.relations = {
            "field_image": {"type": "file--file", "id": "f1", "meta": {"alt": "Alt", "title": a}},
            "field_author": {"type": "user--user", "id": "u2"},
            "field_related": {"type": "node--article", "id": "node-7"},
            "field_gone": {"type": "media--image", "id": "nowhere"},
        }
        node.shown += [a, "Béla Példa"]
    else:
        _add_rarer_oddity(node, number, a)
    return node


def _add_rarer_oddity(node, number, a):
    if number == 7:
        node.body, node.shown = None, [node.title]
    elif number == 8:
        node.body, node.shown = [{"value": a, "format": "plain_text", "processed": a}], [node.title, a]
    elif number == 9:
        node.fields = {"status": False, "publish_on": "2030-01-01T08:00:00+00:00", "unpublish_on": 1924992000}
    elif number == 11:
        node.fields = {"created": 1577835000, "field_body_2": [formatted(f"<p>{a}</p>"), None, 3]}
        node.shown.append(a)


def _others(prose):
    for number in range(400, 410):
        original = number - 380
        words, title = prose.sentence(), prose.title()
        yield Node(
            original,
            title,
            [title, words],
            f"<p>{words}</p>",
            langcode="fr",
            alias=f"/articles-fr/item-{original}",
            uuid=f"node-{original}",
        )
    for number in range(500, 510):
        words, title = prose.sentence(), prose.title()
        yield Node(
            number, title, [title, words], f"<p>{words}</p>", kind="page", alias=f"/about/page-{number}"
        )
    for number in range(600, 606):
        words, title = prose.sentence(), prose.title()
        fields = {
            "field_date": {"value": "2026-09-10T16:00:00+00:00", "end_value": "2026-09-10T18:30:00+00:00"},
            "field_address": {"country_code": "AT", "locality": "Linz", "postal_code": "4020", "address_line1": "Hauptplatz 1", "organization": "Old town hall"},
            "field_website": {"uri": "https://elsewhere.example/forum", "title": ""},
        }  # fmt: skip
        yield Node(
            number,
            title,
            [title, words, "Old town hall, Linz"],
            f"<p>{words}</p>",
            kind="event",
            alias=f"/events-old/e-{number}",
            fields=fields,
        )
    for number in range(700, 703):
        words, name = prose.sentence(), f"Person {number}"
        yield Node(
            number,
            name,
            [name, words, "Head of Design"],
            f"<p>{words}</p>",
            kind="person",
            alias=f"/team/p-{number}",
            fields={"field_position": "Head of Design"},
        )
    yield Node(800, "Recipe", [], "<p>x</p>", kind="recipe", alias="/recipe/x")


def export(nodes, resources):
    """Return the export as bytes, in two answers and with entries that are no resources."""
    half = len(nodes) // 2
    first = {
        "data": [*(node.resource for node in nodes[:half]), None, {"type": "node--article"}],
        "included": resources,
        "links": {"self": {"href": "https://old.example/jsonapi/node"}},
    }
    second = {"jsonapi": {"version": "1.0"}, "data": [node.resource for node in nodes[half:]]}
    return json.dumps([first, None, second], ensure_ascii=False, indent=1).encode()
