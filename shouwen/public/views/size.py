"""长辈版: everything larger, on every public page, until it is switched back."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from shouwen.core import web

COOKIE, YEAR = "size", 365 * 24 * 3600


@web.allow("anyone")
@require_GET
def size(request: HttpRequest) -> HttpResponse:
    """`?to=large` or anything else for the ordinary size; back to `next`, which must be a page of this site. Only this browser's cookie changes."""
    back = request.GET.get("next", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, None):
        back = reverse("public:centers")
    response = redirect(back)
    if request.GET.get("to") == "large":
        response.set_cookie(COOKIE, "large", max_age=YEAR, httponly=True, samesite="Lax", secure=settings.HTTPS)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
