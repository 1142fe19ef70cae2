from django.urls import path

from shouwen.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.list_cases, name="list"),
    path("filters/", views.save_filter, name="save_filter"),
    path("filters/<str:code>/drop/", views.drop_filter, name="drop_filter"),
]
