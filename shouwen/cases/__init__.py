"""Acceptance, clock, pause, extension, completion, delivery (holds its place in the layers)."""
