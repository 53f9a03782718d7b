"""A year of hardship aid on the engine: quarters, the yearly re-check, the exit, the call-back."""

import datetime as dt

import pytest

from niangjia.cases import services
from niangjia.cases.models import EntryKind, PublicNotice, State
from niangjia.cases.services import Asking, Matter, timing
from niangjia.cases.tests.factories import end_step, fresh, make_officer
from niangjia.cases.tests.test_catalogue_seeds import ask
from niangjia.core import protection
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import officer_client
from niangjia.members.tests.factories.joining import MONDAY, make_chain, make_membership
from niangjia.organisations.models import Status, Union
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db

VISIT = {
    **{"visited_on": "2026-11-24", "visitors": "李敏、周强", "people_seen": 3},
    **{"income_seen": 700, "checks": ["papers", "home"], "grade": "relative"},
    "findings": "与申请所述一致，家具简单。",
}
CHECKED = {"visited_on": "2027-11-24", "income_seen": 900, "findings": "爱人病情稳定，仍需透析。"}


class Life:
    """A case and those who handle it."""

    def __init__(self):
        _province, _city, county, union = make_chain()
        services.seed_catalogue(root=Union.objects.get(depth=0), now=MONDAY)
        self.below, self.above = make_officer(union), make_officer(county)
        self.case, self.now = ask(union), MONDAY

    def take(self, outcome, *, by=None, days=1, **answers):
        self.now += dt.timedelta(days=days)
        end_step(
            self.case,
            by or self.below,
            self.case.step,
            outcome,
            words="情况属实，两位同志一起上门看过。",
            answers=answers,
            now=self.now,
        )
        self.case = fresh(self.case)

    def wait(self):
        """Until the next term has run out, with everything the clock does on the way."""
        self.now = self.case.next_due_at
        while services.sweep(now=self.now):
            pass
        self.case = fresh(self.case)

    def to_the_first_quarter(self):
        self.take("visited", **VISIT)
        self.take("passed")
        self.wait()
        self.take("approved", by=self.above, grade="relative", plan="每季度帮扶一次。")
        self.take("filed", file_number="2026-0031", contact_officer="李敏")
        return self

    def give(self, amount):
        on = self.now.date().isoformat()
        self.take("given", days=2, way=["money"], amount=amount, given_on=on)


@pytest.fixture
def life():
    return Life()


def test_quarters_stay_quarters_and_every_payment_is_on_record(life):
    life.to_the_first_quarter()
    began = life.case.step_from
    for quarter in range(1, 5):
        assert life.case.step == f"aid-{quarter}"
        due = life.case.next_due_at
        # However soon it was given, the next begins where this quarter ends.
        life.now = max(life.now, begin(life.case))
        life.give(1000 * quarter)
        assert life.case.step_from >= due.date()
    assert life.case.step == "recheck"
    assert 360 <= (life.case.step_from - began).days <= 385
    assert life.case.breaches == 0
    with protection.working("test"):
        entries = life.case.entries.filter(kind=EntryKind.STEP, outcome="given")
        from niangjia.cases.services.timeline import said_in

        paid = [said_in(life.case, e).answers["amount"] for e in entries.order_by("number")]
    assert paid == [1000, 2000, 3000, 4000]


def begin(case):
    return dt.datetime.combine(case.step_from, dt.time(2), dt.UTC)


def test_nothing_of_the_next_quarter_is_recorded_before_it_begins(life):
    life.to_the_first_quarter()
    life.give(1000)
    with pytest.raises(Conflict) as refused:
        life.give(2000)
    assert refused.value.code == "not-begun"
    # Whoever leaves need not wait for it.
    life.take("improved")
    assert life.case.step == "leave-check"


def test_without_the_pace_a_year_of_aid_is_over_in_a_week(life, monkeypatch):
    """The control: the guard taken out, four quarters pass in eight days."""
    monkeypatch.setattr(timing, "day_after", lambda case, outcome, today: today)
    life.to_the_first_quarter()
    began = life.now
    for quarter in range(4):
        life.give(quarter)
    assert (life.case.step, (life.now - began).days) == ("recheck", 8)


def test_officers_are_reminded_of_a_quarter_and_of_the_yearly_check_and_called_when_late(life):
    life.to_the_first_quarter()
    life.now = life.case.clock_at
    services.sweep(now=life.now)
    assert Notice.objects.filter(kind="desk.case_reminder", account=life.below.account).exists()
    life.case = fresh(life.case)
    life.wait()
    assert life.case.breaches == 1
    assert life.case.raised_to == life.above.union
    # The union above has days of its own, not another quarter.
    assert (life.case.next_due_at - life.now).days < 30


def test_out_of_hardship_agreed_above_called_back_and_ended(life):
    life.to_the_first_quarter()
    life.take("improved")
    life.take("agreed", spoken_on="2026-12-20", words="找到了稳定的工作。")
    life.take("agreed", by=life.above)
    assert (life.case.step, life.case.handler) == ("call-back", life.above.union)
    life.take("well", by=life.above, called_on="2027-02-01", says="一切都好。")
    assert (life.case.state, life.case.result) == (State.CLOSED, "granted")


def test_whoever_agreed_to_the_exit_does_not_call_back_where_there_is_another(life):
    other = make_officer(life.above.union)
    life.to_the_first_quarter()
    life.take("improved")
    life.take("agreed", spoken_on="2026-12-20", words="找到了稳定的工作。")
    services.assign_case(by=life.above, case_id=life.case.pk, to=life.above.account, now=life.now)
    life.take("agreed", by=life.above)
    assert (life.case.handler, life.case.assigned_to) == (life.above.union, None)
    called = {"called_on": "2026-11-25", "says": "一切都好。"}
    with pytest.raises(Conflict) as refused:
        life.take("well", by=life.above, **called)
    assert refused.value.code == "own-work"
    with pytest.raises(Invalid):
        services.assign_case(
            by=life.above, case_id=life.case.pk, to=life.above.account, now=life.now
        )
    for post, may in ((life.above, False), (other, True)):
        said = officer_client(post).get(f"/desk/cases/{life.case.number}/").text
        assert ("提交办理结果" in said) is may
        assert ("你办过这个办件的一个步骤" in said) is not may
    life.take("well", by=other, **called)
    assert life.case.state == State.CLOSED


def test_where_a_union_has_nobody_else_the_one_above_calls_and_what_lacks_comes_back(life):
    made = {
        **{"patient": "self", "illness": "尿毒症", "treated_from": "2026-10-01"},
        **{"total_cost": 90_000, "own_cost": 60_000, "claimed_mutual_aid": False},
        **{"phone": "13800000000", "sensitive_consent": True},
    }
    account = make_membership(union=life.below.union).person.account
    life.case = services.open_case(
        matter=Matter("serious-illness-aid", life.below.union, made),
        asking=Asking(account=account, person=account.person),
        now=MONDAY,
    ).case
    other = make_officer(life.above.union)
    life.take("passed")
    life.take("approved", by=life.above, amount=5000)
    paid = {"amount": 5000, "paid_on": "2026-11-24"}
    life.take("paid", **paid)
    assert (life.case.step, life.case.handler) == ("call-back", other.union)
    life.take("not-received", by=other, called_on="2026-11-25", says="没有收到。")
    assert (life.case.step, life.case.handler) == ("payment", life.below.union)
    life.take("paid", **paid)
    life.take("well", by=other, called_on="2026-11-25", says="收到了。")
    assert (life.case.state, life.case.result) == (State.CLOSED, "granted")


def given_to_another(life):
    """The first union finds that the case belongs to the one beside it; who handles it there."""
    beside = make_union(parent=life.above.union)
    services.transfer_case(
        by=life.below,
        case_id=life.case.pk,
        to=beside,
        reason="申请人的单位属于这个工会，请继续办理。",
        now=life.now,
    )
    life.case = fresh(life.case)
    return make_officer(beside)


def test_a_case_that_was_given_to_another_union_comes_back_to_that_one(life):
    other = given_to_another(life)
    life.take("visited", by=other, **VISIT)
    assert (life.case.step, life.case.handler) == ("check", other.union)
    life.take("passed", by=other)
    life.wait()
    life.take("approved", by=life.above, grade="relative", plan="每季度帮扶一次。")
    assert (life.case.step, life.case.handler) == ("file", other.union)


def test_one_that_was_sent_back_comes_back_to_where_it_began(life):
    other = given_to_another(life)
    services.object_to_transfer(
        by=other, case_id=life.case.pk, reason="申请人不在我们这里上班，请收回。", now=life.now
    )
    life.case = fresh(life.case)
    life.take("visited", **VISIT)
    assert (life.case.step, life.case.handler) == ("check", life.below.union)


def test_aid_is_given_by_the_union_above_where_the_first_was_dissolved(life):
    life.take("visited", **VISIT)
    life.take("passed")
    life.wait()
    Union.objects.filter(pk=life.below.union_id).update(
        status=Status.DISSOLVED, dissolved_date=life.now.date()
    )
    services.hand_over_cases(union=life.below.union, now=life.now)
    life.take("approved", by=life.above, grade="relative", plan="每季度帮扶一次。")
    assert (life.case.step, life.case.handler) == ("file", life.above.union)


def test_one_whose_decider_was_dissolved_comes_back_to_where_it_began(life):
    life.take("visited", **VISIT)
    life.take("passed")
    life.wait()
    city = life.above.union.parent
    services.hand_over_cases(union=life.above.union, now=life.now)
    life.case = fresh(life.case)
    assert life.case.handler == city
    life.take("approved", by=make_officer(city), grade="relative", plan="每季度帮扶一次。")
    assert (life.case.step, life.case.handler) == ("file", life.below.union)


def test_whoever_is_not_out_of_hardship_is_helped_on_by_their_own_union(life):
    """Both ways back from the union above: it did not agree, and the call-back found a relapse."""
    life.to_the_first_quarter()
    again = "孩子又住院了，请再上门看看。"
    for agreed in (False, True):
        life.take("improved")
        life.take("agreed", spoken_on="2026-12-20", words="找到了稳定的工作。")
        assert (life.case.step, life.case.handler) == ("leave-decision", life.above.union)
        if agreed:
            life.take("agreed", by=life.above)
            life.take("relapsed", by=life.above, called_on="2027-02-01", says=again)
        else:
            life.take("returned", by=life.above)
        assert (life.case.step, life.case.handler) == ("recheck", life.below.union)
        life.take("continues", **{**CHECKED, "visited_on": life.now.date().isoformat()})
        assert (life.case.step, life.case.handler) == ("aid-1", life.below.union)


def test_after_the_yearly_check_aid_goes_on_for_another_year(life):
    life.to_the_first_quarter()
    for _quarter in range(4):
        life.now = max(life.now, begin(life.case))
        life.give(500)
    life.now = begin(life.case)
    life.take("continues", **CHECKED)
    assert life.case.step == "aid-1"
    assert life.case.due_at > life.now + dt.timedelta(days=400)


def test_while_it_is_on_notice_the_name_stands_masked_and_not_longer(life):
    life.take("visited", **VISIT)
    assert not PublicNotice.objects.exists()
    life.take("passed")
    notice = PublicNotice.objects.get()
    assert notice.until_at == life.case.next_due_at
    assert notice.ended_at is None
    life.wait()
    notice.refresh_from_db()
    assert life.case.step == "approval"
    assert notice.ended_at == life.now
