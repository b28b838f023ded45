"""config: ``site_config.yml`` as frozen settings."""

from typing import TYPE_CHECKING

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
from clusterpress.lazy_names import lazy_names

if TYPE_CHECKING:
    from clusterpress.config.reader import read_settings
    from clusterpress.config.zones import is_time_zone
else:
    __getattr__ = lazy_names(__name__, {"is_time_zone": "zones", "read_settings": "reader"})

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
