"""API tokens."""

from django.urls import URLPattern, path

from niangjia.members.views import tokens

urlpatterns: list[URLPattern] = [
    path("mine/tokens/", tokens.tokens, name="tokens"),
    path("mine/tokens/<uuid:token_id>/revocation/", tokens.revocation, name="token-revocation"),
]
