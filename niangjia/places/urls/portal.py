"""For workers and for everybody."""

from django.urls import URLPattern, path

from niangjia.places.views import finding

urlpatterns: list[URLPattern] = [
    path("places/", finding.find, name="find"),
]
