"""Start the website engine early, with the values of the last start and with compiled templates."""

from clusterpress.pipeline.cache.store import Store
from clusterpress.pipeline.plan import Plan
from clusterpress.theme.theme import Theme
from clusterpress.values.digests import digest
from clusterpress.values.plain import is_plain
from clusterpress.website.lazy_engine import WarmStart, sites_in, start_engine, warm_up

WARM_START_KEY = digest("start")
"""The key of the values with which the website engine was last started."""


def load_warm_start(store: Store) -> WarmStart | None:
    """Return the values with which the engine was started when pages were last rendered, if there are any."""
    return None if is_plain() else store.find([WARM_START_KEY]).get(WARM_START_KEY)


def save_warm_start(store: Store, plan: Plan, theme: Theme) -> None:
    """Save the values with which the engine was started, for a faster start of the next build.

    Args:
        store: receives the values.
        plan: all outputs of the build.
        theme: the theme.
    """
    if is_plain():
        return
    sites, known = sites_in(plan.outputs.values()), load_warm_start(store)
    digests = [site.digest for site in sites]
    if known and known.theme == theme.digest and [site.digest for site in known.sites] == digests:
        return
    store.save([(WARM_START_KEY, start_engine(sites[:1], theme)._replace(sites=sites))])


def warm_start(task: tuple[Store, Theme, frozenset[str]]) -> None:
    """Prepare for pages like those of the last build, in some languages."""
    store, theme, languages = task
    if start := load_warm_start(store):
        for site in start.sites:
            if site.lang in languages:
                warm_up(site, theme, start)
