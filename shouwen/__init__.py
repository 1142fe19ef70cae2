"""Shouwen (首问): a township service hall run by its own rulebook."""

__version__ = "0.1.0"
