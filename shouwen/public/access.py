"""Outsiders come by a centre's public code."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from shouwen.org.models import Center


def center_for(code: str) -> Center:
    """The centre, or 404."""
    return get_object_or_404(Center, code=code)
