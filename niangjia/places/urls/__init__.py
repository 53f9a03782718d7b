"""The room's addresses, under the namespace "places"."""

from django.urls import include, path

app_name = "places"
urlpatterns = [
    path("", include("niangjia.places.urls.portal")),
    path("", include("niangjia.places.urls.circle")),
    path("", include("niangjia.places.urls.lists")),
    path("", include("niangjia.places.urls.desk")),
]
