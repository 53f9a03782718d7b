"""Rain, another hall, reminders, ratings: everybody hears once what concerns them, nobody twice."""

import datetime as dt
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from niangjia.activities import services
from niangjia.activities.models import Activity, Attendance, SignUp, State, Telling
from niangjia.activities.selectors.own_figures import METRICS, own_figures
from niangjia.activities.services import sweeping, telling
from niangjia.activities.services.exporting import export_insurance
from niangjia.activities.tests.factories import (
    CHILD,
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
from niangjia.core.errors import Conflict, Invalid
from niangjia.core.models import AuditEntry
from niangjia.core.outbox import deliver_pending
from niangjia.feedback.models import Invitation
from niangjia.members.models import Notice
from niangjia.organisations import services as organisations

pytestmark = pytest.mark.django_db
RAIN = "预报有暴雨，安全第一"


def kinds(sign_up):
    found = Notice.objects.filter(account=sign_up.account).order_by("id")
    return list(found.values_list("kind", flat=True))


def tell_all():
    while telling.go_on(now=clock.now()):
        pass


def test_news_that_cannot_be_told_holds_no_other_back():
    activity = make_activity()
    sign_up = join(activity)
    for words in ("请带水。", "请早到。"):
        services.send_message(by=None, run=run_of(activity), words=words, now=clock.now())
    Telling.objects.filter(facts__words="请带水。").update(news="unheard")
    tell_all()
    told = Notice.objects.filter(account=sign_up.account, kind="activity.message")
    assert [notice.facts["words"] for notice in told] == ["请早到。"]


def test_called_off_everybody_is_told_why_and_nobody_has_a_seat():
    activity = make_activity(seats=1)
    seated, waiting = join(activity), join(activity)
    with pytest.raises(Invalid):
        services.cancel_activity(by=None, activity=activity, reason=" ", now=clock.now())
    for _twice in range(2):
        services.cancel_activity(by=None, activity=activity, reason=RAIN, now=clock.now())
    deliver_pending()
    for sign_up in (seated, waiting):
        assert kinds(sign_up) == ["activity.cancelled"]
        assert SignUp.objects.get(pk=sign_up.pk).claim.state == ClaimState.CANCELLED
    assert RAIN in str(Notice.objects.filter(account=seated.account).get().facts)
    with pytest.raises(Conflict):
        join(activity)


def test_a_draft_is_thrown_away_and_what_is_over_stays():
    draft = make_draft(opens_at=None, closes_at=None)
    services.cancel_activity(by=None, activity=draft, reason="重新安排", now=clock.now())
    assert Activity.objects.get(pk=draft.pk).state == State.CANCELLED
    over = make_activity()
    with pytest.raises(Conflict) as refused:
        services.cancel_activity(by=None, activity=over, reason=RAIN, now=clock.now() + 9 * DAY)
    assert refused.value.code == "over"


def test_moved_everybody_is_told_once_and_may_still_leave(monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 2)
    activity = make_activity(seats=9)
    coming = [join(activity) for _ in range(5)]
    gone = join(activity)
    services.return_seat(by=gone.account, sign_up_id=str(gone.pk), now=clock.now())
    moved = make_meeting(place="职工体育馆")
    session = session_of(activity)
    for _same in range(2):
        services.move_session(by=None, session=session, meeting=moved, now=clock.now())
    assert telling.go_on(now=clock.now()) == 2
    assert (Telling.objects.get().told, Telling.objects.get().finished_at) == (2, None)
    tell_all()
    assert [kinds(each) for each in coming] == [["activity.moved"]] * 5
    assert kinds(gone) == []
    assert Telling.objects.get().finished_at is not None
    session.refresh_from_db()
    assert (session.place, session.changes) == ("职工体育馆", 1)
    services.return_seat(by=coming[0].account, sign_up_id=str(coming[0].pk), now=clock.now())


def test_the_control_whoever_forgets_how_far_it_had_come_tells_people_twice(monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 1)
    activity = make_activity()
    coming = [join(activity) for _ in range(2)]
    services.send_message(by=None, run=run_of(activity), words="请带水杯", now=clock.now())
    telling.go_on(now=clock.now())
    Telling.objects.update(last_id=None)
    tell_all()
    assert sorted(len(kinds(each)) for each in coming) == [1, 2]


def test_a_day_before_everybody_who_comes_is_reminded_once():
    now = clock.now()
    soon = make_meeting(starts_at=now + DAY / 2, ends_at=now + DAY)
    activity = make_activity(meeting=soon, closes_at=now + DAY / 4)
    sign_up, later = join(activity), join(make_activity())
    assert (sweeping.remind(now=now), sweeping.remind(now=now)) == (1, 0)
    tell_all()
    assert (kinds(sign_up), kinds(later)) == (["activity.reminder"], [])


def test_whoever_came_is_asked_how_it_was_and_nobody_else():
    now = clock.now()
    soon = make_meeting(starts_at=now + DAY / 24, ends_at=now + DAY / 12)
    activity = make_activity(meeting=soon, companions_max=2, closes_at=now + DAY / 24)
    came, absent = join(activity, companions=2), join(activity)
    session = session_of(activity)
    with pytest.raises(Invalid):
        services.attend(by=None, sign_up=came, session=session, people=4, now=now)
    for people in (3, 2):
        services.attend(by=None, sign_up=came, session=session, people=people, now=now)
    assert Attendance.objects.get().people == 2
    other = join(make_activity())
    with pytest.raises(Conflict):
        services.attend(by=None, sign_up=other, session=session, now=now)
    after = now + DAY
    assert sweeping.invite_ratings(now=after) == 1
    assert sweeping.invite_ratings(now=after) == 0
    assert list(Invitation.objects.values_list("account", flat=True)) == [came.account_id]
    assert absent.account_id != came.account_id
    assert organisations.verify_figures(own_figures, metrics=METRICS) == []


def test_each_of_many_who_leave_makes_room_for_one_who_waits():
    activity = make_activity(seats=3)
    people = [join(activity, make_worker()) for _ in range(6)]
    for each in people[:3]:
        services.return_seat(by=each.account, sign_up_id=str(each.pk), now=clock.now())
    states = [SignUp.objects.get(pk=each.pk).claim.state for each in people]
    assert states == [ClaimState.RETURNED] * 3 + [ClaimState.OFFERED] * 3


def test_the_insurance_list_names_whoever_comes_and_says_who_looked():
    activity = make_activity(companions_max=1, asks_identity=True, asks_emergency=False)
    family = join(activity, companions=1, name="=1+1")
    join(activity)
    by = make_organiser(activity.union)
    with pytest.raises(Invalid):
        export_insurance(by=by, run=run_of(activity), purpose=" ", now=clock.now())
    sheet = export_insurance(
        by=by, run=run_of(activity), purpose="为参加人办理意外险", now=clock.now()
    )
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    names = [row[0] for row in rows[1:]]
    assert (len(rows), "'=1+1" in names, CHILD in [row[1] for row in rows]) == (4, True, True)
    own = AuditEntry.objects.filter(
        action="activity.insurance-listed", person_id=family.account.person_id
    )
    assert own.get().purpose == "为参加人办理意外险"
    assert dt.timedelta(0) <= clock.now() - own.get().at < dt.timedelta(minutes=5)
