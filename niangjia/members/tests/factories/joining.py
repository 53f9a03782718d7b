"""Unions to join, applications and memberships for tests."""

import datetime as dt
from typing import Any

from niangjia.core import clock
from niangjia.members import services
from niangjia.members.models import Account, Application, Membership, Person, Post, Reach, Role
from niangjia.members.rules.applications import Answers
from niangjia.members.tests.factories.accounts import make_account, make_person
from niangjia.organisations.models import Kind, Union
from niangjia.organisations.tests.factories import make_union

#: A Monday morning in China, in a week without holidays.
MONDAY = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)


def make_chain(*, answer_working_days: int = 3) -> tuple[Union, Union, Union, Union]:
    """A province's, a city's and a county's federation, and a grassroots union below them."""
    province = make_union("浙江省总工会", kind=Kind.FEDERATION)
    city = make_union("金华市总工会", kind=Kind.FEDERATION, parent=province)
    county = make_union("义乌市总工会", kind=Kind.FEDERATION, parent=city)
    grassroots = make_union("小商品城工会", parent=county, answer_working_days=answer_working_days)
    return province, city, county, grassroots


def make_officer(
    union: Union, *, role: Role = Role.MEMBERSHIP_OFFICER, reach: Reach = Reach.SUBTREE
) -> Post:
    """A post at `union` that may decide applications."""
    return Post.objects.create(
        account=make_account(), union=union, role=role, reach=reach, appointed_at=clock.now()
    )


def make_applicant() -> Account:
    """An account of a checked person who is a member of nothing."""
    return make_person().account


def make_application(
    *,
    union: Union | None = None,
    account: Account | None = None,
    now: dt.datetime | None = None,
    **answers: Any,
) -> Application:
    """An application that was submitted and waits for an answer."""
    return services.submit_application(
        account=account or make_applicant(),
        union=union or make_union(),
        answers=Answers(**{"employer_name": "义乌某某服饰有限公司", "job": "缝纫工", **answers}),
        now=now or clock.now(),
    )


def make_membership(
    *, union: Union | None = None, person: Person | None = None, now: dt.datetime | None = None
) -> Membership:
    """A member, admitted by the services."""
    return services.place_member(
        person=person or make_person(),
        union=union or make_union(),
        employer_name="义乌某某服饰有限公司",
        job="缝纫工",
        by_account_id=None,
        now=now or clock.now(),
    )
