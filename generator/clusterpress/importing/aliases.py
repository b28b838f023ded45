"""Aliases: old addresses that redirect to imported items, without conflicts."""

import re
from collections.abc import Sequence

from clusterpress.config.settings import Settings
from clusterpress.importing.paths import RESERVED, Existing, Placed
from clusterpress.library.permalinks import permalink

_NEWS_LISTS = re.compile(r"news(?:/\d{4})?(?:/page(?:/\d+)?)?")
_TERMS = RESERVED - {"news", "events", "newsletters", "pages"}


def resolve_aliases(
    placed: Sequence[Placed], existing: Existing, settings: Settings
) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return file → (old addresses that redirect to it, old addresses in conflict with others).

    A translation that shares the old address of its original gets it with the language as prefix, as on most
    sites.

    Args:
        placed: all records with their files.
        existing: items of the project.
        settings: of the site.
    """
    ours = {one.path for one in placed}
    used = {_folded(one.address) for one in placed}
    for path, item in existing.items.items():
        if path not in ours:
            used.add(_folded(permalink(item, item.slug, item.lang, settings)))
            used |= {_folded(alias) for alias in item.aliases}
    found = {}
    # Originals come first, so that the result does not depend on the order of files.
    for one in sorted(placed, key=lambda one: one.lang != settings.language):
        kept, refused = [], []
        for alias in dict.fromkeys(one.record.aliases):
            if _folded(alias) == _folded(one.address):
                continue
            wanted = [alias] if one.lang == settings.language else [alias, f"/{one.lang}{alias}"]
            free = next((a for a in wanted if _folded(a) not in used and not _is_list(a, settings)), None)
            if free is None:
                refused.append(alias)
            else:
                used.add(_folded(free))
                kept.append(free)
        found[one.path] = (tuple(kept), tuple(refused))
    return found


def _folded(address: str) -> str:
    return address.strip("/").removesuffix("/index.html").casefold()


def _is_list(alias: str, settings: Settings) -> bool:
    """Whether the site itself may have a page there: a list, an archive or a term page."""
    parts = _folded(alias).split("/")
    if parts[0] in settings.languages:
        parts = parts[1:]
    rest = "/".join(parts)
    if not parts or _NEWS_LISTS.fullmatch(rest) or (len(parts) == 1 and rest in RESERVED):
        return True
    return parts[0] in _TERMS
