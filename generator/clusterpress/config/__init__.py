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

__all__ = [
    "FeedSettings",
    "FollowLink",
    "MenuEntry",
    "NewsletterSettings",
    "Settings",
    "Vocabularies",
    "read_settings",
]
