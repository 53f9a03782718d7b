"""Privacy and account settings."""

from django.urls import URLPattern, path

from niangjia.members.views import accounts

urlpatterns: list[URLPattern] = [
    path("mine/account/", accounts.account, name="account"),
]
