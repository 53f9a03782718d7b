"""What happens when nobody answers."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime

from niangjia.core import clock
from niangjia.core.errors import NotFound
from niangjia.core.models import AuditEntry, OutboxEvent
from niangjia.members import services
from niangjia.members.models import Notice
from niangjia.members.rules.notices import worded
from niangjia.members.rules.status import outlook
from niangjia.members.tasks import climb
from niangjia.members.tests.factories.joining import (
    MONDAY,
    make_application,
    make_chain,
    make_officer,
)
from niangjia.organisations import selectors as organisations
from niangjia.organisations.models import Kind, Union
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
CHINA = clock.CHINA


def day(number, hour=23, minute=59, second=59):
    return dt.datetime(2026, 11, number, hour, minute, second, tzinfo=CHINA)


def test_the_promise_is_the_end_of_the_third_working_day_and_stored():
    application = make_application(now=day(20, 9, 0, 0))
    assert application.due_at == day(25)


def test_nothing_climbs_before_the_promised_moment_and_then_it_does_once():
    _province, _city, county, union = make_chain()
    application = make_application(union=union, now=MONDAY)
    assert services.escalate_late_applications(now=application.due_at) == 0
    late = application.due_at + dt.timedelta(seconds=1)
    assert services.escalate_late_applications(now=late) == 1
    assert services.escalate_late_applications(now=late) == 0
    application.refresh_from_db()
    assert (application.handled_by, application.union) == (county, union)
    assert application.due_at == day(30) + dt.timedelta(days=2)
    assert application.steps.filter(kind="escalated").count() == 1
    assert AuditEntry.objects.filter(action="application.escalated").count() == 1
    assert OutboxEvent.objects.filter(type="members.ApplicationEscalated").count() == 1
    assert organisations.figures(union)["applications:open"] == 1


def test_the_applicant_and_both_unions_officers_hear_of_it():
    _province, _city, county, union = make_chain()
    application = make_application(union=union, now=MONDAY)
    below, above = make_officer(union), make_officer(county)
    services.escalate_late_applications(now=application.due_at + dt.timedelta(days=1))
    kinds = {
        account: set(Notice.objects.filter(account=account).values_list("kind", flat=True))
        for account in (application.account, below.account, above.account)
    }
    assert "application.escalated" in kinds[application.account]
    assert kinds[below.account] == {"desk.escalated_from"}
    assert kinds[above.account] == {"desk.escalated_to"}


def test_then_only_the_union_above_answers():
    _province, _city, county, union = make_chain()
    application = make_application(union=union, now=MONDAY)
    late = application.due_at + dt.timedelta(days=1)
    services.escalate_late_applications(now=late)
    arguments = {"application": application, "verdict": "admitted", "now": late}
    with pytest.raises(NotFound):
        services.decide_application(by=make_officer(union), **arguments)
    services.decide_application(by=make_officer(county), **arguments)
    assert organisations.figures(union)["members"] == 1


def test_a_long_night_without_a_worker_loses_nothing_and_skips_nobody():
    province, city, county, union = make_chain()
    applications = [make_application(union=union, now=MONDAY) for _ in range(3)]
    with clock.stopped_at(MONDAY + dt.timedelta(days=60)):
        assert climb(timestamp=0) == 3
    for application in applications:
        application.refresh_from_db()
        assert application.handled_by == county
    with clock.stopped_at(MONDAY + dt.timedelta(days=90)):
        climb(timestamp=0)
    applications[0].refresh_from_db()
    assert applications[0].handled_by == city
    with clock.stopped_at(MONDAY + dt.timedelta(days=120)):
        climb(timestamp=0)
    applications[0].refresh_from_db()
    assert applications[0].handled_by == province


def test_it_stops_at_the_province_and_says_so():
    province, *_rest = make_chain()
    province.admits_directly = ["courier"]
    province.save()
    application = make_application(union=province, worker_kind="courier", now=MONDAY)
    later = MONDAY + dt.timedelta(days=60)
    assert services.escalate_late_applications(now=later) == 0
    application.refresh_from_db()
    assert application.handled_by == province
    said = outlook(application, later)
    assert said.late
    assert "12351" in said.next


def test_a_dissolved_union_above_is_passed_over():
    _province, city, county, union = make_chain()
    application = make_application(union=union, now=MONDAY)
    Union.objects.filter(pk=county.pk).update(status="dissolved", dissolved_date=MONDAY.date())
    services.escalate_late_applications(now=application.due_at + dt.timedelta(days=1))
    application.refresh_from_db()
    assert application.handled_by == city


def test_one_that_fails_does_not_hold_the_others_back(monkeypatch):
    _province, _city, _county, union = make_chain()
    first, second = (make_application(union=union, now=MONDAY) for _ in range(2))
    original = services.applications.escalation.pass_on

    def fails_for_the_first(application, *arguments, **keywords):
        if application.pk == first.pk:
            raise RuntimeError("broken row")
        original(application, *arguments, **keywords)

    monkeypatch.setattr(services.applications.escalation, "pass_on", fails_for_the_first)
    assert services.escalate_late_applications(now=MONDAY + dt.timedelta(days=60)) == 1
    second.refresh_from_db()
    assert second.escalated_at is not None


def test_dissolving_hands_applications_and_members_to_the_union_above():
    _province, _city, county, union = make_chain()
    waiting = make_application(union=union, now=MONDAY)
    admitted = make_application(union=union, now=MONDAY)
    services.decide_application(
        by=make_officer(union), application=admitted, verdict="admitted", now=MONDAY
    )
    assert services.hand_over_applications(union=union, now=MONDAY) == 1
    assert services.hold_members(union=union, by_account_id=None, now=MONDAY) == 1
    waiting.refresh_from_db()
    assert (waiting.union, waiting.handled_by) == (county, county)
    membership = admitted.person.memberships.get()
    assert (membership.union, membership.changes.order_by("id").last().kind) == (county, "held")
    figures = organisations.figures(union)
    assert figures.get("members", 0) == figures.get("applications:open", 0) == 0
    assert organisations.figures(county)["members"] == 1
    assert Notice.objects.filter(account=admitted.account, kind="membership.held").exists()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", "小商品城工会已经撤销。你的申请现在由义乌市总工会接手"),
        ("en", "小商品城工会 no longer exists. 义乌市总工会 has your application and answers by"),
    ],
)
def test_the_applicant_of_a_dissolved_union_is_told_who_answers_now(client, language, said):
    _province, _city, _county, union = make_chain()
    waiting = make_application(union=union, now=MONDAY)
    services.hand_over_applications(union=union, now=MONDAY)
    waiting.refresh_from_db()
    notice = Notice.objects.get(account=waiting.account, kind="application.handed_over")
    assert notice.url == reverse("members:application", args=[waiting.number])
    with translation.override(language):
        text = worded(notice).text
        assert said in text
        assert date_format(localtime(waiting.due_at), "DATE_FORMAT") in text
    client.force_login(waiting.account)
    client.cookies["language"] = language
    assert said in client.get(reverse("members:notices")).content.decode()


def test_one_that_had_climbed_already_stays_with_whom_it_climbed_to():
    _province, _city, county, union = make_chain()
    late = make_application(union=union, now=MONDAY)
    climbed_at = late.due_at + dt.timedelta(minutes=5)
    services.escalate_late_applications(now=climbed_at)
    services.hand_over_applications(union=union, now=climbed_at)
    late.refresh_from_db()
    assert (late.union, late.handled_by) == (county, county)
    facts = Notice.objects.get(account=late.account, kind="application.handed_over").facts
    assert (facts["from_union"], facts["to_union"]) == (union.name, county.name)
    assert facts["due_at"] == late.due_at.isoformat()


def test_the_federation_of_the_country_is_not_asked():
    province = make_union(kind=Kind.FEDERATION)
    assert province.parent.depth == 0
    assert services.hand_over_applications(union=province, now=MONDAY) == 0
