"""Whom stations reach, and where to open the next: for officers."""

from django.urls import URLPattern, path

from niangjia.places.views.desk import coverage

urlpatterns: list[URLPattern] = [
    path("desk/places/coverage/", coverage.coverage, name="desk_coverage"),
    path("desk/places/coverage/measurement/", coverage.measurement, name="desk_measurement"),
]
