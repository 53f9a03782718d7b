"""A new phone number, with a code to both: neither a found phone nor a typing error moves one."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, errors, transactions
from niangjia.core.crypto import digest
from niangjia.members.models import Account, CodePurpose, OneTimeCode, Person
from niangjia.members.rules import phones
from niangjia.members.services.codes import prove_code, send_code


@dataclass(frozen=True)
class PhoneChange:
    """The two codes on their way."""

    old_code_id: uuid.UUID
    new_code_id: uuid.UUID


def begin_phone_change(
    *, account: Account, phone: str, address: str, language: str, now: dt.datetime
) -> PhoneChange:
    """Send a code to the account's number and one to `phone`.

    Whether `phone` has an account already is not said here: only its holder learns that, at the
    end. Raises `Invalid` for what is no phone or is the same, and what `send_code` raises.
    """
    number = phones.normalised(phone)
    if number == account.phone:
        message = _("This is the number you have now.")
        raise errors.Invalid(message, code="same-phone", fields={"phone": message})
    sent = [
        send_code(
            phone=to, purpose=purpose, account=account, address=address, language=language, now=now
        )
        for purpose, to in (
            (CodePurpose.OLD_PHONE, account.phone),
            (CodePurpose.NEW_PHONE, number),
        )
    ]
    return PhoneChange(old_code_id=sent[0].id, new_code_id=sent[1].id)


def change_phone(
    *,
    account: Account,
    change: PhoneChange,
    old_code: str,
    new_code: str,
    address: str,
    now: dt.datetime,
) -> Account:
    """Move `account` to the number that `change` was begun with.

    Raises what `prove_code` raises, on the fields "old_code" and "new_code", and `Conflict` when
    the new number has an account of its own. A code that was right stays proven for its five
    minutes, so that a slip in the other one costs nothing.
    """
    new = proven(account, change.new_code_id, CodePurpose.NEW_PHONE, new_code, address, now)
    proven(account, change.old_code_id, CodePurpose.OLD_PHONE, old_code, address, now)
    return move(account, change, new.phone, now)


@transactions.atomic
def move(account: Account, change: PhoneChange, phone: str, now: dt.datetime) -> Account:
    """Both codes are proven: the number is another from now on."""
    account = Account.objects.select_for_update().get(id=account.id)
    account.phone, account.phone_digest = phone, digest("phone", phone)
    account.phone_verified_at = now
    try:
        account.save(update_fields=["phone", "phone_digest", "phone_verified_at"])
    except IntegrityError:
        message = _("The new number already has an account. Sign in with it, or delete it first.")
        raise errors.Conflict(message, code="phone-in-use", fields={"new_code": message}) from None
    person = Person.objects.filter(account=account).first()
    if person:
        person.phone, person.phone_digest = account.phone, account.phone_digest
        person.save(update_fields=["phone", "phone_digest"])
    audit.record(
        action="account.phone_changed",
        by=account.id,
        subject=f"account:{account.id}",
        person_id=account.person_id,
    )
    OneTimeCode.objects.filter(id__in=[change.old_code_id, change.new_code_id]).delete()
    return account


def proven(
    account: Account,
    code_id: uuid.UUID,
    purpose: CodePurpose,
    code: str,
    address: str,
    now: dt.datetime,
) -> OneTimeCode:
    """One of the two codes, used up now or a moment ago in the same change."""
    already = OneTimeCode.objects.filter(
        id=code_id, purpose=purpose, account=account, used_at__isnull=False, expires_at__gt=now
    ).first()
    if already:
        return already
    try:
        return prove_code(code_id=code_id, purpose=purpose, code=code, address=address, now=now)
    except errors.DomainError as refusal:
        field = "new_code" if purpose == CodePurpose.NEW_PHONE else "old_code"
        refusal.fields = {field: refusal.message}
        raise
