"""checking: faults told in several forms, sources put in their usual form, links to other sites tried."""
