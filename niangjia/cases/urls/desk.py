"""The officers' work on cases."""

from django.urls import URLPattern, path

from niangjia.cases.views import desk as views

urlpatterns: list[URLPattern] = [
    path("", views.queue, name="queue"),
    path("<str:number>/", views.case, name="case"),
    path("<str:number>/steps/", views.step, name="step"),
    path("<str:number>/notes/", views.note, name="note"),
    path("<str:number>/pause/", views.pause, name="pause"),
    path("<str:number>/resumption/", views.resumption, name="resumption"),
    path("<str:number>/extension/", views.extension, name="extension"),
]
