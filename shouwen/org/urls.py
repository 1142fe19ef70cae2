from django.urls import path

from shouwen.org import views

app_name = "org"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("password/", views.password, name="password"),
    path("me/", views.me, name="me"),
    path("people/", views.people, name="people"),
    path("people/add/", views.add, name="add"),
    path("people/export/", views.export, name="export"),
    path("people/<str:code>/", views.person, name="person"),
    path("people/<str:code>/change/", views.change, name="change"),
    path("people/<str:code>/move/", views.move, name="move"),
    path("people/<str:code>/end/", views.end, name="end"),
    path("people/<str:code>/phone/", views.reveal, name="reveal"),
    path("people/<str:code>/secret/", views.secret, name="secret"),
    path("people/<str:code>/unlock/", views.unlock, name="unlock"),
    path("people/<str:code>/disable/", views.disable, name="disable"),
    path("people/<str:code>/enable/", views.enable, name="enable"),
    path("people/<str:code>/grant/", views.grant, name="grant"),
    path("people/<str:code>/roles/<str:role>/end/", views.end_role, name="end_role"),
    path("center/", views.center, name="center"),
    path("center/structure/", views.structure, name="structure"),
    path("center/stations/add/", views.station_add, name="station_add"),
    path("center/departments/add/", views.department_add, name="department_add"),
    path("center/departments/<str:code>/change/", views.department_change, name="department_change"),
    path("center/departments/<str:code>/end/", views.department_end, name="department_end"),
    path("center/counters/add/", views.counter_add, name="counter_add"),
    path("center/counters/<str:code>/change/", views.counter_change, name="counter_change"),
    path("center/counters/<str:code>/end/", views.counter_end, name="counter_end"),
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/add/", views.decision_add, name="decision_add"),
    path("decisions/<str:code>/end/", views.decision_end, name="decision_end"),
]
