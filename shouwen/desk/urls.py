from django.urls import path

from shouwen.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("overview/", views.overview, name="overview"),
    path("section/", views.section, name="section"),
    path("section/<str:code>/urge/", views.urge, name="urge"),
    path("search/", views.search, name="search"),
    path("counter/", views.counter, name="counter"),
    path("counter/next/", views.call_next, name="call_next"),
    path("counter/state/", views.counter_state, name="counter_state"),
    path("counter/<str:code>/answer/", views.answer_visit, name="answer_visit"),
    path("counter/<str:code>/lead/", views.lead_visit, name="lead_visit"),
    path("counter/<str:code>/<str:do>/", views.move_ticket, name="move_ticket"),
    path("calendar/change/<str:kind>/", views.calendar_change, name="calendar_change"),
    path("handover/", views.give_handover, name="give_handover"),
    path("audit/", views.audit, name="audit"),
    path("setup/<str:code>/", views.setup, name="setup"),
    path("setup/<str:code>/template/", views.setup_template, name="setup_template"),
]
