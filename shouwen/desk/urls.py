from django.urls import path

from shouwen.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("calendar/change/<str:kind>/", views.calendar_change, name="calendar_change"),
    path("audit/", views.audit, name="audit"),
]
