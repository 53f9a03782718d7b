"""The room's addresses, under the namespace "feedback"."""

from niangjia.feedback.urls import desk, portal

app_name = "feedback"
urlpatterns = [*portal.urlpatterns, *desk.urlpatterns]
