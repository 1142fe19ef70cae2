"""Renders a form to PDF and Word, numbers it, keeps it. Content comes from callers."""
