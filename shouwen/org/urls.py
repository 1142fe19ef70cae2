from django.urls import path

from shouwen.org import views

app_name = "org"
urlpatterns = [
    path("login", views.login, name="login"),
    path("logout", views.logout, name="logout"),
    path("password", views.password, name="password"),
    path("me", views.me, name="me"),
]
