"""Every address of the site."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("niangjia.members.urls.sign_in")),
    path("", include("niangjia.members.urls")),
    path("api/v1/", include("niangjia.api_root.urls")),
]
