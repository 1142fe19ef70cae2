"""Outbox table and transports. Content comes from callers."""
