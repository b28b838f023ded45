"""build: plan, compare, render what differs, commit; cache, lock, disk and the output folder live here."""
