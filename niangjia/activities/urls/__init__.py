"""The room's addresses, under the namespace "activities"."""

from django.urls import include, path

app_name = "activities"
urlpatterns = [
    path("", include("niangjia.activities.urls.portal")),
    path("desk/activities/", include("niangjia.activities.urls.desk")),
]
