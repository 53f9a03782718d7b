"""Account settings."""

from typing import cast

from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from niangjia.members.models import Account
from niangjia.members.rules import phones


@login_required
@never_cache
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """What protects this account and where it is signed in."""
    holder = cast(Account, request.user)
    types = list(Authenticator.objects.filter(user=holder).values_list("type", flat=True))
    context = {
        "phone": phones.masked(holder.phone),
        "person": holder.person,
        "passkeys": types.count(Authenticator.Type.WEBAUTHN),
        "has_app": Authenticator.Type.TOTP in types,
    }
    return render(request, "members/accounts/account.html", context)
