"""Second factors: whether one was shown, and adding them."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpRequest, HttpResponse

from niangjia.members.models import Account


def second_factor_passed(request: HttpRequest) -> bool:
    """Whether this session proved a second factor: a code from an app, a recovery code, or a
    passkey (which asks for face, finger or PIN). Promise 14."""
    if not isinstance(request.user, Account):
        return False
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def has_second_factor(account: Account) -> bool:
    """Whether one is set up, so that the officer can be asked for it rather than to enrol."""
    types = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=account, type__in=types).exists())


class ActivateTotp(ActivateTOTPView):  # type: ignore[misc]
    """Setting one up proves it, in this session; the code that proved it is used up."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        totp = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        TOTP(totp).validate_code(form.cleaned_data["code"])
        record_authentication(self.request, self.request.user, "mfa", id=totp.pk, type=totp.type)
        return response


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """Adding a passkey asked for face, finger or PIN just now: that is the proof."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="webauthn")
        return response


activate_totp = ActivateTotp.as_view()
add_passkey = AddPasskey.as_view()
