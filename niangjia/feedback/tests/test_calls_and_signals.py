"""Calling back, and looking for manipulation."""

import datetime as dt

import pytest

from niangjia.core import clock, errors
from niangjia.core.models import AuditEntry
from niangjia.feedback import selectors, services
from niangjia.feedback.models import CallBack, Rating, Signal, SignalKind
from niangjia.feedback.tests.factories import (
    invite,
    make_case_officer,
    make_order,
    rate,
)
from niangjia.members.models import Notice, Reach
from niangjia.members.tests.factories.joining import MONDAY
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


@pytest.fixture
def call_back(office):
    make_order(office)
    return CallBack.objects.get()


def call(post, call_back, result="not_reached", words=""):
    return services.record_call(
        by=post, call_back=call_back, result=result, words=words, now=clock.now()
    )


def view(post, call_back):
    return services.view_contact(
        by=post.account, posts=[post], call_back=call_back, now=clock.now()
    )


def test_every_bad_rating_of_somebody_known_is_on_the_list(office):
    for level in (1, 2, 3, 5):
        rate(invite(office).invitation, level=level)
    rate(invite(office, person=False).invitation, level=1)
    assert selectors.list_call_backs(office.colleague.account, [office.colleague]).count() == 2


def test_somebody_unknown_is_called_by_the_way_they_left_and_it_is_forgotten(office):
    rate(invite(office, person=False).invitation, level=2, contact=" 微信 abc123 ")
    waiting = CallBack.objects.get()
    seen = view(office.colleague, waiting)
    assert (seen.name, seen.phone, seen.way) == ("", "", "微信 abc123")
    assert call(office.colleague, waiting, "reached", "已说明情况。").contact is None


def test_of_somebody_known_no_other_way_is_kept(office):
    rate(invite(office).invitation, level=1, contact="13900000000")
    assert CallBack.objects.get().contact is None


def test_a_way_that_is_too_long_is_refused_beside_its_field(office):
    with pytest.raises(errors.Invalid) as refusal:
        rate(invite(office, person=False).invitation, level=1, contact="1" * 61)
    assert set(refusal.value.fields) == {"contact"}


def test_reached_it_is_done(office, call_back):
    done = call(office.colleague, call_back, "reached", "本人表示已解决。")
    assert (done.result, done.tries) == ("reached", 1)
    with pytest.raises(errors.Conflict) as refusal:
        call(office.colleague, call_back)
    assert refusal.value.code == "called-already"


def test_three_times_nobody_it_is_done_as_such(office, call_back):
    assert call(office.colleague, call_back).done_at is None
    assert call(office.colleague, call_back).done_at is None
    done = call(office.colleague, call_back)
    assert (done.result, done.tries) == ("not_reached", 3)
    assert not selectors.list_call_backs(office.colleague.account, [office.colleague]).exists()


def test_the_rated_officer_neither_sees_nor_calls(office, call_back):
    assert not selectors.list_call_backs(office.rated.account, [office.rated]).exists()
    with pytest.raises(errors.NotFound):
        selectors.access_call_back(office.rated.account, [office.rated], str(call_back.pk))
    with pytest.raises(errors.NotFound):
        call(office.rated, call_back)
    with pytest.raises(errors.NotFound):
        view(office.rated, call_back)


def test_whoever_looks_at_the_number_is_recorded(office, call_back):
    contact = view(office.colleague, call_back)
    person = call_back.rating.invitation.person
    assert (contact.name, contact.phone) == (person.name, person.account.phone)
    entry = AuditEntry.objects.get(action="call_back.contact_viewed")
    assert (entry.person_id, entry.account_id) == (person.pk, office.colleague.account_id)
    assert entry.purpose


def test_what_was_said_is_needed_when_somebody_was_reached(office, call_back):
    with pytest.raises(errors.Invalid) as refusal:
        call(office.colleague, call_back, "reached")
    assert set(refusal.value.fields) == {"words"}
    with pytest.raises(errors.Invalid):
        call(office.colleague, call_back, "perhaps")


def test_a_post_elsewhere_does_not_call(office, call_back):
    with pytest.raises(errors.NotFound):
        call(make_case_officer(make_union()), call_back)


# Manipulation


def day_of(moment):
    return moment.astimezone(clock.CHINA).date()


def find(day=None):
    return services.find_signals(day=day or day_of(MONDAY), now=MONDAY)


def rate_at(office, count, *, level=5, seconds=30, start=MONDAY, **given):
    for number in range(count):
        now = start + dt.timedelta(seconds=seconds * number)
        invitation = invite(office, now=now, person=False).invitation
        rate(invitation, level=level, now=now, **given)


def test_a_burst_of_top_ratings_is_a_signal(office):
    rate_at(office, 8)
    assert find() == 1
    signal = Signal.objects.get()
    assert (signal.kind, signal.facts) == (SignalKind.BURST, {"ratings": 8, "usual": 0.0})
    assert Rating.objects.count() == 8


@pytest.mark.parametrize(
    "odd", [{"count": 7}, {"count": 8, "seconds": 120}, {"count": 8, "level": 4}]
)
def test_fewer_slower_or_less_enthusiastic_is_none(office, odd):
    rate_at(office, **odd)
    assert find() == 0


def test_what_is_usual_there_is_no_signal(office):
    for day in range(1, 31):
        rate_at(office, 2, start=MONDAY - dt.timedelta(days=day))
    rate_at(office, 8)
    assert find() == 0


def test_one_device_three_times_is_a_signal(office):
    rate_at(office, 3, level=3, device="one")
    rate_at(office, 2, level=3, device="two")
    assert find() == 1
    assert Signal.objects.get().facts == {"ratings": 3}


def test_mostly_entered_by_officers_is_a_signal(office):
    rate_at(
        office, 6, level=4, channel="call_back", entered_by=office.colleague.account, seconds=900
    )
    rate_at(office, 4, level=4, seconds=900)
    assert find() == 1
    assert Signal.objects.get().facts == {"ratings": 10, "entered": 6}


@pytest.mark.parametrize(("shown_by", "signals"), [("rated", 1), ("colleague", 0)])
def test_a_code_that_the_rated_officer_shows_counts_as_entered(office, shown_by, signals):
    """A counter with one officer still works; a colleague's code is nothing odd."""
    by = getattr(office, shown_by).account
    for number in range(10):
        now = MONDAY + dt.timedelta(minutes=15 * number)
        invitation = invite(office, now=now, person=False).invitation
        services.renew_link(by=by, invitation=invitation, now=now)
        rate(invitation, level=4, channel="counter", now=now)
    assert find() == signals
    assert [each.facts for each in Signal.objects.all()] == (
        [{"ratings": 10, "entered": 10}] * signals
    )


def test_protected_subjects_are_looked_at_by_nobody(office):
    for _number in range(9):
        rate(invite(office, is_protected=True, now=MONDAY).invitation, now=MONDAY, device="one")
    assert find() == 0


def test_looking_again_only_brings_the_numbers_up_to_date(office):
    rate_at(office, 8)
    find()
    rate_at(office, 1)
    assert find() == 0
    signal = Signal.objects.get()
    assert signal.facts["ratings"] == 9
    services.judge_signal(
        by=office.county.account,
        signal=signal,
        verdict="explained",
        judgement="集体活动后评价，属实",
        now=MONDAY,
    )
    rate_at(office, 1)
    find()
    signal.refresh_from_db()
    assert signal.facts["ratings"] == 9
    with pytest.raises(errors.Conflict):
        services.judge_signal(
            by=office.county.account,
            signal=signal,
            verdict="explained",
            judgement="再看一次吧",
            now=MONDAY,
        )


def test_only_the_unions_above_judge(office):
    rate_at(office, 8)
    find()
    assert selectors.list_signals([office.county]).exists()
    assert not selectors.list_signals([office.colleague]).exists()
    office.county.reach = Reach.UNION
    assert selectors.list_signals([office.county]).exists()
    assert not selectors.list_signals([make_case_officer(make_union())]).exists()


def test_a_judgement_decides_and_has_words(office):
    rate_at(office, 8)
    find()
    with pytest.raises(errors.Invalid) as refusal:
        judge(office.county, verdict="perhaps", judgement="好")
    assert set(refusal.value.fields) == {"verdict", "judgement"}
    judged = judge(office.county)
    assert (judged.verdict, judged.judged_by_account_id) == (
        "manipulated",
        office.county.account_id,
    )


def judge(post, verdict="manipulated", judgement="窗口人员代扫代评，已约谈"):
    return services.judge_signal(
        by=post.account,
        signal=Signal.objects.get(),
        verdict=verdict,
        judgement=judgement,
        now=MONDAY,
    )


def test_a_few_a_day_entered_by_officers_show_in_a_month_and_are_said_once(office):
    for ago in range(12):
        start = MONDAY - dt.timedelta(days=ago)
        rate_at(
            office,
            1,
            level=4,
            channel="call_back",
            entered_by=office.county.account,
            start=start,
        )
    assert find() == 1
    assert Signal.objects.get().facts == {"ratings": 12, "entered": 12}
    assert find(day_of(MONDAY + dt.timedelta(days=1))) == 0


def test_whoever_entered_them_or_was_rated_does_not_judge(office):
    rate_at(office, 10, level=4, channel="call_back", entered_by=office.county.account, seconds=900)
    find()
    for post in (office.county, office.rated):
        with pytest.raises(errors.Conflict) as refusal:
            judge(post)
        assert refusal.value.code == "own-work"
    assert judge(office.city).judged_at


def test_the_nearest_union_above_is_told_once(office):
    rate_at(office, 8)
    find()
    find()
    told = Notice.objects.filter(kind="desk.signal_found")
    assert [notice.account for notice in told] == [office.county.account]
    assert told[0].url == "/desk/ratings/signals/"
