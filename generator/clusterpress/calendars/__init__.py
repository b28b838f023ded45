"""calendars: events as iCalendar files, for calendar programs."""
