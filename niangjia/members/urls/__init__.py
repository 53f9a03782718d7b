"""The room's addresses, under the namespace "members"."""

from django.urls import include, path

app_name = "members"
urlpatterns = [
    path("", include("niangjia.members.urls.accounts")),
    path("", include("niangjia.members.urls.joining")),
    path("", include("niangjia.members.urls.tokens")),
    path("", include("niangjia.members.urls.desk")),
]
