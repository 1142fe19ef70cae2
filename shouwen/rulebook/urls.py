from django.urls import path

from shouwen.rulebook import views

app_name = "rulebook"
urlpatterns = [
    path("", views.list, name="list"),
    path("start/<str:way>/", views.start, name="start"),
    path("<str:code>/", views.version, name="version"),
    path("<str:code>/rulebook.toml", views.export, name="export"),
    path("<str:code>/edit/<str:part>/", views.edit, name="edit"),
    path("<str:code>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:code>/confirm/", views.confirm, name="confirm"),
]
