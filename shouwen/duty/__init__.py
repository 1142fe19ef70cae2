"""Roster, opening and closing, shift hand-over, cleaning (part 1 of the founding document)."""
