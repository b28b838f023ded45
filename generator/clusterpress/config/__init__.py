"""config: ``site_config.yml`` as frozen settings."""

from clusterpress.config.reader import read_settings
from clusterpress.config.settings import (
    FeedSettings,
    FollowLink,
    MenuEntry,
    NewsletterSettings,
    Settings,
    Vocabularies,
)
from clusterpress.config.zones import is_time_zone

__all__ = [
    "FeedSettings",
    "FollowLink",
    "MenuEntry",
    "NewsletterSettings",
    "Settings",
    "Vocabularies",
    "is_time_zone",
    "read_settings",
]
