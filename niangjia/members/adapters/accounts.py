"""What allauth asks about accounts: they are known by a phone, never by a mail address."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import get_language

from niangjia.core import clock, errors
from niangjia.members.clients import sms
from niangjia.members.forms.fields import PhoneField
from niangjia.members.models import Account, CodePurpose
from niangjia.members.rules import phones


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in itself is ours (`services.sign_in`); what follows it, the second factor, sessions and
    passwords, is allauth's, through these hooks."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: proving a code opens an account."""
        return False

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        return PhoneField(**kwargs)

    def clean_phone(self, phone: str) -> str:
        try:
            return phones.normalised(phone)
        except errors.Invalid as refusal:
            raise forms.ValidationError(str(refusal.message), code=refusal.code) from None

    def set_phone(self, user: AbstractBaseUser, phone: str, verified: bool) -> None:
        """Phones change by `services.change_phone` only, with a code to both numbers."""
        raise NotImplementedError

    def get_phone(self, user: AbstractBaseUser) -> tuple[str, bool] | None:
        if not isinstance(user, Account):
            return None
        return user.phone, user.phone_verified_at is not None

    def set_phone_verified(self, user: AbstractBaseUser, phone: str) -> None:
        Account.objects.filter(pk=user.pk).update(phone_verified_at=clock.now())

    def get_user_by_phone(self, phone: str) -> Account | None:
        return Account.objects.by_phone(phone)

    def send_verification_code_sms(
        self, user: AbstractBaseUser, phone: str, code: str, **kwargs: Any
    ) -> None:
        sms.client().send(
            phone=phone,
            template=CodePurpose.SIGN_IN,
            code=code,
            language=get_language() or "zh-hans",
        )

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """There is no mail address to send to; the sessions page shows what happened."""
