"""newsletters: one issue file → its web, PDF and e-mail editions, from the same resolved issue."""
