"""Sending one-time codes and proving them."""

import datetime as dt
import hmac
import secrets
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.core import errors, transactions
from niangjia.core.crypto import digest
from niangjia.members.clients import sms
from niangjia.members.models import Account, CodePurpose, OneTimeCode
from niangjia.members.rules import phones, throttles
from niangjia.members.services import throttles as counting

VALID_MINUTES = 5
TRIES = 5


def send_code(
    *,
    phone: str,
    purpose: CodePurpose,
    address: str,
    language: str,
    now: dt.datetime,
    account: Account | None = None,
) -> OneTimeCode:
    """Send a code of six digits to `phone`; it holds for five minutes and works once.

    `address` is the network address that asked. Whether the phone has an account is not looked up,
    so nothing here can tell (promise 15). Raises `Invalid` for what is no phone, `Throttled`,
    `Unavailable` when no text message can be sent (the try is then not counted).
    """
    number = phones.normalised(phone)
    code = f"{secrets.randbelow(1_000_000):06d}"
    sent = OneTimeCode(
        purpose=purpose,
        account=account,
        phone=number,
        phone_digest=digest("phone", number),
        created_at=now,
        expires_at=now + dt.timedelta(minutes=VALID_MINUTES),
        tries_left=TRIES,
        id=uuid.uuid4(),  # known before the row is, because the digest is bound to it
    )
    sent.code_digest = code_digest(sent.id, code)
    keep_code(sent, address, now)
    # After the commit, so that no lock waits for the gateway, and no second try sends twice.
    try:
        sms.client().send(phone=number, template=purpose, code=code, language=language)
    except errors.Unavailable:
        take_back(sent, address, now)
        raise
    return sent


@transactions.atomic
def keep_code(sent: OneTimeCode, address: str, now: dt.datetime) -> None:
    """Count the sending and keep what will be sent. Raises `Throttled`."""
    counting.take("code:address", address, throttles.CODES_PER_ADDRESS, now=now)
    counting.take("code:phone", sent.phone, throttles.CODES_PER_PHONE, now=now)
    sent.save(force_insert=True)


@transactions.atomic
def take_back(sent: OneTimeCode, address: str, now: dt.datetime) -> None:
    """The code could not be sent: it was never there, and the try does not count."""
    OneTimeCode.objects.filter(id=sent.id).delete()
    counting.give_back("code:address", address, now=now)
    counting.give_back("code:phone", sent.phone, now=now)


def prove_code(
    *, code_id: uuid.UUID, purpose: CodePurpose, code: str, address: str, now: dt.datetime
) -> OneTimeCode:
    """Use up the code that was sent as `code_id`.

    Raises `Invalid` for a wrong one (counted), `TooLate` when it has expired, was used or was
    wrong too often, `Throttled` when this phone or address guessed too much.
    """
    tried = try_code(code_id, purpose, code, address, now)
    if tried.used_at:
        return tried
    if tried.tries_left == 0:
        raise too_late()
    message = _("This code is not the one we sent. Check the newest message.")
    raise errors.Invalid(message, code="wrong-code", fields={"code": message})


@transactions.atomic
def try_code(
    code_id: uuid.UUID, purpose: CodePurpose, code: str, address: str, now: dt.datetime
) -> OneTimeCode:
    """What was sent, used up now if `code` is right; else a try is counted. A wrong code is no
    exception here, so that its count is committed."""
    sent = OneTimeCode.objects.select_for_update().filter(id=code_id, purpose=purpose).first()
    if sent is None or sent.used_at or sent.tries_left == 0 or now >= sent.expires_at:
        raise too_late()
    counting.check("guess:address", address, throttles.WRONG_CODES_PER_ADDRESS, now=now)
    counting.check("guess:phone", sent.phone, throttles.WRONG_CODES_PER_PHONE, now=now)
    if hmac.compare_digest(bytes(sent.code_digest), code_digest(sent.id, code)):
        sent.used_at = now
        sent.save(update_fields=["used_at"])
        return sent
    sent.tries_left -= 1
    sent.save(update_fields=["tries_left"])
    counting.take("guess:phone", sent.phone, throttles.WRONG_CODES_PER_PHONE, now=now)
    counting.take("guess:address", address, throttles.WRONG_CODES_PER_ADDRESS, now=now)
    return sent


def code_digest(code_id: uuid.UUID, code: str) -> bytes:
    """What is kept of a code: worthless without the digest key, different for every sending."""
    digits = "".join(character for character in code if not character.isspace())
    return digest("one-time-code", f"{code_id}:{digits}")


def too_late() -> errors.TooLate:
    """The code can no longer be used; a new one is one press away."""
    message = _("This code is no longer valid. Have a new one sent.")
    return errors.TooLate(message, code="code-expired", fields={"code": message})
