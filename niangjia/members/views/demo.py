"""The demonstration's doors. Without `settings.DEMO` each answers as if it were not there."""

from collections.abc import Callable
from functools import wraps

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.members.clients import sms
from niangjia.members.selectors import demo
from niangjia.members.views.requests import safe_next

View = Callable[..., HttpResponse]


def demo_only(view: View) -> View:
    """The page exists in the demonstration and nowhere else."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@demo_only
@never_cache
@require_GET
def shown_codes(request: HttpRequest) -> HttpResponse:
    """The codes that would have been sent."""
    return render(request, "members/accounts/shown_codes.html", {"codes": sms.shown_codes()})


@demo_only
@require_POST
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Be one of the made-up people at once, second factor included."""
    account = demo.find_account(key)
    if account is None:
        raise Http404
    if request.user.is_authenticated:
        request.session.flush()
    record_authentication(request, account, method="code")
    record_authentication(request, account, method="mfa", type="demo")
    login = Login(user=account, redirect_url=safe_next(request) or None)
    login.state["stages"] = {"mfa_authenticate": {"handled": True}}
    response: HttpResponse = perform_login(request, login)
    return response
