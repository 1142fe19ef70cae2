from django.urls import path

from shouwen.boards import views

app_name = "boards"
urlpatterns = [
    path("devices/", views.devices, name="devices"),
    path("devices/add/", views.add_device, name="add_device"),
    path("devices/<str:code>/", views.device, name="device"),
    path("devices/<str:code>/pairing/", views.offer_pairing, name="offer_pairing"),
    path("devices/<str:code>/lock/", views.lock_device, name="lock_device"),
    path("devices/<str:code>/end/", views.end_device, name="end_device"),
    path("<str:code>/posting/", views.posting, name="posting"),
    path("<str:code>/pair/", views.pair, name="pair"),
    path("<str:code>/hall/", views.hall, name="hall"),
    path("<str:code>/hall/code.svg", views.hall_code, name="hall_code"),
    path("<str:code>/hall/<str:screen>/", views.hall, name="screen"),
]
