from django.urls import path

from shouwen.boards import views

app_name = "boards"
urlpatterns = [path("<str:code>/posting/", views.posting, name="posting")]
