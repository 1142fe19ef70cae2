from django.urls import path

from shouwen.public import views

app_name = "public"
urlpatterns = [
    path("", views.centers, name="centers"),
    path("<str:code>/", views.front, name="front"),
    path("<str:code>/<str:text>/", views.month, name="month"),
]
