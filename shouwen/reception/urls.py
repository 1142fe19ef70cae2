from django.urls import path

from shouwen.reception import views

app_name = "reception"
urlpatterns = [
    path("inquiries/", views.register, name="register"),
    path("inquiries/new/", views.new_inquiry, name="new_inquiry"),
    path("matters/<str:code>/paper/", views.paper, name="paper"),
    path("matters/<str:code>/", views.matter, name="matter"),
    path("matters/<str:code>/answer/", views.answer, name="answer"),
    path("matters/<str:code>/phone/", views.phone, name="phone"),
    path("matters/<str:code>/hand-over/", views.offer, name="offer"),
    path("matters/<str:code>/complaint/", views.complain, name="complain"),
    path("matters/<str:code>/urge/", views.urge, name="urge"),
    path("matters/<str:code>/add/", views.add, name="add"),
    path("hand-overs/", views.hand_overs, name="hand_overs"),
    path("hand-overs/<str:code>/", views.answer_offer, name="answer_offer"),
    path("complaints/", views.complaints, name="complaints"),
    path("people/", views.people, name="people"),
    path("people/<str:code>/", views.person, name="person"),
    path("people/<str:code>/edit/", views.edit_person, name="edit_person"),
    path("people/<str:code>/reveal/", views.reveal, name="reveal"),
    path("queue/", views.queue, name="queue"),
    path("queue/issue/", views.issue, name="issue"),
    path("queue/tickets/<str:code>/", views.ticket, name="ticket"),
    path("queue/tickets/<str:code>/transfer/", views.transfer, name="transfer"),
    path("queue/tickets/<str:code>/<str:do>/", views.move_ticket, name="move_ticket"),
    path("queue/statistics/", views.queue_statistics, name="queue_statistics"),
    path("queue/setup/", views.queue_setup, name="queue_setup"),
    path("queue/setup/add/", views.queue_add, name="queue_add"),
    path("queue/setup/<str:code>/", views.queue_change, name="queue_change"),
    path("queue/setup/<str:code>/counters/", views.queue_counters, name="queue_counters"),
    path("queue/setup/<str:code>/end/", views.queue_end, name="queue_end"),
]
