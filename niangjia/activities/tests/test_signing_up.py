"""Asking for a seat, waiting for one, giving it up: what everybody gets, and who gets nothing."""

import datetime as dt
from dataclasses import replace

import pytest

from niangjia.activities import services
from niangjia.activities.models import Activity, Companion, SignUp
from niangjia.activities.rules.answers import Answers, Brought
from niangjia.activities.selectors.planning import plan_of
from niangjia.activities.tests.factories import (
    CHILD,
    DAY,
    join,
    make_activity,
    make_draft,
    make_worker,
    run_of,
)
from niangjia.allocation.models import ClaimState, Stock
from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, NotFound, TooLate
from niangjia.core.outbox import deliver_pending
from niangjia.members.models import Notice
from niangjia.members.tests.factories.joining import make_chain, make_membership

pytestmark = pytest.mark.django_db


def state(sign_up):
    return SignUp.objects.select_related("claim").get(pk=sign_up.pk).claim.state


def taken(activity):
    return Stock.objects.get(pool__in=activity.runs.values("pool")).taken


def kinds(sign_up):
    return list(Notice.objects.filter(account=sign_up.account).values_list("kind", flat=True))


def test_a_seat_is_given_at_once_and_twice_is_once():
    activity, account = make_activity(), make_worker()
    made = join(activity, account)
    assert state(made) == ClaimState.CONFIRMED
    assert made.told == {"name": "王小明"}
    assert join(activity, account) == made
    assert taken(activity) == 1
    deliver_pending()
    assert kinds(made) == []


def test_a_family_comes_together_or_not_at_all():
    activity = make_activity(seats=4, companions_max=3, asks_identity=True, has_waiting_list=False)
    family = join(activity, companions=2)
    assert (taken(activity), family.companions.count()) == (3, 2)
    assert family.companions.first().identity_number == CHILD
    with pytest.raises(Conflict) as refused:
        join(activity, companions=1)
    assert (refused.value.code, taken(activity)) == ("sold-out", 3)
    with pytest.raises(Invalid) as refused:
        join(activity, companions=4)
    assert "companions" in refused.value.fields
    assert Companion.objects.count() == 2


def test_only_what_is_asked_is_kept_and_what_is_asked_must_be_said():
    strict = make_activity(asks_emergency=True, health_words="能步行五公里。")
    with pytest.raises(Invalid) as refused:
        join(strict, emergency_phone="12")
    assert set(refused.value.fields) == {"emergency_name", "emergency_phone", "declares_health"}
    said = {"emergency_name": "李芳", "emergency_phone": "138 0000 1111", "declares_health": True}
    told = join(strict, **said)
    assert told.told["emergency_phone"] == "+8613800001111"
    assert told.declared_at is not None
    free = join(make_activity(), **said)
    assert (free.told, free.declared_at) == ({"name": "王小明"}, None)


def test_the_next_in_line_is_offered_what_comes_free_and_told():
    activity = make_activity(seats=1)
    first, second = join(activity), join(activity)
    assert state(second) == ClaimState.WAITING
    services.return_seat(by=first.account, sign_up_id=str(first.pk), now=clock.now())
    assert (state(first), state(second)) == (ClaimState.RETURNED, ClaimState.OFFERED)
    deliver_pending()
    assert kinds(second) == ["activity.offered"]
    services.confirm_seat(by=second.account, sign_up_id=str(second.pk), now=clock.now())
    assert state(second) == ClaimState.CONFIRMED
    again = join(activity, first.account)
    assert (again != first, state(again)) == (True, ClaimState.WAITING)


def test_before_it_opens_after_it_closes_and_once_it_has_begun():
    now = clock.now()
    later = make_activity(opens_at=now + DAY)
    with pytest.raises(Conflict) as refused:
        join(later)
    assert refused.value.code == "not-open"
    activity = make_activity()
    with pytest.raises(TooLate):
        join(activity, now=now + 2 * DAY + dt.timedelta(minutes=1))
    made = join(activity)
    with pytest.raises(TooLate):
        services.return_seat(
            by=made.account, sign_up_id=str(made.pk), now=now + 3 * DAY + dt.timedelta(minutes=1)
        )


def test_a_draft_is_nobodys_and_what_is_for_members_is_theirs():
    _province, _city, county, union = make_chain()
    with pytest.raises(NotFound):
        join(make_draft())
    hidden = make_activity(union, seen_by=county, open_to=county)
    member = make_membership(union=union).person.account
    stranger = make_membership().person.account
    assert state(join(hidden, member)) == ClaimState.CONFIRMED
    for account in (stranger, make_worker()):
        with pytest.raises(NotFound):
            join(hidden, account)
    seen = make_activity(union, open_to=union)
    with pytest.raises(Conflict) as refused:
        join(seen, stranger)
    assert refused.value.code == "out-of-reach"


def test_somebody_elses_sign_up_is_not_there():
    made = join(make_activity())
    for service in (services.return_seat, services.confirm_seat):
        with pytest.raises(NotFound):
            service(by=make_worker(), sign_up_id=str(made.pk), now=clock.now())
        with pytest.raises(NotFound):
            service(by=made.account, sign_up_id="nonsense", now=clock.now())


def test_each_run_has_seats_of_its_own():
    draft = make_draft(seats=1)
    from niangjia.activities.tests.factories import make_meeting

    other = services.add_run(
        by=None,
        activity=draft,
        seats=1,
        name="下午场",
        meeting=make_meeting(place="江滨公园北门"),
        now=clock.now(),
    )
    activity = services.publish_activity(by=None, activity=draft, now=clock.now())
    account = make_worker()
    assert state(join(activity, account)) == ClaimState.CONFIRMED
    assert state(join(activity, account, run=other)) == ClaimState.CONFIRMED
    assert state(join(activity, run=run_of(activity))) == ClaimState.WAITING


def join_with(activity, brought):
    return services.sign_up(
        by=make_worker(),
        run_id=run_of(activity).pk,
        answers=Answers(name="王小明", companions=brought),
        now=clock.now(),
    )


def test_whoever_is_brought_is_of_the_age_that_it_is_for():
    limits = {"age_min": 6, "age_max": 70, "companions_max": 3}
    activity = make_activity(**limits)
    brought = tuple(Brought(f"家人{age}", age=age) for age in (5, 71, None))
    with pytest.raises(Invalid) as refused:
        join_with(activity, brought)
    assert {name: str(words) for name, words in refused.value.fields.items()} == {
        "companion_age_1": "参加的人都要满 6 周岁。",
        "companion_age_2": "参加的人都不能超过 70 周岁。",
        "companion_age_3": "请填写周岁年龄：这个活动有年龄限制。",
    }
    made = join_with(activity, (Brought("孩子", age=6),))
    assert made.companions.get().told == {"age": 6}


def test_an_identity_number_says_the_age_and_nobody_asks_for_it():
    strict = make_activity(age_min=18, companions_max=1, asks_identity=True)
    with pytest.raises(Invalid) as refused:
        join_with(strict, (Brought("孩子", CHILD),))
    assert set(refused.value.fields) == {"companion_identity_1"}
    free = make_activity(age_max=70, companions_max=1, asks_identity=True)
    assert join_with(free, (Brought("孩子", CHILD),)).companions.get().told == {}


def test_where_identity_numbers_are_asked_every_name_is_checked():
    with pytest.raises(Invalid) as refused:
        make_draft(asks_identity=True, needs_real_name=False)
    assert set(refused.value.fields) == {"needs_real_name"}
    asked = make_activity(asks_identity=True)
    Activity.objects.update(needs_real_name=False)
    asked.refresh_from_db()
    renamed = replace(plan_of(asked), name="健步走")
    assert services.change_activity(by=None, activity=asked, plan=renamed).name == "健步走"
