"""The room's addresses, under the namespace "cases"."""

from django.urls import include, path

app_name = "cases"
urlpatterns = [
    path("services/", include("niangjia.cases.urls.services")),
    path("verify/", include("niangjia.cases.urls.verify")),
    path("mine/cases/", include("niangjia.cases.urls.own")),
    path("desk/letters/", include("niangjia.cases.urls.letters")),
    path("desk/cases/", include("niangjia.cases.urls.desk")),
    path("desk/services/", include("niangjia.cases.urls.catalogue")),
]
