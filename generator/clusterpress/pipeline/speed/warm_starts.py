"""Start the website engine early, with the values of the last start and with compiled templates."""

from clusterpress.pipeline.cache.store import Store
from clusterpress.pipeline.plan import Plan
from clusterpress.theme.theme import Theme
from clusterpress.values.digests import digest
from clusterpress.values.plain import is_plain
from clusterpress.website.lazy_engine import WarmStart, sites_in, start_engine, warm_up

WARM_STARTS_KEY = digest("starts")
"""The key of the values with which the website engine was last started."""


def load_warm_starts(store: Store) -> tuple[WarmStart, ...]:
    """Return the values with which the website engine was started when pages were last rendered."""
    if is_plain():
        return ()
    starts: tuple[WarmStart, ...] = store.find([WARM_STARTS_KEY]).get(WARM_STARTS_KEY, ())
    return starts


def save_warm_starts(store: Store, plan: Plan, theme: Theme) -> None:
    """Save the values with which the engine was started, for a faster start of the next build.

    Args:
        store: receives the values.
        plan: all outputs of the build.
        theme: the theme.
    """
    if is_plain():
        return
    sites = sites_in(plan.outputs.values())
    known = {one.site.digest: one for one in load_warm_starts(store) if one.theme == theme.digest}
    if [*known] != [site.digest for site in sites]:
        starts = [known.get(site.digest) or start_engine(site, theme) for site in sites]
        store.save([(WARM_STARTS_KEY, tuple(starts))])


def warm_start(task: tuple[Store, Theme, frozenset[str]]) -> None:
    """Prepare for pages like those of the last build, in some languages."""
    store, theme, languages = task
    warm_up([one for one in load_warm_starts(store) if one.site.lang in languages], theme)
