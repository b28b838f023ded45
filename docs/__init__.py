"""The documentation site: written from the handbook, built by clusterpress itself."""
