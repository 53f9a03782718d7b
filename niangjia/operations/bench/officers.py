"""An officer with a full inbox, signed in with two factors."""

from allauth.account.internal.flows import login
from django.db import transaction
from django.test import Client
from django.urls import reverse
from stdnum.cn import ric

from niangjia.core import clock
from niangjia.members import services
from niangjia.members.models import Account, Person, Post, Purpose, Reach, Role
from niangjia.members.rules.applications import Answers
from niangjia.organisations.models import Kind, Union

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WAITING = 300
OFFICER_PHONE = "+8615499999999"


@transaction.atomic
def officer() -> Account:
    """The membership officer of 金华市's federation, with `WAITING` applications below it; made on
    first use, through the services."""
    account = Account.objects.by_phone(OFFICER_PHONE)
    if account is not None:
        return account
    now = clock.now()
    city = Union.objects.get(kind=Kind.FEDERATION, division_id="330700")
    account = services.create_account(phone=OFFICER_PHONE, now=now)
    services.appoint_post(
        by=None,
        account=account,
        union=city,
        role=Role.MEMBERSHIP_OFFICER,
        reach=Reach.SUBTREE,
        now=now,
    )
    below = list(Union.objects.filter(path__startswith=city.path, kind=Kind.GRASSROOTS)[:WAITING])
    for number in range(WAITING):
        services.submit_application(
            account=worker(number),
            union=below[number % len(below)],
            answers=Answers(employer_name="义乌某某服饰有限公司", job="缝纫工"),
            now=now,
        )
    return account


def worker(number: int) -> Account:
    """Somebody who may apply."""
    now = clock.now()
    account = services.create_account(phone=f"+86154{number:08d}", now=now)
    for purpose in (Purpose.MEMBERSHIP, Purpose.IDENTITY_CHECK):
        services.give_consent(account=account, purpose=purpose, now=now)
    body = f"33078219{60 + number // 100:02d}0101{number % 1000:03d}"
    identity_number = body + ric.calc_check_digit(body + "0")
    answers = {"name": "陈小雨", "identity_number": identity_number}
    person = services.identify_person(account=account, answers=answers, now=now)
    Person.objects.filter(id=person.id).update(verified_at=now)
    return account


def session_cookie(account: Account) -> str:
    """The cookies of a browser in which both factors were given and the desk is open."""
    client = Client()
    client.force_login(account, backend=BACKEND)
    session = client.session
    at = clock.now().timestamp()
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "code", "at": at},
        {"method": "mfa", "type": "totp", "at": at},
    ]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(account.pk)
    post = Post.objects.get(account=account)
    assert post.ended_at is None  # noqa: S101 - without a post the desk would answer 404
    session.save()
    # A browser that has seen a form also carries the token against forged requests.
    client.get(reverse("members:desk"), headers={"host": "localhost"})
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in client.cookies.values())
