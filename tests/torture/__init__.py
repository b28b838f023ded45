"""Long attacks on builds and sites; each module has a function ``main`` that returns a row of their table."""
