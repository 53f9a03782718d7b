"""The room's addresses, under the namespace "hotline"."""

from django.urls import include, path

app_name = "hotline"
urlpatterns = [
    path("desk/hotline/", include("niangjia.hotline.urls.orders")),
    path("hotline/", include("niangjia.hotline.urls.paged")),
    path("hotline/", include("niangjia.hotline.urls.portal")),
    path("desk/hotline/", include("niangjia.hotline.urls.desk")),
]
