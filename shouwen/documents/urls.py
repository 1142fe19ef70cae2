from django.urls import path

from shouwen.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.list, name="list"),
    path("check/<str:code>/", views.check, name="check"),
    path("<str:code>/", views.detail, name="detail"),
    path("<str:code>/pdf/", views.pdf, name="pdf"),
    path("<str:code>/preview.png", views.preview, name="preview"),
    path("<str:code>/word/", views.word, name="word"),
    path("<str:code>/void/", views.void, name="void"),
]
