"""Joining, the member card and the inbox."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
