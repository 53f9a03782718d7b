"""One way in for everybody: phone, code, inside. An unknown number becomes an account."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, errors, transactions
from niangjia.members.models import Account, CodePurpose, OneTimeCode
from niangjia.members.services.accounts import create_account
from niangjia.members.services.codes import prove_code, send_code


def send_sign_in_code(*, phone: str, address: str, language: str, now: dt.datetime) -> OneTimeCode:
    """Send the code that lets the holder of `phone` in. Raises what `codes.send_code` raises."""
    return send_code(
        phone=phone, purpose=CodePurpose.SIGN_IN, address=address, language=language, now=now
    )


def sign_in(*, code_id: uuid.UUID, code: str, address: str, now: dt.datetime) -> Account:
    """The account of whoever proved `code`, opened now if the number had none.

    Raises what `codes.prove_code` raises, and `Conflict` when the account is suspended.
    """
    proven = prove_code(
        code_id=code_id, purpose=CodePurpose.SIGN_IN, code=code, address=address, now=now
    )
    return let_in(proven, now)


@transactions.atomic
def let_in(proven: OneTimeCode, now: dt.datetime) -> Account:
    """The account of a proven phone. A transaction of its own: whatever comes of it, the code is
    used up."""
    account = Account.objects.by_phone(proven.phone)
    if account is None:
        try:
            return create_account(phone=proven.phone, now=now)
        except errors.Conflict:  # another tab was faster
            account = Account.objects.get(phone_digest=proven.phone_digest)
    if not account.is_active:
        message = _("This account is suspended. Call 12351 and we will sort it out.")
        raise errors.Conflict(message, code="suspended", fields={"code": message})
    if account.phone_verified_at is None:
        account.phone_verified_at = now
        account.save(update_fields=["phone_verified_at"])
    audit.record(action="account.signed_in", by=account.id, subject=f"account:{account.id}")
    return account
