from django.urls import path

from shouwen.public import views

app_name = "public"
urlpatterns = [
    path("q/<str:code>/", views.take, name="take"),
    path("q/<str:code>/<str:ticket>/", views.line, name="line"),
    path("q/<str:code>/<str:ticket>/leave/", views.leave, name="leave"),
    path("g/<str:code>/", views.guides, name="guides"),
    path("g/<str:code>/fees/", views.fees, name="fees"),
    path("g/<str:code>/items/<str:item>/", views.guide, name="guide"),
    path("p/", views.centers, name="centers"),
    path("p/size/", views.size, name="size"),
    path("p/<str:code>/", views.front, name="front"),
    path("p/<str:code>/ask/", views.ask, name="ask"),
    path("p/<str:code>/answer/", views.answer, name="answer"),
    path("p/<str:code>/progress/", views.progress, name="progress"),
    path("p/<str:code>/progress/<str:case>/", views.progress_of, name="progress_of"),
    path("p/<str:code>/case/", views.progress_shown, name="progress_shown"),
    path("p/<str:code>/case/done/", views.progress_done, name="progress_done"),
    path("p/<str:code>/kiosk/", views.kiosk, name="kiosk"),
    path("p/<str:code>/kiosk/<str:ticket>/", views.slip, name="slip"),
    path("p/<str:code>/kiosk/<str:ticket>/slip.pdf", views.slip_pdf, name="slip_pdf"),
    path("p/<str:code>/<str:text>/", views.month, name="month"),
]
