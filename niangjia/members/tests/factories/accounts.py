"""Accounts and persons for tests: valid checksums, numbers from a block nobody is given."""

import datetime as dt
import itertools
from typing import Any

from stdnum.cn import ric

from niangjia.core import clock
from niangjia.members import services
from niangjia.members.models import Account, Person

counter = itertools.count(1000)


def make_identity_number(
    *, division: str = "330782", born: dt.date = dt.date(1990, 1, 1), sequence: int | None = None
) -> str:
    """A resident identity number whose check digit holds; another one each time. From 900 on the
    fake identity service has trouble with them, so those are for tests that ask for one."""
    number = next(counter) % 900 if sequence is None else sequence
    body = f"{division}{born:%Y%m%d}{number:03d}"
    return body + ric.calc_check_digit(body + "0")


def make_phone(number: int | None = None) -> str:
    """A mobile number in E.164; another one each time."""
    return f"+86154{next(counter) if number is None else number:08d}"


def make_account(**fields: Any) -> Account:
    """An account with a proven phone and nothing else, unless given."""
    account = services.create_account(
        phone=fields.pop("phone", None) or make_phone(),
        password=fields.pop("password", None),
        now=fields.pop("now", None) or clock.now(),
    )
    for name, value in fields.items():
        setattr(account, name, value)
    if fields:
        account.save()
    return account


def make_answers(**answers: Any) -> dict[str, Any]:
    """What somebody types about themselves."""
    return {
        "name": "王小明",
        "document_type": "resident_id",
        "identity_number": make_identity_number(born=make_birth_date()),
        **answers,
    }


def make_birth_date() -> dt.date:
    """A birth date of a grown-up; another one each time, so that numbers never repeat."""
    return dt.date(1970, 1, 1) + dt.timedelta(days=next(counter) % 9000)


def make_person(*, account: Account | None = None, verified: bool = True, **answers: Any) -> Person:
    """A person with an account, checked unless told otherwise."""
    now = clock.now()
    person = services.identify_person(
        account=account or make_account(), answers=make_answers(**answers), now=now
    )
    if verified:
        Person.objects.filter(id=person.id).update(verified_at=now)
        person.refresh_from_db()
    return person
