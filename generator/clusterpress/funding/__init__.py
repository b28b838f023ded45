"""funding: what a project that the European Union pays for must show; each agreement prevails."""
