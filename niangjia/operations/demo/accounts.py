"""Made-up people, one for each role, and their second factors.

Nobody here exists: numbers beginning with 154 are given to nobody, and the identity numbers, though
their check digits hold, all end a sequence that no office hands out first (001 to 099).
"""

import base64
import datetime as dt
import hashlib

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import encrypt
from stdnum.cn import ric

from niangjia.core import clock
from niangjia.members import services
from niangjia.members.models import Account, Person, Purpose
from niangjia.members.selectors import demo
from niangjia.operations.demo import DemoAccount, Progress

CONSENTS = (Purpose.MEMBERSHIP, Purpose.IDENTITY_CHECK)


def load(*, progress: Progress) -> None:
    """Open each account, say who holds it, check them, and give officers an authenticator."""
    described = demo.described()
    for done, account in enumerate(described, start=1):
        open_account(account, number=done)
        progress(done, len(described))


def open_account(described: demo.DemoAccount, *, number: int) -> Account:
    """One of them; opened once, however often this runs."""
    now = clock.now()
    account = Account.objects.by_phone(described.phone)
    if account is None:
        account = services.create_account(phone=described.phone, now=now)
    for purpose in CONSENTS:
        services.give_consent(account=account, purpose=purpose, now=now)
    answers = {"name": described.name, "identity_number": identity_number(number)}
    person = services.identify_person(account=account, answers=answers, now=now)
    if person.verified_at is None:
        Person.objects.filter(id=person.id).update(verified_at=now)
    if described.officer and not Authenticator.objects.filter(user=account).exists():
        Authenticator.objects.create(
            user=account,
            type=Authenticator.Type.TOTP,
            data={"secret": encrypt(totp_secret(described.key))},
        )
        RecoveryCodes.activate(account)
    return account


def identity_number(number: int) -> str:
    """The made-up identity number of the `number`th person."""
    born = dt.date(1975, 3, 1) + dt.timedelta(days=700 * number)
    body = f"330782{born:%Y%m%d}{number:03d}"
    return body + ric.calc_check_digit(body + "0")


def totp_secret(key: str) -> str:
    """The secret of a demo officer's authenticator: public, and the same on every node."""
    return base64.b32encode(hashlib.sha256(f"demonstration {key}".encode()).digest()[:20]).decode()


def list_accounts() -> list[DemoAccount]:
    """Whom a visitor may be, for the terminal."""
    return [
        DemoAccount(phone=each.phone, name=each.name, role=f"{each.chinese} · {each.english}")
        for each in demo.described()
    ]
