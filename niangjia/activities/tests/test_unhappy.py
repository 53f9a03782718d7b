"""What goes wrong on the way: drafts thrown away, runs called off or moved, mistyped texts."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from niangjia.activities import services
from niangjia.activities.models import Activity, SignUp
from niangjia.activities.rules.answers import Answers, Brought
from niangjia.activities.services import sweeping, telling
from niangjia.activities.services.deciding import decide_sign_up
from niangjia.activities.tests.factories import (
    DAY,
    join,
    make_activity,
    make_draft,
    make_meeting,
    make_organiser,
    make_worker,
    run_of,
    session_of,
)
from niangjia.allocation.models import ClaimState
from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, TooLate
from niangjia.core.outbox import deliver_pending
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import officer_client, signed_in
from niangjia.organisations import services as organisations
from niangjia.organisations.models import WorkerKind

pytestmark = pytest.mark.django_db


def told(account):
    """What somebody was told: kind and facts, in order."""
    found = Notice.objects.filter(account=account).order_by("id")
    return [(each.kind, each.facts) for each in found]


def tell_all():
    while telling.go_on(now=clock.now()):
        pass


@pytest.mark.parametrize("times", [(None, -2), (5, None), (None, None)])
def test_a_draft_that_is_thrown_away_was_never_published_and_stays_hidden(times):
    now = clock.now()
    opens_at, closes_at = (now + DAY * each if each else None for each in times)
    long_ago = make_meeting(starts_at=now - DAY, ends_at=now - DAY / 2)
    draft = make_draft(opens_at=opens_at, closes_at=closes_at, meeting=long_ago)
    services.cancel_activity(by=None, activity=draft, reason="重新安排", now=now)
    draft.refresh_from_db()
    assert (draft.published_at, draft.cancelled_at) == (None, now)
    for path in (
        reverse("activities:activity", args=[draft.number]),
        f"/api/v1/activities/{draft.number}",
        reverse("activities:run", args=[run_of(draft).pk]),
    ):
        assert Client().get(path).status_code == 404
    mine = signed_in(make_worker())
    assert mine.get(reverse("activities:sign_up", args=[draft.number])).status_code == 404


def test_once_a_run_is_called_off_the_activity_begins_with_the_next_one():
    now = clock.now()
    draft = make_draft(meeting=make_meeting(now, starts_at=now + 3 * DAY, ends_at=now + 4 * DAY))
    later = make_meeting(now, starts_at=now + 9 * DAY, ends_at=now + 10 * DAY)
    services.add_run(by=None, activity=draft, seats=3, meeting=later, now=now)
    activity = services.publish_activity(by=None, activity=draft, now=now)
    services.cancel_run(by=None, run=run_of(activity), reason="场地维修", now=now)
    activity.refresh_from_db()
    assert activity.starts_at == later.starts_at


def test_nobody_signs_up_for_what_was_moved_forward_and_is_over():
    now = clock.now()
    activity = make_activity(now=now)
    sooner = make_meeting(starts_at=now + DAY / 24, ends_at=now + DAY / 12)
    services.move_session(by=None, session=session_of(activity), meeting=sooner, now=now)
    with pytest.raises(TooLate):
        join(activity, now=now + DAY)


def test_what_was_moved_to_later_offers_seats_until_then_and_reminds_again():
    now = clock.now()
    soon = make_meeting(starts_at=now + DAY / 4, ends_at=now + DAY / 3)
    activity = make_activity(now=now, seats=1, meeting=soon, closes_at=now + DAY / 5)
    first, second = join(activity), join(activity)
    sweeping.remind(now=now)
    begun = now + DAY / 4 + dt.timedelta(minutes=1)
    later = make_meeting(starts_at=now + 7 * DAY, ends_at=now + 8 * DAY)
    services.move_session(by=None, session=session_of(activity), meeting=later, now=begun)
    services.return_seat(by=first.account, sign_up_id=str(first.pk), now=now + DAY)
    assert SignUp.objects.get(pk=second.pk).claim.state == ClaimState.OFFERED
    assert sweeping.remind(now=now + 6.5 * DAY) == 1


def test_the_link_is_told_to_nobody_and_only_whoever_has_a_seat_is_reminded():
    now, link = clock.now(), "https://meeting.example.cn/secret"
    online = make_meeting(place="", link=link, longitude=None, latitude=None)
    activity = make_activity(seats=1, meeting=online)
    seated, waiting = join(activity), join(activity)
    soon = make_meeting(
        place="",
        link=link,
        starts_at=now + DAY / 2,
        ends_at=now + DAY,
        longitude=None,
        latitude=None,
    )
    services.move_session(by=None, session=session_of(activity), meeting=soon, now=now)
    sweeping.remind(now=now)
    tell_all()
    kinds = [kind for kind, _facts in told(seated.account)]
    assert kinds == ["activity.moved-online", "activity.reminder-online"]
    assert [kind for kind, _facts in told(waiting.account)] == ["activity.moved-online"]
    assert link not in json.dumps([facts for _kind, facts in told(waiting.account)])


def test_there_is_nobody_to_write_to_before_it_is_published_and_once_it_is_called_off():
    activity = make_activity()
    services.cancel_activity(by=None, activity=activity, reason="暴雨", now=clock.now())
    for each in (make_draft(), activity):
        with pytest.raises(Conflict):
            services.send_message(by=None, run=run_of(each), words="带水杯", now=clock.now())


def test_whoever_is_in_already_does_not_give_the_seat_back():
    now = clock.now()
    soon = make_meeting(starts_at=now + DAY / 24, ends_at=now + DAY / 12)
    activity = make_activity(meeting=soon, closes_at=now + DAY / 24)
    came = join(activity)
    services.attend(by=None, sign_up=came, session=session_of(activity), now=now)
    with pytest.raises(TooLate):
        services.return_seat(by=came.account, sign_up_id=str(came.pk), now=now)


def test_once_it_is_over_nobody_loses_the_seat_they_had():
    activity = make_activity()
    came, by = join(activity), make_organiser(activity.union)
    over = run_of(activity).ends_at
    refused = {"by": by, "sign_up": came, "is_granted": False, "reason": "名额已满"}
    with pytest.raises(Conflict) as late:
        decide_sign_up(now=over, **refused)
    assert late.value.code == "over"
    decide_sign_up(now=over - DAY / 24, **refused)
    assert SignUp.objects.get(pk=came.pk).claim.state == ClaimState.REFUSED


def test_the_activities_of_a_dissolved_union_are_called_off_and_say_why():
    activity = make_activity()
    seated = join(activity)
    organisations.dissolve_union(union_id=activity.union_id, by=None, now=clock.now())
    deliver_pending()
    activity.refresh_from_db()
    assert activity.state == "cancelled"
    [(kind, facts)] = told(seated.account)
    assert (kind, facts["reason"]) == ("activity.cancelled", activity.cancel_reason)


def test_a_mistake_in_the_second_row_is_shown_beside_the_second_row():
    activity = make_activity(companions_max=3, asks_identity=True)
    client = signed_in(make_worker())
    sent = {"name": "王小明", "companion_name_2": "王小小", "companion_identity_2": "123"}
    wrong = client.post(reverse("activities:sign_up", args=[activity.number]), sent)
    form = wrong.context["form"]
    assert (wrong.status_code, list(form.errors)) == (422, ["companion_identity_2"])
    with pytest.raises(Invalid) as refused:
        services.sign_up(
            by=make_worker(),
            run_id=run_of(activity).pk,
            answers=Answers("王小明", companions=(Brought("王小小", "123"),)),
            now=clock.now(),
        )
    assert list(refused.value.fields) == ["companion_identity_1"]


def test_words_of_what_is_published_change_by_the_form_whatever_its_seconds_are():
    now = clock.now().replace(second=31, microsecond=5)
    activity = make_activity(opens_at=now - DAY, worker_kinds=tuple(WorkerKind.values[1::-1]))
    desk = officer_client(make_organiser(activity.union))
    there = reverse("activities:change", args=[activity.number])
    form = desk.get(there).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    for name in ("opens_at", "closes_at"):
        sent[name] = f"{localtime(getattr(activity, name)):%Y-%m-%dT%H:%M}"
    sent = {name: value for name, value in sent.items() if value is not None and value is not False}
    answer = desk.post(there, sent | {"summary": "换一句话"})
    assert answer.status_code == 302, answer.context["form"].errors
    before = activity.opens_at
    activity.refresh_from_db()
    assert (activity.summary, activity.opens_at) == ("换一句话", before)


LONG = "长" * 110


@pytest.mark.parametrize(
    "wrong",
    [
        {"phone": LONG},
        {"health_words": LONG * 4},
        {"meeting": {"name": LONG}},
        {"meeting": {"place": LONG}},
        {"meeting": {"link": "https://["}},
        {"meeting": {"link": "https://"}},
        {"meeting": {"ends_at": "9999-12-31T20:00:00Z", "starts_at": "9999-12-31T18:00:00Z"}},
        {"opens_at": "0001-01-01T00:00:00Z"},
        {"closes_at": "9999-12-31T20:00:00Z"},
    ],
)
def test_what_is_too_long_or_too_far_is_said_beside_its_field(wrong):
    post = make_organiser(make_activity().union)
    desk, now = officer_client(post), clock.now()
    meeting = {"starts_at": now + 2 * DAY, "ends_at": now + 2.1 * DAY, "place": "体育馆"}
    plan = {"kind": "sport", "name": "羽毛球赛", "summary": "双打。", "seats": 2}
    body = plan | wrong | {"meeting": meeting | wrong.get("meeting", {})}
    content = json.dumps(body, default=str)
    answer = desk.post("/api/v1/desk/activities", content, content_type="application/json")
    named = wrong.get("meeting", wrong)
    assert answer.status_code == 422
    assert {each["field"] for each in answer.json()["errors"]} <= set(named)
    assert Activity.objects.count() == 1


def test_who_came_is_counted_in_people():
    now = clock.now()
    soon = make_meeting(starts_at=now + DAY / 24, ends_at=now + DAY / 12)
    activity = make_activity(meeting=soon, companions_max=3, closes_at=now + DAY / 24)
    family = join(activity, companions=2)
    services.attend(by=None, sign_up=family, session=session_of(activity), now=now)
    desk = officer_client(make_organiser(activity.union))
    shown = desk.get(reverse("activities:coming", args=[run_of(activity).pk]))
    assert shown.context["came"] == 3
