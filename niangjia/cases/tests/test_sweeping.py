"""The clock served in bulk: as if one by one, each once, whoever fails, dies or sweeps beside."""

import datetime as dt
import threading
from collections import Counter
from contextlib import nullcontext

import pytest
from django.db import connections

from niangjia.cases import services
from niangjia.cases.models import CaseEntry, CaseUnit, EntryKind
from niangjia.cases.services import sweeping, telling
from niangjia.cases.tests.factories import (
    AID,
    COMPLAINT,
    end_step,
    fresh,
    make_case,
    make_officer,
    publish,
)
from niangjia.core import audit, protection
from niangjia.core.database.base import DatabaseWrapper
from niangjia.core.models import AuditEntry, OutboxEvent
from niangjia.members.models import Notice, TieKind
from niangjia.members.rules.notices import worded
from niangjia.members.services.ties import declare_tie
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.joining import MONDAY, make_chain
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db(transaction=True)
CASES = 5


@pytest.fixture
def late(monkeypatch):
    """Cases whose term has run out, two in a transaction; and the moment."""
    monkeypatch.setattr(sweeping, "TOGETHER", 2)
    chain = make_chain()
    publish(AID)
    make_officer(chain[3])
    cases = [make_case(union=chain[3], now=MONDAY) for _n in range(CASES)]
    due = fresh(cases[0]).next_due_at
    assert services.sweep(now=due - dt.timedelta(hours=1)) == CASES
    return cases, due + dt.timedelta(seconds=1)


def breached():
    """How often each case is written down as late."""
    with protection.working("test"):
        entries = CaseEntry.objects.filter(kind=EntryKind.BREACHED).order_by("case_id")
        found = list(entries.values_list("case_id", flat=True))
    return sorted(found.count(each) for each in set(found))


def told(notices=None):
    """Of how many cases officers were told, by officer and kind, one by one or together."""
    kinds = {many: one for one, (many, _where) in telling.OF_MANY.items()}
    sums = Counter()
    for each in Notice.objects.all() if notices is None else notices:
        kind = kinds.get(each.kind, each.kind)
        if kind in telling.OF_MANY:
            sums[each.account_id, kind] += each.facts.get("count", 1)
    return sums


def effects():
    officers = told(Notice.objects.filter(kind__in=["desk.case_late", "desk.cases_late"]))
    entries = AuditEntry.objects.filter(action="case.breached").count()
    return officers.total(), entries


def test_each_leaves_its_entry_news_and_audit_and_the_chain_holds(late):
    _cases, now = late
    assert services.sweep(now=now) == CASES
    assert breached() == [1] * CASES
    assert effects() == (CASES, CASES)
    assert services.sweep(now=now) == 0
    assert effects() == (CASES, CASES)
    assert [
        problem for problem in audit.verify_node().problems if "checkpoint" not in str(problem)
    ] == []


def test_officers_hear_once_of_what_falls_late_together_and_each_applicant_of_their_own(
    monkeypatch,
):
    """Three at one union, a complaint among them: whoever is tied to the accused is told of two. A
    union with one late case is told of that one, as ever. No union is parted by where a batch ends.
    """
    monkeypatch.setattr(sweeping, "TOGETHER", 3)
    chain = make_chain()
    publish(AID)
    publish(COMPLAINT, steps=[{**COMPLAINT["steps"][0], "term": {"days": 3}}])
    county, tied, knows = make_officer(chain[2]), make_officer(chain[3]), make_officer(chain[3])
    alone = make_union("隔壁工会", parent=chain[2])
    neighbour = make_officer(alone)
    employer = Employer.objects.create(name="宏达电子", division=chain[2].division)
    declare_tie(
        account=tied.account, employer=employer, kind=TieKind.FAMILY, by=tied.account, now=MONDAY
    )
    applicants = [make_account() for _n in range(4)]
    for union, account in zip((chain[3], chain[3], alone), applicants, strict=False):
        make_case(union=union, account=account, now=MONDAY)
    last = make_case(
        union=chain[3],
        account=applicants[3],
        now=MONDAY,
        document=COMPLAINT,
        accused=employer,
        matter="工资被拖欠了三个月",
    )
    due = fresh(last).next_due_at
    services.sweep(now=due - dt.timedelta(hours=1))
    services.sweep(now=due + dt.timedelta(seconds=1))

    def heard(post, kind):
        found = Notice.objects.filter(account=post.account, kind=kind)
        return [(each.facts.get("count"), each.url.partition("?")[2]) for each in found]

    there = f"tab=late&union={chain[3].number}"
    assert heard(knows, "desk.cases_late") == [(3, there)]
    assert heard(tied, "desk.cases_late") == [(2, there)]
    assert heard(neighbour, "desk.case_late") == [(None, "")]
    assert heard(county, "desk.cases_raised") == [(3, "tab=raised")]
    assert heard(county, "desk.case_raised") == [(None, "")]
    assert heard(knows, "desk.cases_reminder") == [(3, f"union={chain[3].number}")]
    words = worded(Notice.objects.get(account=knows.account, kind="desk.cases_late"))
    assert (words.title, chain[3].name in words.text) == ("3 件办件超期", True)
    of_their_own = Notice.objects.filter(account__in=applicants, created_at__gt=due)
    kinds = of_their_own.order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["case.late", "case.late", "case.late", "case.news"]


def test_reminding_ten_asks_no_more_than_reminding_two(
    late, django_assert_max_num_queries, monkeypatch
):
    cases, now = late
    chain_union = fresh(cases[0]).handler
    monkeypatch.setattr(sweeping, "TOGETHER", 100)
    services.sweep(now=now)
    for _n in range(10):
        make_case(union=chain_union, now=MONDAY)
    morning = fresh(make_case(union=chain_union, now=MONDAY)).clock_at
    # Two scopes, the due, the locked, calendars, officers; what is written goes along.
    with django_assert_max_num_queries(16):
        assert services.sweep(now=morning) == 11


def test_one_that_fails_holds_no_other_back(late, monkeypatch):
    cases, now = late
    serve = sweeping.serve

    def failing(case, this):
        if case.pk == cases[1].pk:
            raise RuntimeError("broken")
        serve(case, this)

    monkeypatch.setattr(sweeping, "serve", failing)
    assert services.sweep(now=now) == CASES - 1
    assert effects() == (CASES - 1,) * 2
    monkeypatch.setattr(sweeping, "serve", serve)
    assert services.sweep(now=now) == 1
    assert breached() == [1] * CASES


def test_a_page_of_cases_that_always_fail_holds_no_other_back(late, monkeypatch):
    cases, now = late
    broken, serve = {case.pk for case in cases[:3]}, sweeping.serve

    def failing(case, this):
        if case.pk in broken:
            raise RuntimeError("broken")
        serve(case, this)

    monkeypatch.setattr(sweeping, "serve", failing)
    assert services.sweep(now=now) == CASES - 3
    assert services.sweep(now=now) == 0
    assert effects() == (CASES - 3,) * 2


def test_together_is_as_one_by_one(monkeypatch):
    """Complaints and requests, of several unions, at every kind of step, some called before: what
    is left on each is the same as when each is looked at alone and each row is written by itself.
    """
    chain = make_chain()
    publish(AID)
    publish(COMPLAINT)
    posts = [make_officer(union) for union in chain[1:]]
    factory = Employer.objects.create(name="宏达电子", division=chain[2].division)
    # An officer of the union above has a job with the accused, and is told nothing.
    tied = posts[1].account
    declare_tie(account=tied, employer=factory, kind=TieKind.FAMILY, by=tied, now=MONDAY)
    worker = make_account()

    def life():
        before = set(Notice.objects.values_list("pk", flat=True))
        cases = bag(chain, posts, worker, factory)
        for _time in range(4):
            now = max(fresh(case).clock_at for case in cases if fresh(case).is_open)
            services.sweep(now=now)
        news = told(Notice.objects.exclude(pk__in=before))
        return [left_on(case) for case in cases], news

    monkeypatch.setattr(sweeping, "TOGETHER", 100)
    together = life()
    monkeypatch.setattr(sweeping, "TOGETHER", 1)
    monkeypatch.setattr(DatabaseWrapper, "rows_together", lambda _connection: nullcontext())
    assert life() == together
    left_behind, news = together
    assert {kind for _account, kind in news} == set(telling.OF_MANY)
    happened = {each[1] for left in left_behind for each in left[3][0]}
    assert happened >= {"reminded", "breached", "escalated", "step", "closed", "resumed"}


def bag(chain, posts, worker, factory):
    """Cases at several unions, most of which come up at the same moments."""
    asked = {"account": worker, "now": MONDAY}
    cases = [make_case(union=union, **asked) for union in (chain[2], chain[3], chain[3], chain[3])]
    *_others, silent, paused, noticed = cases[0], *cases
    by = {"by": posts[2], "now": MONDAY}
    services.take_step(
        case_id=silent.pk, step="check", outcome="incomplete", words="请补交收入证明和病历", **by
    )
    services.take_step(case_id=noticed.pk, step="check", outcome="passed", **by)
    end_step(noticed, posts[1], "decide", "granted", now=MONDAY)
    until = (MONDAY + dt.timedelta(days=2)).date()
    services.pause_case(case_id=paused.pk, until=until, reason="等待医院出具诊断证明", **by)
    complaint = {"document": COMPLAINT, "accused": factory, "matter": "工资被拖欠了三个月"}
    return [*cases, *(make_case(union=chain[3], **asked, **complaint) for _n in range(2))]


def left_on(case):
    """What became of a case, without what is each one's own."""
    found = fresh(case)
    with protection.working("test"):
        entries = CaseEntry.objects.filter(case=case).order_by("number")
        told = [(one.number, one.kind, one.union_id, one.facts) for one in entries]
        units = sorted(CaseUnit.objects.filter(case=case).values_list("union_id", flat=True))
    # What is told of many at once is compared by `told`.
    notices = Notice.objects.filter(facts__number=case.number).exclude(kind__in=telling.OF_MANY)
    notices = notices.order_by("account_id", "kind")
    acts = AuditEntry.objects.filter(subject=f"case:{case.pk}").order_by("details__number")
    assert told[1:]
    return (
        (found.breaches, found.reminded, found.raised_to_id, found.sharing_paths),
        (found.state, found.step, found.result, found.paused_days, found.due_breached_at),
        (found.due_at, found.next_due_at, found.clock_at, found.handler_id),
        (told, units),
        list(notices.values_list("account_id", "kind")),
        list(acts.values_list("action", "union_id", "person_id", "details")),
        OutboxEvent.objects.filter(payload__case_id=str(case.pk)).count(),
    )


def test_who_is_killed_half_way_has_done_whole_cases_and_the_next_goes_on(late, monkeypatch):
    _cases, now = late
    served, serve = [], sweeping.serve

    def killed(case, this):
        served.append(case.pk)
        if len(served) >= 4:
            raise SystemExit
        serve(case, this)

    monkeypatch.setattr(sweeping, "HANDS", 1)
    monkeypatch.setattr(sweeping, "serve", killed)
    with pytest.raises(SystemExit):
        services.sweep(now=now)
    assert effects() == (2, 2)
    monkeypatch.setattr(sweeping, "serve", serve)
    assert services.sweep(now=now) == CASES - 2
    assert breached() == [1] * CASES
    assert effects() == (CASES, CASES)


def test_two_transactions_are_at_work_at_the_same_time(late, monkeypatch):
    """Each waits until the other has begun."""
    _cases, now = late
    barrier, look = threading.Barrier(2, timeout=60), sweeping.look_at_together

    def together(case_ids, *, now):
        if len(case_ids) == 2:
            barrier.wait()
        return look(case_ids, now=now)

    monkeypatch.setattr(sweeping, "look_at_together", together)
    assert services.sweep(now=now) == CASES
    assert effects() == (CASES, CASES)


def test_two_at_once_break_no_term_twice(late, monkeypatch):
    """Both have read the same list of what is due before either begins."""
    _cases, now = late
    barrier, look = threading.Barrier(2, timeout=60), sweeping.look_at_some
    met = threading.local()

    def together(case_ids, *, now):
        if not getattr(met, "once", False):
            met.once = True
            barrier.wait()
        return look(case_ids, now=now)

    monkeypatch.setattr(sweeping, "HANDS", 1)
    monkeypatch.setattr(sweeping, "look_at_some", together)
    done = []

    def work():
        done.append(services.sweep(now=now))
        connections.close_all()

    threads = [threading.Thread(target=work) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    monkeypatch.setattr(sweeping, "look_at_some", look)
    services.sweep(now=now)
    assert sum(done) <= CASES
    assert breached() == [1] * CASES
    assert effects() == (CASES, CASES)
