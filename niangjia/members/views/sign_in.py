"""Phone, code, inside. The same pages and answers for known and unknown numbers (promise 15)."""

import uuid
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.core import clock, errors, refusals
from niangjia.members import selectors, services
from niangjia.members.clients import sms
from niangjia.members.doors import address_of
from niangjia.members.forms.sign_in import CodeForm, PasswordForm, PhoneForm
from niangjia.members.models import Account
from niangjia.members.rules import phones
from niangjia.members.selectors import demo
from niangjia.members.views.requests import safe_next

PENDING = "members:sign-in"


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the number and send it a code."""
    if request.user.is_authenticated:
        return redirect(safe_next(request) or "/mine/")
    form = PhoneForm(
        request.POST if request.method == "POST" else None,
        initial={"phone": request.GET.get("phone", "")[:40]},
    )
    tried = refusals.beside(form)
    if form.is_valid():
        with tried:
            return send_code(request, form.cleaned_data["phone"], safe_next(request))
    context = {"form": form, "demo_accounts": demo.list_accounts()}
    return page(request, "sign_in", context, tried.status)


def send_code(request: HttpRequest, phone: str, next_url: str) -> HttpResponse:
    """Send a code to `phone`, remember which, and ask for it."""
    sent = services.send_sign_in_code(
        phone=phone,
        address=address_of(request),
        language=get_language() or "zh-hans",
        now=clock.now(),
    )
    # The session knows the code's id, not the number: sessions are not encrypted.
    request.session[PENDING] = {"code": str(sent.id), "next": next_url}
    return redirect("account_confirm_login_code")


@never_cache
@require_http_methods(["GET", "POST"])
def confirm_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code and let its holder in."""
    if request.user.is_authenticated:
        return redirect(safe_next(request) or "/mine/")
    pending = request.session.get(PENDING)
    sent = selectors.find_code(uuid.UUID(pending["code"])) if pending else None
    if pending is None or sent is None:
        return redirect("account_login")
    form = CodeForm(request.POST if request.method == "POST" else None)
    tried = refusals.beside(form)
    if form.is_valid():
        with tried:
            account = services.sign_in(
                code_id=sent.id,
                code=form.cleaned_data["code"],
                address=address_of(request),
                now=clock.now(),
            )
            del request.session[PENDING]
            return let_in(request, account, method="code", next_url=pending["next"])
    context = {
        "form": form,
        "phone": phones.masked(sent.phone),
        "next": pending["next"],
        "shown_codes": sms.shown_codes(sent.phone),
    }
    return page(request, "confirm_code", context, tried.status)


@require_POST
def resend_code(request: HttpRequest) -> HttpResponse:
    """Send another code to the same number."""
    pending = request.session.get(PENDING)
    sent = selectors.find_code(uuid.UUID(pending["code"])) if pending else None
    if pending is None or sent is None:
        return redirect("account_login")
    try:
        return send_code(request, sent.phone, pending["next"])
    except errors.DomainError as refusal:
        form = CodeForm()
        context = {
            "form": form,
            "phone": phones.masked(sent.phone),
            "next": pending["next"],
            "refusal": refusal.message,
            "shown_codes": sms.shown_codes(sent.phone),
        }
        return page(request, "confirm_code", context, refusal.status)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in_with_password(request: HttpRequest) -> HttpResponse:
    """The other way in. Unknown number, no password and wrong password answer identically."""
    if request.user.is_authenticated:
        return redirect(safe_next(request) or "/mine/")
    form = PasswordForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            account = authenticate(request, **form.cleaned_data)
            if isinstance(account, Account):
                return let_in(request, account, method="password", next_url=safe_next(request))
            form.add_error(
                "password",
                _("Number and password do not match. You can always sign in with a code."),
            )
    return page(request, "password_sign_in", {"form": form}, status)


def let_in(request: HttpRequest, account: Account, *, method: str, next_url: str) -> HttpResponse:
    """Hand over to allauth: the second factor where there is one, then the session."""
    record_authentication(request, account, method=method)
    login = Login(user=account, redirect_url=next_url or None)
    response: HttpResponse = perform_login(request, login)
    return response


def locked_out(
    request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any
) -> HttpResponse:
    """Too many wrong passwords: says for how long, and that a code still lets them in."""
    return page(request, "locked_out", {"minutes": 15}, 429)


def signed_up_here(request: HttpRequest) -> HttpResponseRedirect:
    """There is no separate sign-up and no password reset: the code is both."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(reverse("account_login") + (f"?{query}" if query else ""))


def page(
    request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """One of this area's pages; `next` stays with it."""
    context.setdefault("next", safe_next(request))
    return render(request, f"members/accounts/{name}.html", context, status=status)
