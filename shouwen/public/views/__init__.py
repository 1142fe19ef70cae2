"""Pages for everybody, without an account."""

from shouwen.public.views.front import centers, front, month
from shouwen.public.views.guide import fees, guide, guides
from shouwen.public.views.kiosk import kiosk, slip, slip_pdf
from shouwen.public.views.line import leave, line, take

__all__ = ["centers", "fees", "front", "guide", "guides", "kiosk", "leave", "line", "month", "slip", "slip_pdf", "take"]
