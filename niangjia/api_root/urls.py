"""Where the REST API hangs."""

from django.urls import path

from niangjia.api_root.api import api

urlpatterns = [path("", api.urls)]
