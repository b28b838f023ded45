"""Every way to install clusterpress, as the handbook and the Dockerfile say it. ``make test-install`` runs them all."""
