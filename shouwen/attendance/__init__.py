"""Punches, leave, post checks (part 1 of the founding document)."""
