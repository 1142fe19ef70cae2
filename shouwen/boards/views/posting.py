"""The wall: posted months. A board turns its own pages without JavaScript; each answer is one whole screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from shouwen.boards import queries
from shouwen.core import web
from shouwen.org import access

ROWS = 10


@web.allow("anyone")
@require_GET
def posting(request: HttpRequest, code: str) -> HttpResponse:
    """The posted month, ten people a screen, turning every fifteen seconds ("1.2")."""
    center = access.center_for(code)
    posted = queries.newest(center)
    pages = max(1, -(-len(posted.table) // ROWS)) if posted else 1
    number = min(web.page_number(request), pages)
    context = {
        "center": center,
        "posted": posted,
        "people": posted.table[(number - 1) * ROWS : number * ROWS] if posted else [],
        "number": number,
        "pages": pages,
        "next": f"{reverse('boards:posting', args=[code])}?page={number % pages + 1}",
    }
    return web.page(request, "boards/posting.html", context)
