from django.urls import path

from shouwen.public import views

app_name = "public"
urlpatterns = [
    path("p/", views.centers, name="centers"),
    path("p/<str:code>/", views.front, name="front"),
    path("p/<str:code>/<str:text>/", views.month, name="month"),
]
