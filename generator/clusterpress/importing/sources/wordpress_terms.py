"""Names in a WordPress export: its authors, and the parents of its categories."""

from collections.abc import Iterator, Mapping
from html import unescape

from lxml import etree
from msgspec import Struct

from clusterpress.importing.inventory import Inventory, Use
from clusterpress.importing.sources.wordpress_entries import Entry, text_of

OTHER_TAXONOMIES = frozenset(
    {
        "post_format", "nav_menu", "post_visibility", "wp_theme", "link_category", "language",
        "post_translations", "term_translations", "author", "term_language", "wp_template_part_area",
        "wp_pattern_category", "translation_priority",
    }
)  # fmt: skip
"""Taxonomies in which WordPress and its plugins keep their own affairs."""
_UNNAMED = frozenset({"uncategorized", "uncategorised", "non-classe", "unkategorisiert", "senza-categoria"})
_MAX_DEPTH = 10


class Names(Struct, frozen=True, kw_only=True):
    """Authors and terms by the names that posts use."""

    authors: Mapping[str, str]
    """Login → display name."""
    parents: Mapping[tuple[str, str], tuple[str, str]]
    """(taxonomy, slug of a term) → (slug, name) of its parent."""

    def author(self, login: str) -> str:
        """Return the display name of an author."""
        return self.authors.get(login, login)

    def coauthor(self, slug: str, name: str) -> str:
        """Return the display name of a co-author, whom a post may name by the login.

        Args:
            slug: of the term of the plugin "Co-Authors Plus": the login after ``cap-``.
            name: of the term.
        """
        return self.authors.get(name) or self.authors.get(slug.removeprefix("cap-"), name)

    def terms_of(self, entry: Entry, inventory: Inventory) -> tuple[tuple[str, str], ...]:
        """Return (taxonomy, name) of each term of an entry, with the parents of its categories.

        On the old site, the list of a category contained the posts of the categories below it.
        """
        found: list[tuple[str, str]] = []
        for domain, slug, name in entry.terms:
            if domain in OTHER_TAXONOMIES:
                inventory.add("taxonomy", domain, Use.NOT_NEEDED, "it served WordPress or a plugin")
            elif name and slug not in _UNNAMED:
                inventory.add("taxonomy", domain)
                found += [(domain, name), *((domain, above) for above in self._above(domain, slug))]
        return tuple(dict.fromkeys(found))

    def _above(self, domain: str, slug: str) -> Iterator[str]:
        for _ in range(_MAX_DEPTH):
            if (domain, slug) not in self.parents:
                return
            slug, name = self.parents[domain, slug]
            yield name


def read_names(channel: etree._Element | None, inventory: Inventory) -> Names:
    """Return the authors and terms that an export describes; texts about terms are named."""
    if channel is None:
        return Names(authors={}, parents={})
    terms: dict[tuple[str, str], tuple[str, str]] = {}
    for element in (*channel.findall("{*}category"), *channel.findall("{*}tag"), *channel.findall("{*}term")):
        domain = text_of(element, "{*}term_taxonomy") or str(element.tag).rpartition("}")[2]
        slug = text_of(element, "{*}category_nicename", "{*}tag_slug", "{*}term_slug")
        name = unescape(text_of(element, "{*}cat_name", "{*}tag_name", "{*}term_name"))
        if slug:
            terms[domain, slug] = (text_of(element, "{*}category_parent", "{*}term_parent"), name)
        about = text_of(element, "{*}category_description", "{*}tag_description", "{*}term_description")
        if about and domain not in OTHER_TAXONOMIES:
            inventory.at(inventory.place, element.sourceline if isinstance(element.sourceline, int) else 1)
            note = f'tags have no texts here; the first is about "{name}"'
            hint = "write a record of a programme or cluster, or a page"
            inventory.add("description of a", domain, Use.LEFT_OUT, note, hint)
    parents = {
        (domain, slug): (above, terms[domain, above][1])
        for (domain, slug), (above, _) in terms.items()
        if above and (domain, above) in terms
    }
    return Names(authors=_authors(channel), parents=parents)


def _authors(channel: etree._Element) -> dict[str, str]:
    """Return login → display name."""
    shown = {}
    for author in channel.findall("{*}author"):
        full = f"{text_of(author, '{*}author_first_name')} {text_of(author, '{*}author_last_name')}".strip()
        login = text_of(author, "{*}author_login")
        shown[login] = unescape(text_of(author, "{*}author_display_name") or full or login)
    return shown
