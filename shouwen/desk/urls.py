from django.urls import path

from shouwen.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("calendar/change/<str:kind>/", views.calendar_change, name="calendar_change"),
    path("handover/", views.give_handover, name="give_handover"),
    path("audit/", views.audit, name="audit"),
    path("setup/<str:code>/", views.setup, name="setup"),
    path("setup/<str:code>/template/", views.setup_template, name="setup_template"),
]
