"""newsletters: library, settings and theme come in.

Out go outputs: the web, PDF and e-mail editions of each issue, all from the same resolved issue.
Nothing here writes files, starts processes, or imports another edition (website, feeds, calendars).
"""
