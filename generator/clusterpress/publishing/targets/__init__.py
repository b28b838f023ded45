"""targets: the places that a site is published to, all with the same few verbs."""
