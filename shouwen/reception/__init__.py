"""Tickets, calling, first-inquiry records, hand-over (holds its place in the layers)."""
