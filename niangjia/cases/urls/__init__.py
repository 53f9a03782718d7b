"""The room's addresses, under the namespace "cases"."""

from django.urls import include, path

app_name = "cases"
urlpatterns = [
    path("services/", include("niangjia.cases.urls.services")),
    path("mine/cases/", include("niangjia.cases.urls.own")),
    path("desk/cases/", include("niangjia.cases.urls.desk")),
    path("desk/services/", include("niangjia.cases.urls.catalogue")),
]
