from django.urls import path

from shouwen.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.items, name="items"),
    path("new/", views.new, name="new"),
    path("import/", views.imports, name="imports"),
    path("export.<str:kind>", views.export, name="export"),
    path("sample/", views.sample, name="sample"),
    path("fees/", views.fees, name="fees"),
    path("fees/<str:code>/end/", views.end_fee, name="end_fee"),
    path("versions/<str:code>/", views.version, name="version"),
    path("versions/<str:code>/edit/", views.edit, name="edit"),
    path("versions/<str:code>/enact/", views.enact, name="enact"),
    path("versions/<str:code>/end/", views.end, name="end"),
    path("versions/<str:code>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:code>/", views.item, name="item"),
    path("<str:code>/draft/", views.start, name="start"),
]
