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
    path("p/<str:code>/", views.front, name="front"),
    path("p/<str:code>/kiosk/", views.kiosk, name="kiosk"),
    path("p/<str:code>/kiosk/<str:ticket>/", views.slip, name="slip"),
    path("p/<str:code>/kiosk/<str:ticket>/slip.pdf", views.slip_pdf, name="slip_pdf"),
    path("p/<str:code>/<str:text>/", views.month, name="month"),
]
