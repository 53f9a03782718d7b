"""Signing in: allauth's own names (account_login, ...), so outside the room's namespace."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
