"""What allauth asks about second factors."""

from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.members.models import Account
from niangjia.members.rules import phones
from niangjia.members.services import second_factors


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are encrypted under the node's key; names shown on devices say nothing secret."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it was used already. Take the next one."),
    }

    def encrypt(self, text: str) -> str:
        return second_factors.seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        return second_factors.unseal_secret(encrypted_text)

    def get_totp_issuer(self) -> str:
        return gettext("Niangjia")

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return phones.masked(user.phone) if isinstance(user, Account) else str(user)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": gettext("Niangjia")}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, object]:
        label = self.get_totp_label(user)
        return {
            "id": str(user.pk).encode(),
            "display_name": label,
            "name": label,
        }
