"""pages: for each sort of page its planner, which lists outputs, and its maker, which renders one."""
