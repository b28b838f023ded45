"""calendars: events as iCalendar files, for calendar programs."""

from typing import TYPE_CHECKING

from clusterpress.calendars.plan import calendar_path, outputs
from clusterpress.lazy_names import lazy_names

if TYPE_CHECKING:
    from clusterpress.calendars.views import undated
else:
    __getattr__ = lazy_names(__name__, {"undated": "views"})

__all__ = ["calendar_path", "outputs", "undated"]
