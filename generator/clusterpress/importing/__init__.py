"""Exports of other sites → source files of ours, with a report of every record.

In: WordPress, Drupal, feeds, calendars, trees of Markdown. Out: items, copied files, a report.
May not enter: files of the project that an editor has changed.
"""
