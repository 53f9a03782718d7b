"""Where the link in a page leads."""

from django.urls import URLPattern, path

from niangjia.hotline.views import paged as views

urlpatterns: list[URLPattern] = [path("pages/<str:token>/", views.page, name="page")]
