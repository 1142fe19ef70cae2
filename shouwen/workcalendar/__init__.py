"""Statutory days, make-up working days, opening hours, local closures."""
