"""calendars: events as iCalendar files, for calendar programs."""

from clusterpress.calendars.plan import calendar_path, outputs
from clusterpress.calendars.views import undated

__all__ = ["calendar_path", "outputs", "undated"]
