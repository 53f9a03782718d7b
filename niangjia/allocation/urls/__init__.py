"""The room's addresses, under the namespace "allocation"."""

from niangjia.allocation.urls import desk, portal

app_name = "allocation"
urlpatterns = [*portal.urlpatterns, *desk.urlpatterns]
