"""config: ``site_config.yml`` as frozen settings."""

from clusterpress.config.reader import read_settings
from clusterpress.config.settings import (
    FeedSettings,
    FolderTarget,
    FollowLink,
    GitTarget,
    MenuEntry,
    NewsletterSettings,
    PublishTarget,
    S3Target,
    Settings,
    SftpTarget,
    Vocabularies,
)
from clusterpress.config.zones import is_time_zone

__all__ = [
    "FeedSettings",
    "FolderTarget",
    "FollowLink",
    "GitTarget",
    "MenuEntry",
    "NewsletterSettings",
    "PublishTarget",
    "S3Target",
    "Settings",
    "SftpTarget",
    "Vocabularies",
    "is_time_zone",
    "read_settings",
]
