"""calendars: events → iCalendar files.

In: topics of the library with their events, settings. Out: outputs.
Pages, feeds and files on disk may not enter.
"""
