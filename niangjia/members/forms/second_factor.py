"""Asking for a second factor's code: each works once, however many windows send it at once."""

from typing import cast

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from niangjia.core import errors, transactions
from niangjia.members.models import Account
from niangjia.members.services import second_factors


def lock_account(account: Account) -> None:
    """Whoever sends a code of `account` at the same time does so one after the other."""
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)


class OnceOnly:
    """allauth's check, and ours of what was used before, under a lock on the account (promise 14:
    codes work once)."""

    def clean_code(self) -> str:
        """The code, used up."""
        try:
            answer = self.try_code()
        except errors.Conflict as busy:
            raise ValidationError(str(busy.message)) from busy
        if isinstance(answer, ValidationError):
            raise answer
        return answer

    @transactions.atomic
    def try_code(self) -> str | ValidationError:
        """The code, or what is wrong with it: as an answer, so that the count of wrong tries, which
        allauth keeps in the same database, is committed."""
        lock_account(self.user)  # type: ignore[attr-defined]
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError as refusal:
            return refusal
        found = self.authenticator  # type: ignore[attr-defined]
        if found.type == Authenticator.Type.TOTP and not second_factors.use_up(found, code):
            return cast(ValidationError, get_adapter().validation_error("incorrect_code"))
        return code


class AuthenticateForm(OnceOnly, forms.AuthenticateForm):  # type: ignore[misc]
    """When signing in."""


class ReauthenticateForm(OnceOnly, forms.ReauthenticateForm):  # type: ignore[misc]
    """Before something that asks for it anew."""
