"""The officers' work on orders: giving them on, calling back, checking, being fetched."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
