"""The room's addresses, under the namespace "benefits"."""

from niangjia.benefits.urls import desk, portal

app_name = "benefits"
urlpatterns = [*portal.urlpatterns, *desk.urlpatterns]
