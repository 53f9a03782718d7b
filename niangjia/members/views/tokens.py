"""A person's API tokens: made here, shown once, revoked here."""

import uuid
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.core import clock, refusals
from niangjia.members import services
from niangjia.members.forms.tokens import TokenForm
from niangjia.members.models import Account, ApiToken
from niangjia.members.selectors.second_factor import second_factor_passed


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The list, and the form for a new one. The new one's text stands on this answer alone."""
    account = cast(Account, request.user)
    form = TokenForm(request.POST if request.method == "POST" else None)
    tried, text = refusals.beside(form), ""
    if form.is_valid():
        with tried:
            text, _token = services.create_token(
                by=account,
                second_factor=second_factor_passed(request),
                now=clock.now(),
                **form.cleaned_data,
            )
            form = TokenForm()
    context = {
        "form": form,
        "text": text,
        "tokens": ApiToken.objects.filter(account=account).order_by("-created_at")[:50],
        "now": clock.now(),
    }
    return render(
        request, "members/tokens/tokens.html", context, status=201 if text else tried.status
    )


@login_required
@require_POST
def revocation(request: HttpRequest, token_id: uuid.UUID) -> HttpResponse:
    """End one."""
    services.revoke_token(by=cast(Account, request.user), token_id=token_id, now=clock.now())
    messages.success(request, _("The token is revoked. Nobody can use it any more."))
    return redirect("members:tokens")
