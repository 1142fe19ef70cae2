from django.urls import path

from shouwen.duty import views

app_name = "duty"
urlpatterns = [
    path("", views.today, name="today"),
    path("open/<str:code>/", views.opening, name="opening"),
    path("close/<str:code>/", views.closing, name="closing"),
    path("rounds/", views.rounds, name="rounds"),
    path("photos/<str:name>", views.photo, name="photo"),
    path("roster/", views.month, name="month"),
    path("roster/<str:text>/", views.month, name="of_month"),
    path("roster/<str:text>/export.xlsx", views.month_export, name="month_export"),
    path("roster/<str:text>/fill/", views.fill, name="fill"),
    path("roster/<str:text>/assign/", views.assign, name="assign"),
    path("roster/<str:text>/paper/", views.roster_paper, name="roster_paper"),
    path("rotas/", views.pattern, name="pattern"),
    path("swaps/", views.swaps, name="swaps"),
    path("swaps/ask/<str:code>/", views.ask, name="ask"),
    path("swaps/<str:code>/", views.swap, name="swap"),
    path("handovers/<str:code>/", views.handover, name="handover"),
    path("handovers/<str:code>/paper/", views.handover_paper, name="handover_paper"),
    path("breaches/", views.breaches, name="breaches"),
    path("breaches.xlsx", views.breaches_export, name="breaches_export"),
    path("breaches/<str:code>/", views.breach, name="breach"),
    path("feed/", views.my_feed, name="my_feed"),
    path("feed/<str:center>/<str:secret>/<str:whose>.ics", views.feed, name="feed"),
]
