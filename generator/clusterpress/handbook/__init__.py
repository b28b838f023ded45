"""handbook: pages for staff, and references of every key made from the models."""
