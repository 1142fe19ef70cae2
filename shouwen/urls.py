"""Every door of the site."""

from django.urls import include, path

urlpatterns = [
    path("", include("shouwen.desk.urls")),
    path("", include("shouwen.org.urls")),
    path("calendar/", include("shouwen.workcalendar.urls")),
    path("rulebook/", include("shouwen.rulebook.urls")),
    path("documents/", include("shouwen.documents.urls")),
    path("messages/", include("shouwen.notifications.urls")),
    path("catalogue/", include("shouwen.catalogue.urls")),
    path("duty/", include("shouwen.duty.urls")),
    path("reception/", include("shouwen.reception.urls")),
    path("cases/", include("shouwen.cases.urls")),
    path("attendance/", include("shouwen.attendance.urls")),
    path("assessment/", include("shouwen.assessment.urls")),
    path("", include("shouwen.public.urls")),
    path("board/", include("shouwen.boards.urls")),
]
handler400 = "shouwen.core.web.bad_request"
handler403 = "shouwen.core.web.forbidden"
handler404 = "shouwen.core.web.not_found"
handler500 = "shouwen.core.web.server_error"
