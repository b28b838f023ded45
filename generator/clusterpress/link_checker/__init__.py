"""outside: links to other sites, found in the sources and tried politely."""
