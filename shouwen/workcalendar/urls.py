from django.urls import path

from shouwen.workcalendar import views

app_name = "workcalendar"
urlpatterns = [
    path("", views.year, name="year"),
    path("<int:number>/", views.year, name="of_year"),
    path("closures/<str:code>/end/", views.end_closure, name="end_closure"),
]
