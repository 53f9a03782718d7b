"""Account settings: who one is, how one signs in."""

import uuid

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.core import clock, refusals
from niangjia.members import selectors, services
from niangjia.members.clients import sms
from niangjia.members.doors import address_of
from niangjia.members.forms.accounts import IdentityForm, PhoneChangeForm, PhoneCodesForm
from niangjia.members.models import Person, Purpose
from niangjia.members.rules import consent_texts, phones
from niangjia.members.services.phone_change import PhoneChange
from niangjia.members.views.requests import account_of, language_of, safe_next

CHANGING = "members:phone-change"


@login_required
@never_cache
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """What protects this account and where it is signed in."""
    holder = account_of(request)
    types = list(Authenticator.objects.filter(user=holder).values_list("type", flat=True))
    context = {
        "phone": phones.masked(holder.phone),
        "person": holder.person,
        "passkeys": types.count(Authenticator.Type.WEBAUTHN),
        "has_app": Authenticator.Type.TOTP in types,
    }
    return render(request, "members/accounts/account.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest) -> HttpResponse:
    """Say who one is, and, with consent to it, have it checked."""
    holder = account_of(request)
    if request.method == "POST":
        form = IdentityForm(request.POST)
        tried = refusals.beside(form)
        if form.is_valid():
            with tried:
                person = say_who(request, form)
                messages.success(
                    request,
                    _("Checked: it is you.")
                    if person.verified_at
                    else _("Saved. Your union will look at your document in person."),
                )
                return redirect(safe_next(request) or "members:account")
        status = tried.status
    else:
        status = 200
        known = holder.person
        form = IdentityForm(
            initial={
                "name": known.name if known else "",
                "document_type": known.document_type if known else "",
                "gender": known.gender if known else "",
                "consent": selectors.has_consented(holder, Purpose.IDENTITY_CHECK),
            }
        )
    context = {
        "form": form,
        "person": holder.person,
        "consent_text": consent_texts.current(Purpose.IDENTITY_CHECK).text(language_of()),
        "next": safe_next(request),
    }
    return render(request, "members/accounts/identity.html", context, status=status)


def say_who(request: HttpRequest, form: IdentityForm) -> Person:
    """Check with consent, only record without."""
    holder, now = account_of(request), clock.now()
    answers = {name: form.cleaned_data[name] for name in form.fields if name != "consent"}
    if form.cleaned_data["consent"]:
        services.give_consent(account=holder, purpose=Purpose.IDENTITY_CHECK, now=now)
        return services.confirm_identity(account=holder, answers=answers, now=now)
    services.count_claim(account=holder, answers=answers, now=now)
    return services.identify_person(account=holder, answers=answers, now=now)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    """Ask for the new number and send a code to both."""
    form = PhoneChangeForm(request.POST if request.method == "POST" else None)
    tried = refusals.beside(form)
    if form.is_valid():
        with tried:
            change = services.begin_phone_change(
                account=account_of(request),
                phone=form.cleaned_data["phone"],
                address=address_of(request),
                language=language_of(),
                now=clock.now(),
            )
            request.session[CHANGING] = [str(change.old_code_id), str(change.new_code_id)]
            return redirect("members:phone-codes")
    context = {"form": form, "phone": phones.masked(account_of(request).phone)}
    return render(request, "members/accounts/phone.html", context, status=tried.status)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def phone_codes(request: HttpRequest) -> HttpResponse:
    """Ask for both codes and move."""
    if CHANGING not in request.session:
        return redirect("members:phone")
    old, new = (uuid.UUID(code_id) for code_id in request.session[CHANGING])
    form = PhoneCodesForm(request.POST if request.method == "POST" else None)
    tried = refusals.beside(form)
    if form.is_valid():
        with tried:
            services.change_phone(
                account=account_of(request),
                change=PhoneChange(old_code_id=old, new_code_id=new),
                address=address_of(request),
                now=clock.now(),
                **form.cleaned_data,
            )
            del request.session[CHANGING]
            messages.success(request, _("From now on you sign in with the new number."))
            return redirect("members:account")
    context = {"form": form, "shown_codes": sms.shown_codes()[:2]}
    return render(request, "members/accounts/phone_codes.html", context, status=tried.status)
