"""Slots, channels, home visits, holiday call-out (holds its place in the layers)."""
