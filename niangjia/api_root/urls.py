"""Where the REST API hangs."""

from django.urls import path

from niangjia.api_root import views
from niangjia.api_root.api import api

urlpatterns = [
    path("docs", views.documentation, name="api-docs"),
    path("", api.urls),
]
