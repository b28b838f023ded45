"""starting: answers → the file of a new item, or a whole new site."""
