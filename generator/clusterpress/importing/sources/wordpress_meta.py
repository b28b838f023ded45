"""Custom fields of WordPress (post meta): which of our keys they mean, and which only served a plugin."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from msgspec import Struct, field

from clusterpress.content.keys import fields_of
from clusterpress.importing.inventory import Inventory, Use
from clusterpress.importing.plan import Plan
from clusterpress.importing.sources.families import field_for, value_for
from clusterpress.importing.sources.wordpress_entries import Entry
from clusterpress.parsing.values import Value
from clusterpress.values.kinds import Kind

_SEO = frozenset(
    {
        "_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description", "_aioseop_description",
        "_genesis_description", "_seopress_titles_desc", "_su_description",
    }
)  # fmt: skip
"""Descriptions for search engines, which serve as summary when there is no excerpt."""
_READ_ELSEWHERE = frozenset(
    {
        "footnotes", "_thumbnail_id", "_wp_attachment_image_alt", "_wp_old_slug", "_wp_attached_file",
        "_wpml_import_language_code", "_wpml_import_translation_group", "_icl_lang_duplicate_of", "_locale",
    }
)  # fmt: skip
"""Fields that other parts of the reader interpret."""
_INTERNAL = re.compile(
    r"_(?:edit_l|wp_|yoast|yst|oembed|aioseo|elementor|et_|wpb_|vc_|genesis|jetpack|wpas_|publicize|encloseme|"
    r"pingme|wpcom|menu_item|customize|monsterinsights|seopress|last_editor|at_widget|dp_|pods|acf|wpml|icl|"
    r"top_nav|fusion|avada|bricks|oxygen|fl_builder|kad_|astra|generate|ocean|cmplz|surecart|crosspost|"
    r"event_?start_?date_?utc|event_?end_?date_?utc|event_?duration|event_?show_?map|event_?origin|"
    r"tribe_|venue_?show|ecp_|g_feedback|stcr|relevanssi|mc_|swp_|social|expiration-date|molongui|su_|links_to_)|"
    r"(?:rank_math|essb|dsq_|sharing_disabled|post_views|views$|views_count|slide_template|amazonS3|sbg_|"
    r"jetpack|wp-smpro|ampforwp|onesignal|classic-editor|inline_featured|ocean_|kt_|td_|tdc_|spay_|"
    r"switch_like_status|likes?$|reading_time|advanced_seo|email_notification|firehose|mkd|qode|eltd|"
    r"advads|iawp|_?ez-toc|_?lmt_)",
    re.IGNORECASE,
)
"""Fields in which WordPress and its plugins keep their own affairs."""
_SHOWN_TO_READERS = frozenset({"_EventCost", "_EventPhone", "_event_cost", "_OrganizerEmail", "_VenuePhone"})
"""Fields with facts for readers that we have no key for."""
_ACF = re.compile(r"field_[0-9a-z]+$")
_SERIALISED = re.compile(r"(?:a:\d+:\{|O:\d+:|s:\d+:\"|i:\d+;)")
_PROSE = re.compile(r"[^\W\d_]{2,}\S*\s+\S*[^\W\d_]{2,}")
_SHOWN_EXAMPLE = 40


class Meta(Struct):
    """What the custom fields of one entry mean."""

    values: dict[str, Value] = field(default_factory=dict)
    moments: dict[str, datetime] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)
    """Names that replace the user who saved the post."""
    opening: str = ""
    """HTML to put before the text."""


class MetaReader(Struct, frozen=True, kw_only=True):
    """Reads custom fields, and enters each of them in the inventory."""

    inventory: Inventory
    plan: Plan
    """Takes the fields that a user may map."""
    mapped: Mapping[str, str]
    """Custom field → our key, as the user asks."""

    def read(self, entry: Entry, kind: Kind, handled: frozenset[str] = frozenset()) -> Meta:
        """Return the meaning of the custom fields of an entry.

        Args:
            entry: the entry.
            kind: of the item that it becomes.
            handled: fields that another reader has interpreted, such as that of events.
        """
        found = Meta()
        has_excerpt = bool(entry.excerpt)
        for key, value in entry.all_meta:
            if key in self.mapped:
                self._put_mapped(found, key, value, kind)
            elif key in handled or key in _READ_ELSEWHERE:
                self.inventory.add("custom field", key)
            elif key in _SEO:
                self._put_description(found, key, value, repeats=has_excerpt)
            elif key == "_expiration-date" and value.isdigit() and len(value) < 12:  # noqa: PLR2004 - year 33658
                found.moments["expires"] = datetime.fromtimestamp(int(value), UTC)
                self.inventory.add("custom field", key, Use.CARRIED, "expires")
            elif key in {"enclosure", "_links_to"}:
                self._add_link(found, key, value)
            elif _INTERNAL.match(key) or _ACF.match(value):
                self.inventory.add("custom field", key, Use.NOT_NEEDED, "it served WordPress or a plugin")
            else:
                self._put_by_name(found, key, value, kind, has_excerpt=has_excerpt)
        return found

    def _put_mapped(self, found: Meta, key: str, value: str, kind: Kind) -> None:
        target = self.mapped[key]
        if target == "drop":
            self.inventory.add("custom field", key, Use.NOT_NEEDED, "dropped, as you asked")
        elif target == "author":
            found.authors.append(value)
            self.inventory.add("custom field", key, Use.CARRIED, target)
        elif target in fields_of(kind) and self._put(found, target, value):
            self.inventory.add("custom field", key, Use.CARRIED, target)
        else:
            note = f'its value cannot be "{target}" in this kind of item'
            self.inventory.add("custom field", key, Use.LEFT_OUT, note, "map it to another key")

    def _put_description(self, found: Meta, key: str, value: str, *, repeats: bool) -> None:
        if repeats or found.values.get("summary"):
            self.inventory.add("custom field", key, Use.NOT_NEEDED, "the item has another summary")
        else:
            found.values["summary"] = value
            self.inventory.add("custom field", key, Use.CARRIED, "summary")

    def _add_link(self, found: Meta, key: str, value: str) -> None:
        address = value.split("\n", 1)[0].strip()
        links = found.values.setdefault("more", [])
        if (
            address
            and isinstance(links, list)
            and not any(isinstance(e, dict) and e["url"] == address for e in links)
        ):
            links.append({"label": address.rstrip("/").rsplit("/", 1)[-1], "url": address})
        self.inventory.add("custom field", key, Use.CARRIED, "more")

    def _put_by_name(self, found: Meta, key: str, value: str, kind: Kind, *, has_excerpt: bool) -> None:
        """Store a field by the meaning of its name; name what nobody can tell."""
        target = "" if _SERIALISED.match(value) else field_for(key, kind)
        if target == "more" or (target == "url" and "url" not in fields_of(kind)):
            if value.startswith(("http://", "https://", "/")):
                self._add_link(found, key, value)
                return
            target = ""
        if target == "summary" and (has_excerpt or found.values.get("summary")):
            found.opening += f"<p>{value}</p>"
            self.inventory.add("custom field", key, Use.CARRIED, "first paragraph")
        elif target == "author":
            found.authors.append(value)
            self.inventory.add("custom field", key, Use.CARRIED, "author")
        elif target and target not in found.values and self._put(found, target, value):
            self.inventory.add("custom field", key, Use.CARRIED, target)
        elif key.startswith("_") and key not in _SHOWN_TO_READERS and not _PROSE.search(value):
            self.inventory.add("custom field", key, Use.NOT_NEEDED, "it served a plugin")
        else:
            self._leave(key, value)

    def _leave(self, key: str, value: str) -> None:
        self.plan.key(key, "", value)
        example = " ".join(value.split())[:_SHOWN_EXAMPLE]
        first = self.plan.keys[key].examples[:1]
        note = f'its meaning is not known; for example "{(first or [example])[0][:_SHOWN_EXAMPLE]}"'
        self.inventory.add(
            "custom field", key, Use.LEFT_OUT, note, f'use it with --map "{key}:summary", or drop it'
        )

    @staticmethod
    def _put(found: Meta, target: str, value: str) -> bool:
        """Store a value under a key of ours; return whether it can be one."""
        meaning: Value | datetime | None = {"src": value} if target == "image" else value_for(target, value)
        if isinstance(meaning, datetime):
            found.moments[target] = meaning
        elif meaning:
            found.values[target] = meaning
        return bool(meaning)
