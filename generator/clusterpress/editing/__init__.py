"""editing: Sveltia CMS on this machine's files, with forms made of our models."""
