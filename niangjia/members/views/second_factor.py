"""Adding second factors. Setting one up proves it, in this session."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from niangjia.members.services import second_factors
from niangjia.members.views.requests import safe_next


def just_proven(request: HttpRequest, factor: str) -> None:
    """Record that the second factor was shown a moment ago, so that it is not asked for again."""
    record_authentication(request, request.user, "mfa", type=factor, reauthenticated=True)


class ActivateTotp(ActivateTOTPView):  # type: ignore[misc]
    """The code that proved the app is used up; the recovery codes come next, then `next`."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        totp = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        second_factors.use_up(totp, form.cleaned_data["code"])
        just_proven(self.request, totp.type)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "next": safe_next(self.request)}

    def get_success_url(self) -> str:
        next_url = safe_next(self.request)
        url = reverse("mfa_view_recovery_codes")
        return f"{url}?{urlencode({'next': next_url})}" if next_url else url


class ViewRecoveryCodes(ViewRecoveryCodesView):  # type: ignore[misc]
    """The codes, and the way on for whoever came here to get somewhere."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "next": safe_next(self.request)}


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """Adding a passkey asked for face, finger or PIN just now: that is the proof."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        just_proven(self.request, Authenticator.Type.WEBAUTHN)
        return response


activate_totp = ActivateTotp.as_view()
view_recovery_codes = ViewRecoveryCodes.as_view()
add_passkey = AddPasskey.as_view()
