"""Privacy and account settings."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
