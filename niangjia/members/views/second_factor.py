"""Adding a second factor. Whether one was given: `selectors.second_factor`."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpResponse


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
