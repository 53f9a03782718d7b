"""Whom stations reach, and where to open the next: for officers."""

from django.urls import URLPattern, path

from niangjia.places.views.desk import coverage, siting

urlpatterns: list[URLPattern] = [
    path("desk/places/coverage/", coverage.coverage, name="desk_coverage"),
    path("desk/places/coverage/measurement/", coverage.measurement, name="desk_measurement"),
    path("desk/places/siting/", siting.sitings, name="desk_sitings"),
    path("desk/places/siting/<str:siting_id>/", siting.siting, name="desk_siting"),
    path("desk/places/siting/<str:siting_id>/calling-off/", siting.stop, name="desk_siting_stop"),
    path("desk/places/siting/<str:siting_id>/sheet/", siting.sheet, name="desk_siting_sheet"),
    path("desk/places/siting/<str:siting_id>/geojson/", siting.geojson, name="desk_siting_geojson"),
]
