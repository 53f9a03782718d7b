"""Where a node says whether it is well."""

from django.urls import path

from niangjia.api_root import views

urlpatterns = [path("healthz", views.healthz, name="healthz")]
