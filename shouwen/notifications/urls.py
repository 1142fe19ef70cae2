from django.urls import path

from shouwen.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.list, name="list"),
    path("read/", views.read_all, name="read_all"),
    path("<str:code>/", views.open, name="open"),
]
