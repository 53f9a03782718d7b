"""Whether a paper is genuine."""

from django.urls import URLPattern, path

from niangjia.cases.views import verify as views

urlpatterns: list[URLPattern] = [
    path("", views.verify, name="verify"),
    path("<str:code>/", views.verified, name="verified"),
]
