"""A generated export of WordPress: hundreds of records in both editors, with the oddities of real ones."""

import json
from html import escape

from msgspec import Struct, field

from tests.importing.prose import Prose
from tests.importing.wordpress_export import TAIL, UPLOADS, cdata

HOST = "https://www.old.example"
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.8" created="2026-03-01 10:00" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Old clusters</title><link>https://www.old.example</link><pubDate>Sun, 01 Mar 2026 10:00:00 +0000</pubDate>
<language>en-GB</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://www.old.example</wp:base_site_url><wp:base_blog_url>https://www.old.example</wp:base_blog_url>
<wp:author><wp:author_login><![CDATA[anna]]></wp:author_login><wp:author_display_name><![CDATA[Anna Example]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login><![CDATA[bela]]></wp:author_login><wp:author_display_name><![CDATA[Béla Példa]]></wp:author_display_name></wp:author>
<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>food</wp:category_nicename><wp:category_parent></wp:category_parent><wp:cat_name><![CDATA[Food]]></wp:cat_name><wp:category_description><![CDATA[All about food.]]></wp:category_description></wp:category>
<wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>cheese</wp:category_nicename><wp:category_parent>food</wp:category_parent><wp:cat_name><![CDATA[Cheese &amp; milk]]></wp:cat_name></wp:category>
<generator>https://wordpress.org/?v=6.8</generator>
"""


class Item(Struct, dict=True):
    """One ``<item>``, and what the new site must show of it."""

    number: int
    title: str
    html: str
    shown: list[str]
    """Sentences that its page must show."""
    type: str = "post"
    status: str | None = "publish"
    slug: str = ""
    path: str = ""
    """Path of its old address."""
    date: str = "2021-05-04 10:20:30"
    utc: str = "2021-05-04 08:20:30"
    meta: dict = field(default_factory=dict)
    terms: list = field(default_factory=list)
    excerpt: str = ""
    parent: int = 0
    sticky: int = 0
    password: str = ""
    attachment: str = ""
    creator: str = "anna"

    @property
    def xml(self):
        terms = "".join(
            f'<category domain="{d}" nicename="{s}">{cdata(n)}</category>' for d, s, n in self.terms
        )
        meta = "".join(
            f"<wp:postmeta><wp:meta_key>{cdata(k)}</wp:meta_key><wp:meta_value>{cdata(v)}</wp:meta_value></wp:postmeta>"
            for k, v in self.meta.items()
        )
        status = "" if self.status is None else f"<wp:status>{cdata(self.status)}</wp:status>"
        file = f"<wp:attachment_url>{cdata(self.attachment)}</wp:attachment_url>" if self.attachment else ""
        link = f"{HOST}{self.path}" if self.path else f"{HOST}/?p={self.number}"
        return (
            f"<item><title>{cdata(escape(self.title, quote=False))}</title><link>{escape(link)}</link>"
            f"<pubDate>Tue, 04 May 2021 08:20:30 +0000</pubDate><dc:creator>{cdata(self.creator)}</dc:creator>"
            f'<guid isPermaLink="false">{HOST}/?p={self.number}</guid><description></description>'
            f"<content:encoded>{cdata(self.html)}</content:encoded><excerpt:encoded>{cdata(self.excerpt)}</excerpt:encoded>"
            f"<wp:post_id>{self.number}</wp:post_id><wp:post_date>{cdata(self.date)}</wp:post_date>"
            f"<wp:post_date_gmt>{cdata(self.utc)}</wp:post_date_gmt><wp:comment_status>closed</wp:comment_status>"
            f"<wp:ping_status>closed</wp:ping_status><wp:post_name>{cdata(self.slug)}</wp:post_name>{status}"
            f"<wp:post_parent>{self.parent}</wp:post_parent><wp:menu_order>0</wp:menu_order>"
            f"<wp:post_type>{cdata(self.type)}</wp:post_type><wp:post_password>{cdata(self.password)}</wp:post_password>"
            f"<wp:is_sticky>{self.sticky}</wp:is_sticky>{file}{terms}{meta}</item>\n"
        )


def block(name, html, attributes=None):
    """Return a block of the editor."""
    words = f"{json.dumps(attributes)} " if attributes else ""
    return f"<!-- wp:{name} {words}-->\n{html}\n<!-- /wp:{name} -->\n\n"


class Pieces:
    """Pieces of the block editor: each gives HTML, and the sentences that readers see."""

    def __init__(self, prose):
        self.prose, self.say = prose, prose.sentence

    def all(self):
        one = self
        return [
            one.paragraph,
            one.paragraph,
            one.listing,
            one.columns,
            one.cover,
            one.media_text,
            one.details,
            one.accordion,
            one.table,
            one.verse,
            one.pullquote,
            one.buttons,
            one.audio,
            one.video,
            one.embed,
            one.html,
            one.file,
            one.gallery,
            one.pattern,
            one.shortcode,
            one.acf,
        ]

    def paragraph(self):
        a, b = self.say(), self.say()
        return block("paragraph", f"<p>{a} <strong>{b}</strong></p>"), [a, b]

    def listing(self):
        a, b, c = self.say(), self.say(), self.say()
        return block("list", f"<ul><li>{a}<ol><li>{b}</li></ol></li><li>{c}</li></ul>"), [a, b, c]

    def columns(self):
        a, b = self.say(), self.say()
        inner = "".join(
            block("column", f'<div class="wp-block-column"><p>{words}</p></div>') for words in (a, b)
        )
        return block("columns", f'<div class="wp-block-columns">{inner}</div>'), [a, b]

    def cover(self):
        a = self.say()
        html = f'<div class="wp-block-cover" style="background-image:url({UPLOADS}/2021/hall.jpg)"><div class="wp-block-cover__inner-container"><p>{a}</p></div></div>'
        return block("cover", html, {"url": f"{UPLOADS}/2021/hall.jpg", "id": 9001}), [a]

    def media_text(self):
        a = self.say()
        html = f'<div class="wp-block-media-text"><figure class="wp-block-media-text__media"><img src="{UPLOADS}/2021/hall-300x200.jpg" alt="Hall"/></figure><div class="wp-block-media-text__content"><p>{a}</p></div></div>'
        return block("media-text", html), [a]

    def details(self):
        a, b = self.say(), self.say()
        return block(
            "details", f'<details class="wp-block-details"><summary>{a}</summary><p>{b}</p></details>'
        ), [a, b]

    def accordion(self):
        a, b = self.say(), self.say()
        html = f'<div class="wp-block-accordion"><div class="wp-block-accordion-item"><h3 class="wp-block-accordion-heading"><button type="button" class="wp-block-accordion-heading__toggle"><span class="wp-block-accordion-heading__toggle-title">{a}</span><span class="wp-block-accordion-heading__toggle-icon" aria-hidden="true">+</span></button></h3><div class="wp-block-accordion-panel"><p>{b}</p></div></div></div>'
        return block("accordion", html), [a, b]

    def table(self):
        a, b, c = self.say(), self.say(), self.say()
        html = f'<figure class="wp-block-table"><table><thead><tr><th>{a}</th><th>x</th></tr></thead><tbody><tr><td>{b}</td><td>1|2</td></tr></tbody></table><figcaption>{c}</figcaption></figure>'
        return block("table", html), [a, b, c]

    def verse(self):
        a, b = self.say(), self.say()
        return block("verse", f'<pre class="wp-block-verse">{a}\n  <em>{b}</em></pre>'), [a, b]

    def pullquote(self):
        a, b = self.say(), self.prose.pick("Ann Example", "A mayor")
        return block(
            "pullquote",
            f'<figure class="wp-block-pullquote"><blockquote><p>{a}</p><cite>{b}</cite></blockquote></figure>',
        ), [a, b]

    def buttons(self):
        a, b = self.say(), self.say()
        inner = "".join(
            f'<div class="wp-block-button"><a class="wp-block-button__link wp-element-button" href="https://elsewhere.example/{n}">{words}</a></div>'
            for n, words in enumerate((a, b))
        )
        return block("buttons", f'<div class="wp-block-buttons">{inner}</div>'), [a, b]

    def audio(self):
        a = self.say()
        return block(
            "audio",
            f'<figure class="wp-block-audio"><audio controls src="{UPLOADS}/2021/ep.mp3"></audio><figcaption>{a}</figcaption></figure>',
        ), [a, "ep.mp3"]

    def video(self):
        a = self.say()
        return block(
            "video",
            f'<figure class="wp-block-video"><video controls src="https://elsewhere.example/day.mp4"></video><figcaption>{a}</figcaption></figure>',
        ), [a, "day.mp4"]

    def embed(self):
        a = self.say()
        html = f'<figure class="wp-block-embed is-type-video"><div class="wp-block-embed__wrapper">\nhttps://www.youtube.com/watch?v=abcdefghijk\n</div><figcaption>{a}</figcaption></figure>'
        return block("embed", html, {"url": "https://www.youtube.com/watch?v=abcdefghijk"}), [a]

    def html(self):
        a = self.say()
        return block(
            "html",
            f'<div class="row">\n<img src="/wp-content/uploads/2021/hall.jpg" alt="Hall">\n<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>\n<p>{a}</p></div>',
        ), [a]

    def file(self):
        a = self.say().removesuffix(".")
        return block(
            "file",
            f'<div class="wp-block-file"><a id="f" href="{UPLOADS}/2021/plan.pdf">{a}</a><a href="{UPLOADS}/2021/plan.pdf" class="wp-block-file__button wp-element-button" download>Download</a></div>',
        ), [a, "Download"]

    def gallery(self):
        a = self.say()
        inner = "".join(
            block(
                "image",
                f'<figure class="wp-block-image"><img src="{UPLOADS}/2021/{name}.jpg" alt="{name}"/><figcaption>{a if name == "hall" else ""}</figcaption></figure>',
                {"id": n},
            )
            for n, name in ((9001, "hall"), (9002, "map"))
        )
        return block("gallery", f'<figure class="wp-block-gallery has-nested-images">{inner}</figure>'), [a]

    def pattern(self):
        return '<!-- wp:block {"ref":9100} /-->\n\n', ["A pattern that many pages share."]

    def shortcode(self):
        a = self.say()
        return block("shortcode", f'[button url="https://elsewhere.example/"]{a}[/button]'), [a]

    def acf(self):
        a, b = self.say(), self.say()
        data = {"name": "acf/quote", "data": {"text": a, "_text": "field_5f", "more": b}, "mode": "edit"}
        return f"<!-- wp:acf/quote {json.dumps(data)} /-->\n\n", [a, b]


def classic(prose):
    """Return a text of the classic editor and its sentences."""
    a, b, c, d, e = (prose.sentence() for _ in range(5))
    html = prose.pick(
        f'{a}\n{b}\n\n[caption id="x" width="300"]<img src="{UPLOADS}/2021/hall-300x200.jpg" alt="Hall" /> {c}[/caption]\n\n<blockquote>{d}</blockquote>\n{e}',
        f"<h2>{a}</h2>\n{b}\n<ul>\n<li>{c}</li>\n<li>{d}</li>\n</ul>\nhttps://vimeo.com/12345678\n\n{e}\n<!--nextpage-->",
        f'{a}[footnote]{b}[/footnote] {c}\n\n[gallery ids="9001,9002"]\n\n<pre><code>x = 1</code></pre>\n{d}<!--more-->\n\n{e}',
        f'<p style="text-align:center">{a}</p>\n<div>{b}<br />{c}</div>\n[audio src="{UPLOADS}/2021/ep.mp3"]\n\n<table><tr><td colspan="2">{d}</td></tr><tr><td>{e}</td><td>2</td></tr></table>',
        f'[vc_row][vc_column_text]{a}[/vc_column_text][vc_custom_heading text="{b}"][/vc_row]\n\n[youtube id="abcdefghijk"]\n\n{c} <a href="https://lab.example.eu]">{d}</a> {e}',
    )
    return html, [a, b, c, d, e]


STATUSES = [
    None,
    "pitch",
    "in-progress",
    "archive",
    "private",
    "pending",
    "draft",
    "inherit",
    "acf-disabled",
    "",
]
"""States in which a post was not public; the missing one counts like an empty one."""


def build(seed=12, posts=300):
    """Return the items of an export; the first ones carry one oddity each."""
    prose = Prose(seed)
    blocks = Pieces(prose).all()
    items = [*_files(prose)]
    for number in range(1, posts + 1):
        title = prose.title()
        if number % 2:
            made = [piece() for piece in [blocks[number // 2 % len(blocks)], *prose.random.sample(blocks, 2)]]
            html, shown = "".join(html for html, _ in made), [words for _, part in made for words in part]
        else:
            html, shown = classic(prose)
        month, day = number % 12 + 1, number % 28 + 1
        slug = f"item-{number}"
        item = Item(
            number, title, html, [title, *shown], slug=slug, path=f"/2021/{month:02}/{slug}/",
            date=f"2021-{month:02}-{day:02} 12:20:30", utc=f"2021-{month:02}-{day:02} 11:20:30",
            terms=[("category", "cheese", "Cheese & milk"), ("post_tag", f"t{number % 9}", f"Tag {number % 9}")],
            creator=prose.pick("anna", "bela"),
        )  # fmt: skip
        items.append(_with_oddity(item, number, prose))
    return [*items, *_others(prose)]


def _with_oddity(item, number, prose):
    if number <= len(STATUSES):
        item.status = STATUSES[number - 1]
    elif number == 20:
        item.html = f'<!-- wp:paragraph --><p>{item.title}<sup data-fn="ab-1" class="fn"><a href="#ab-1" id="ab-1-link">1</a></sup></p><!-- /wp:paragraph --><!-- wp:footnotes /-->'
        note = prose.sentence()
        item.meta, item.shown = (
            {"footnotes": json.dumps([{"content": note, "id": "ab-1"}])},
            [item.title, note],
        )
    elif number == 21:
        item.sticky, item.date, item.utc = 1, "2019-02-01 10:00:00", "2019-02-01 09:00:00"
    elif number == 22:
        item.password = "key"
    elif number == 23:
        item.status, item.date, item.utc = "future", "2030-01-01 09:00:00", "2030-01-01 08:00:00"
    elif number == 24:
        item.excerpt, item.meta = (
            prose.sentence(),
            {"subtitle": prose.sentence(), "_subtitle": "field_5f00aa"},
        )
        item.shown += [item.excerpt, item.meta["subtitle"]]
    elif number == 25:
        item.meta = {
            "mood": "sunny and warm",
            "_edit_lock": "1:2",
            "rank_math_score": "70",
            "_odd_words": "Hidden words of a plugin",
        }
    elif number == 26:
        item.meta = {
            "source_url": "https://elsewhere.example/source",
            "_thumbnail_id": "9001",
            "_wp_old_slug": "older-26",
        }
        item.shown.append("source")
    elif number == 27:  # 23:30 in UTC is the next day in Brussels, in a new year
        item.date, item.utc = "2019-12-31 23:30:00", "2019-12-31 23:30:00"
    else:
        _add_rarer_oddity(item, number)
    return item


def _add_rarer_oddity(item, number):
    if number in {28, 29}:
        code = {28: "en", 29: "fr"}[number]
        item.terms += [("language", code, code), ("post_translations", "pll_28", "pll_28")]
        item.path = f"/{'fr/' if code == 'fr' else ''}2021/05/item-{number}/"
    elif number == 30:
        item.title = item.shown[0] = "R&D: “quotes” ?"


def _files(prose):
    names = {
        9001: ("hall", "jpg", "The great hall"),
        9002: ("map", "jpg", ""),
        9003: ("plan", "pdf", ""),
        9004: ("ep", "mp3", ""),
    }
    for number, (name, ending, caption) in names.items():
        address = f"{UPLOADS}/2021/{name}.{ending}"
        meta = {"_wp_attached_file": f"2021/{name}.{ending}", "_wp_attachment_image_alt": f"Picture {name}"}
        yield Item(
            number,
            name,
            "",
            [],
            type="attachment",
            status="inherit",
            attachment=address,
            excerpt=caption,
            meta=meta,
        )
    words = "<!-- wp:paragraph --><p>A pattern that many pages share.</p><!-- /wp:paragraph -->"
    yield Item(9100, "Pattern", words, [], type="wp_block", slug="pattern")
    yield Item(9101, "Menu", "", [], type="nav_menu_item", slug="menu")
    yield Item(9102, "Rubbish", prose.sentence(), [], status="trash", slug="rubbish")


def _others(prose):
    """Yield pages, events with their venue, people, partners and a type of the site's own."""
    for number in range(1000, 1010):
        words, title = prose.sentence(), prose.title()
        parent = 1000 if number > 1004 else 0
        path = f"/page-1000/page-{number}/" if parent else f"/page-{number}/"
        yield Item(
            number,
            title,
            f'{words}\n\n[contact-form-7 id="1"]',
            [title, words],
            type="page",
            slug=f"page-{number}",
            path=path,
            parent=parent,
        )
    venue = {
        "_VenueAddress": "Hauptplatz 1",
        "_VenueCity": "Linz",
        "_VenueCountry": "Austria",
        "_VenueZip": "4020",
    }
    yield Item(1100, "Old town hall", "", [], type="tribe_venue", slug="hall", meta=venue)
    yield Item(1101, "The Agency", "", [], type="tribe_organizer", slug="agency")
    for number in range(1110, 1120):
        words, title = prose.sentence(), prose.title()
        meta = {
            "_EventStartDate": f"2026-09-{number - 1100} 18:00:00", "_EventEndDate": f"2026-09-{number - 1100} 20:30:00",
            "_EventTimezone": prose.pick("Europe/Vienna", "UTC+3", "Europe/Lisbon"), "_EventVenueID": "1100",
            "_EventOrganizerID": "1101", "_EventURL": "https://elsewhere.example/forum", "_EventStartDateUTC": "x",
            "_EventAllDay": "yes" if number == 1119 else "", "_EventCost": "20 euro each",
        }  # fmt: skip
        yield Item(
            number,
            title,
            words,
            [title, words, "Old town hall, Linz"],
            type="tribe_events",
            slug=f"event-{number}",
            path=f"/event/event-{number}/",
            meta=meta,
        )
    for number in range(1200, 1205):
        words = prose.sentence()
        name = f"Person {number}"
        meta = {"team_position": "Head of Design", "email": "me@old.example", "_thumbnail_id": "9001"}
        yield Item(
            number,
            name,
            words,
            [name, words, "Head of Design"],
            type="team",
            slug=f"person-{number}",
            path=f"/team/person-{number}/",
            meta=meta,
        )
    for number in range(1300, 1305):
        words, name = prose.sentence(), f"Partner {number}"
        meta = {"partner_website": "https://elsewhere.example/p", "country": "Austria"}
        yield Item(
            number,
            name,
            words,
            [name, words],
            type="partner",
            slug=f"partner-{number}",
            path=f"/partner/partner-{number}/",
            meta=meta,
        )
    yield Item(
        1400, "Sculpture", prose.sentence(), [], type="sculpture", slug="sculpture", path="/sculpture/x/"
    )


def xml(items):
    """Return the export as text."""
    return HEAD + "".join(item.xml for item in items) + TAIL
