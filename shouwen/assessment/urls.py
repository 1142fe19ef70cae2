from django.urls import path

from shouwen.assessment import views

app_name = "assessment"
urlpatterns = [
    path("", views.month, name="month"),
    path("month/<str:key>/", views.month, name="of_month"),
    path("month/<str:key>/export.xlsx", views.month_export, name="month_export"),
    path("month/<str:key>/ledger.xlsx", views.ledger_export, name="ledger_export"),
    path("month/<str:key>/step/<str:step>/", views.step, name="step"),
    path("month/<str:key>/confirm/<str:code>/", views.confirm, name="confirm"),
    path("month/<str:key>/notice/", views.notice, name="notice"),
    path("people/<str:code>/<str:key>/", views.person, name="person"),
    path("lines/<str:code>/object/", views.object_to, name="object"),
    path("objections/", views.objections, name="objections"),
    path("objections/<str:code>/", views.objection, name="objection"),
    path("objections/<str:code>/withdraw/", views.withdraw_objection, name="withdraw_objection"),
    path("objections/<str:code>/evidence/", views.objection_evidence, name="objection_evidence"),
    path("findings/", views.findings, name="findings"),
    path("findings/new/", views.new_finding, name="new_finding"),
    path("adjustments/", views.adjustments, name="adjustments"),
    path("adjustments/<str:code>/", views.adjustment, name="adjustment"),
    path("agenda/", views.agenda, name="agenda"),
    path("agenda/paper/", views.agenda_paper, name="agenda_paper"),
    path("agenda/<str:code>/announce/", views.announce, name="announce"),
    path("agenda/<str:code>/paper/", views.criticism, name="criticism"),
    path("year/", views.year, name="year"),
    path("year/<int:number>/", views.year, name="of_year"),
    path("year/<int:number>/export.xlsx", views.year_export, name="year_export"),
    path("year/<int:number>/close/", views.close_year, name="close_year"),
    path("year/<int:number>/paper/<str:kind>/", views.year_paper, name="year_paper"),
    path("year/<int:number>/decide/<str:code>/", views.decide, name="decide"),
    path("year/<int:number>/letter/<str:code>/", views.letter, name="letter"),
    path("trial/<str:code>/", views.trial, name="trial"),
    path("trial/<str:code>/note/", views.note_trial, name="note_trial"),
    path("trial/<str:code>/enact/", views.enact, name="enact"),
]
