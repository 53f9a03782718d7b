"""The page Mine: what every room has for one person, what waits for them first."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate

from niangjia.activities import services as activities
from niangjia.activities.tests.factories import join, make_activity
from niangjia.benefits.tests.factories import make_benefit, make_coupon
from niangjia.cases import services as cases
from niangjia.cases.models import Case, State
from niangjia.cases.selectors.mine import how_far
from niangjia.cases.tests.factories import AID, make_case, make_officer, publish
from niangjia.core import clock
from niangjia.feedback.tests.factories import invite, make_office
from niangjia.members.tests.factories.desk import make_post, signed_in
from niangjia.members.tests.factories.joining import make_membership

pytestmark = pytest.mark.django_db

#: The frame's and the membership's 9; one each of activities, benefits, cases, places and
#: ratings; four to say who looks at cases and at ratings, and that nobody does any more: what one
#: keeps stands between them.
QUERIES = 11


@pytest.fixture
def served():
    """A member for whom something waits in every room, and what they are to see."""
    office = make_office()
    union = office.union
    publish(AID)
    member = make_membership(union=union).person
    case = make_case(union=union, account=member.account)
    cases.take_step(
        by=make_officer(union),
        case_id=case.pk,
        step="check",
        outcome="incomplete",
        words="请补交最近三个月的工资条或者劳动合同",
        now=clock.now(),
    )
    invitation = invite(office, person=member).invitation
    activity = make_activity(seats=1)
    first, kept = join(activity), join(activity, member.account)
    activities.return_seat(by=first.account, sign_up_id=str(first.pk), now=clock.now())
    ending = make_benefit(make_post(union=union), valid_until=clock.now() + dt.timedelta(days=2))
    coupon = make_coupon(ending, member.account)
    return member.account, {
        reverse("cases:own_case", args=[case.number]): "轮到你",
        reverse("feedback:rate_mine", args=[invitation.pk]): "办得怎么样",
        reverse("activities:ticket", args=[kept.pk]): "给你留着一个名额",
        reverse("benefits:coupon", args=[coupon.number]): "前用掉",
    }


def test_what_waits_in_any_room_stands_first_and_leads_there(served, django_assert_num_queries):
    account, expected = served
    client = signed_in(account)
    client.get("/mine/")
    with django_assert_num_queries(QUERIES):
        text = client.get("/mine/").content.decode()
    waiting = text[text.index("等你来办") : text.index("我在工会")]
    for url, words in expected.items():
        assert f'href="{url}"' in waiting
        assert words in waiting
    for url in ("cases:mine", "feedback:mine", "activities:mine", "benefits:mine"):
        assert f'href="{reverse(url)}"' in text[text.index("我在工会") :]
    told = client.get("/api/v1/me/overview").json()["items"]
    assert {each["url"] for each in told if each["waits"]} == set(expected)


def test_of_what_waits_for_another_nothing_is_seen(served):
    _account, expected = served
    text = signed_in(make_membership().person.account).get("/mine/").content.decode()
    assert "等你来办" not in text
    assert not [url for url in expected if url in text]


def test_a_late_case_is_told_and_no_day_that_has_gone_by():
    now = clock.now()
    late, soon = (
        Case(state=State.OPEN, next_due_at=now + dt.timedelta(days=days)) for days in (-3, 3)
    )
    day = date_format(localdate(soon.next_due_at))
    assert "1 件过了答复期限" in how_far([late, soon], now)
    assert day in how_far([soon], now)
