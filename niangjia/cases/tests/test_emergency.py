"""Promise 7: emergency access needs a second person, expires, and opens nothing to the tied."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from niangjia.cases import services
from niangjia.cases.models import Case, CaseEntry, EmergencyGrant
from niangjia.cases.selectors.emergency import list_to_decide
from niangjia.cases.tests.factories import COMPLAINT, fresh, make_case, make_officer, publish
from niangjia.core import clock, protection
from niangjia.core.errors import Conflict, Invalid, NotFound, Throttled, TooLate
from niangjia.core.models import AuditEntry
from niangjia.members.models import Notice, Role
from niangjia.members.selectors import current_posts
from niangjia.members.services import ties
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.models import Employer, Kind
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db

REASON = "值班电话里有人说要轻生，需要马上核对此件"


class Scene:
    """A complaint in one county, an officer of another, and who may decide."""

    def __init__(self):
        self.now = clock.now()
        _province, self.city, self.county, self.union = make_chain()
        publish(COMPLAINT)
        elsewhere = make_union("邻县总工会", parent=self.city, kind=Kind.FEDERATION)
        self.employer = Employer.objects.create(
            name="甲玩具有限公司", division=self.county.division
        )
        self.case = make_case(union=self.union, document=COMPLAINT, accused=self.employer)
        self.asker = make_officer(elsewhere, Role.CASE_OFFICER)
        self.chair = make_officer(self.county)

    def ask(self, by=None, now=None):
        return services.ask_emergency_access(
            by=(by or self.asker).account,
            number=self.case.number,
            reason=REASON,
            now=now or self.now,
        )

    def decide(self, grant, by=None, **fields):
        return services.decide_emergency_access(
            by=(by or self.chair).account,
            grant_id=grant.pk,
            **{"granted": True, "now": self.now, **fields},
        )

    def granted(self, now=None):
        grant = self.ask(now=now)
        return self.decide(grant, now=now or self.now)

    def read(self, now=None):
        return services.read_case(
            by=self.asker.account,
            posts=current_posts(self.asker.account),
            number=self.case.number,
            now=now or self.now,
        )

    def rows(self):
        """What the database itself shows to the asker, whatever a query forgets."""
        with protection.viewing(account=self.asker.account_id):
            entries = set(CaseEntry.objects.values_list("case_id", flat=True))
            return set(Case.objects.values_list("pk", flat=True)) | entries

    def tie(self):
        ties.declare_tie(
            account=self.asker.account,
            employer=self.employer,
            kind="family",
            by=self.asker.account,
            now=self.now,
        )


@pytest.fixture
def scene():
    return Scene()


def test_out_of_reach_then_asked_then_granted_then_read_then_over(scene):
    with pytest.raises(NotFound):
        scene.read()
    assert scene.rows() == set()
    grant = scene.ask()
    assert Notice.objects.filter(account=scene.chair.account, kind="desk.emergency_asked").exists()
    with pytest.raises(NotFound):
        scene.read()
    scene.decide(grant, hours=2)
    assert Notice.objects.filter(
        account=scene.asker.account, kind="desk.emergency_granted"
    ).exists()
    assert scene.read().told.answers["matter"]
    assert scene.rows() == {scene.case.pk}
    with pytest.raises(NotFound):
        scene.read(now=scene.now + dt.timedelta(hours=2))


def test_each_use_is_on_record(scene):
    scene.granted()
    for _time in range(3):
        scene.read()
    entries = AuditEntry.objects.filter(subject=f"case:{scene.case.pk}")
    assert entries.filter(action="case.read", purpose="emergency_access").count() == 3
    for step in ("asked", "granted"):
        assert entries.filter(action=f"case.emergency_{step}").count() == 1


def test_nobody_grants_their_own_request(scene):
    """Neither by the service, however high their post, nor in the database."""
    grant = scene.ask()
    make_officer(scene.city, account=scene.asker.account)
    with pytest.raises(NotFound):
        scene.decide(grant, by=scene.asker)
    with protection.working("test"), pytest.raises(IntegrityError), transaction.atomic():
        EmergencyGrant.objects.filter(pk=grant.pk).update(
            state="granted",
            decided_by=scene.asker.account,
            decided_at=scene.now,
            expires_at=scene.now + dt.timedelta(hours=1),
        )


def test_only_whoever_decides_cases_there_and_sees_this_one_grants(scene):
    grant = scene.ask()
    officer = make_officer(scene.county, Role.CASE_OFFICER)
    beside = make_officer(make_union("外县总工会", parent=scene.city, kind=Kind.FEDERATION))
    below = make_officer(make_union("某厂工会", parent=scene.county))
    for post in (officer, beside, below):
        with pytest.raises(NotFound):
            scene.decide(grant, by=post)
    tied = make_officer(scene.city)
    ties.declare_tie(
        account=tied.account,
        employer=scene.employer,
        kind="family",
        by=tied.account,
        now=scene.now,
    )
    with pytest.raises(NotFound):
        scene.decide(grant, by=tied)


@pytest.mark.parametrize("hours", [0, -1, 5, 48])
def test_never_longer_than_four_hours(scene, hours):
    grant = scene.ask()
    with pytest.raises(Invalid) as refused:
        scene.decide(grant, hours=hours)
    assert "hours" in refused.value.fields
    with protection.working("test"), pytest.raises(IntegrityError), transaction.atomic():
        EmergencyGrant.objects.filter(pk=grant.pk).update(
            state="granted",
            decided_by=scene.chair.account,
            decided_at=scene.now,
            expires_at=scene.now + dt.timedelta(hours=5),
        )


def test_what_has_run_out_opens_nothing_in_the_database_either(scene):
    scene.granted(now=scene.now - dt.timedelta(hours=4, seconds=1))
    with pytest.raises(NotFound):
        scene.read()
    assert scene.rows() == set()


def test_what_was_taken_back_is_not_used_again(scene):
    grant = scene.granted()
    scene.read()
    services.revoke_emergency_access(by=scene.chair.account, grant_id=grant.pk, now=scene.now)
    services.revoke_emergency_access(by=scene.chair.account, grant_id=grant.pk, now=scene.now)
    with pytest.raises(NotFound):
        scene.read()
    assert scene.rows() == set()
    with pytest.raises(Conflict) as again:
        scene.decide(grant)
    assert again.value.code == "decided"


def test_a_request_is_answered_once_and_within_a_day(scene):
    grant = scene.ask()
    scene.decide(grant, granted=False)
    with pytest.raises(Conflict):
        scene.decide(grant)
    with pytest.raises(NotFound):
        scene.read()
    late = scene.ask()
    with pytest.raises(TooLate):
        scene.decide(late, now=scene.now + dt.timedelta(hours=24))
    # What nobody answered does not stand in the way of asking again.
    again = scene.ask(now=scene.now + dt.timedelta(hours=25))
    assert again.pk != late.pk


def test_whoever_is_tied_is_told_that_there_is_no_such_case(scene):
    scene.tie()
    with pytest.raises(NotFound) as tied:
        scene.ask()
    with pytest.raises(NotFound) as missing:
        services.ask_emergency_access(
            by=scene.asker.account, number="9" * 16, reason=REASON, now=scene.now
        )
    assert str(tied.value.message) == str(missing.value.message)


def test_tied_between_asking_and_granting(scene):
    grant = scene.ask()
    scene.tie()
    with pytest.raises(Conflict) as refused:
        scene.decide(grant)
    assert refused.value.code == "not-fit"


@pytest.mark.parametrize("change", ["tied", "excluded", "without a post"])
def test_granted_and_then_no_longer_fit(scene, change):
    scene.granted()
    scene.read()
    if change == "tied":
        scene.tie()
    elif change == "excluded":
        with protection.working("test"):
            Case.objects.update(excluded_ids=[scene.asker.account_id])
    else:
        scene.asker.ended_at = scene.now
        scene.asker.save()
    with pytest.raises(NotFound):
        scene.read()
    assert scene.rows() == set()


#: A guard, what would have shut the door, and what the owner's hand does to the guard.
GRANTED = """CREATE OR REPLACE FUNCTION cases_granted(asked uuid) RETURNS uuid[] LANGUAGE sql STABLE
AS $$ SELECT coalesce(array_agg(case_id), '{{}}') FROM cases_emergencygrant
      WHERE account_id = asked AND {} $$"""
CONTROLS = {
    "tied": (
        "CREATE OR REPLACE FUNCTION members_tied_employers(asked uuid) RETURNS uuid[] "
        "LANGUAGE sql STABLE AS $$ SELECT '{}'::uuid[] $$"
    ),
    "expired": GRANTED.format("state = 'granted'"),
    "revoked": GRANTED.format("expires_at > now()"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guard", CONTROLS)
def test_control_without_the_guard_the_database_shows_the_case(guard, owner):
    """The owner takes one guard out of the database, which is made anew after the test."""
    with transaction.atomic():
        scene = Scene()
        hours = 5 if guard == "expired" else 0
        grant = scene.granted(now=scene.now - dt.timedelta(hours=hours))
        if guard == "tied":
            scene.tie()
        elif guard == "revoked":
            services.revoke_emergency_access(
                by=scene.asker.account, grant_id=grant.pk, now=scene.now
            )
    assert scene.rows() == set()
    owner.execute(CONTROLS[guard])
    assert scene.rows() == {scene.case.pk}


def test_a_grant_opens_reading_alone(scene):
    scene.granted()
    for service, fields in (
        (services.write_note, {"words": "我来看看", "to_applicant": True}),
        (services.take_step, {"step": "look", "outcome": "settled"}),
    ):
        with pytest.raises(NotFound):
            service(by=scene.asker, case_id=scene.case.pk, now=scene.now, **fields)
    assert fresh(scene.case).state == "open"


def test_grants_are_nobody_else_s_to_see(scene):
    grant = scene.granted()
    for account, seen in ((scene.asker.account, 1), (make_account(), 0)):
        with protection.viewing(account=account.pk):
            assert EmergencyGrant.objects.count() == seen
    assert EmergencyGrant.objects.count() == 0
    assert REASON.encode() not in bytes(grant.reason)


def test_asking_is_bounded_and_needs_a_reason(scene):
    with pytest.raises(Invalid):
        services.ask_emergency_access(
            by=scene.asker.account, number=scene.case.number, reason="急", now=scene.now
        )
    scene.ask()
    with pytest.raises(Conflict):
        scene.ask()
    within = make_officer(scene.county, Role.CASE_OFFICER)
    with pytest.raises(Conflict) as refused:
        scene.ask(by=within)
    assert refused.value.code == "within-reach"


def test_numbers_are_not_tried_out(scene):
    """Wrong numbers count as well: what was refused is counted in a transaction of its own."""
    for n in range(5):
        with pytest.raises(NotFound):
            services.ask_emergency_access(
                by=scene.asker.account, number=f"{n}" * 16, reason=REASON, now=scene.now
            )
    with pytest.raises(Throttled):
        scene.ask()


def test_who_decides_finds_the_request_with_its_reason(scene):
    grant = scene.ask()
    found = services.requests_to_decide(
        by=scene.chair.account, posts=current_posts(scene.chair.account), now=scene.now
    )
    assert [(one.pk, words) for one, words in found] == [(grant.pk, REASON)]
    for post in (make_officer(scene.county, Role.CASE_OFFICER), make_officer(scene.union)):
        posts = current_posts(post.account)
        expected = [grant.pk] if post.union_id == scene.union.pk else []
        decidable = list_to_decide(posts, account=post.account, now=scene.now)
        assert [one.pk for one in decidable] == expected
