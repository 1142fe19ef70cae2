"""Complaints, reports, ratings (holds its place in the layers)."""
