"""Joining, the member card and the inbox."""

from django.urls import URLPattern, path

from niangjia.members.views import joining as views

urlpatterns: list[URLPattern] = [
    path("mine/applications/<str:number>/", views.application, name="application"),
]
