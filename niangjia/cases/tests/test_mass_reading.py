"""Promise 8: whoever opens case after case is stopped and noticed; decoys give an alarm."""

import datetime as dt

import pytest

from niangjia.cases import selectors, services
from niangjia.cases.models import CaseEntry, EntryKind, State
from niangjia.cases.rules import reading_limits
from niangjia.cases.rules.reading_limits import LIMITS, Limit
from niangjia.cases.selectors.decoys import is_decoy
from niangjia.cases.services import reading_limits as guard
from niangjia.cases.tests.factories import fresh, make_case, make_officer
from niangjia.core import clock, protection
from niangjia.core.errors import NotFound, Throttled
from niangjia.core.models import AuditEntry, OutboxEvent
from niangjia.members.models import Notice, Reach, Role
from niangjia.members.selectors import current_posts
from niangjia.members.tests.factories.desk import officer_client
from niangjia.organisations.selectors import figures

pytestmark = pytest.mark.django_db

FEW = (Limit(3, dt.timedelta(hours=1)), Limit(5, dt.timedelta(days=1)))
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def few(monkeypatch):
    """The same rule with fewer cases, so that a test need not make a hundred."""
    monkeypatch.setattr(reading_limits, "LIMITS", FEW)


def read(post, case, now, purpose=""):
    with clock.stopped_at(now):
        posts = current_posts(post.account)
        return services.read_case(
            by=post.account, posts=posts, number=case.number, purpose=purpose, now=now
        )


def told(post, kind):
    return Notice.objects.filter(account=post.account, kind=kind).count()


def snoop(post, cases, now):
    """Open everything; says how many opened."""
    opened = 0
    for case in cases:
        try:
            read(post, case, now)
        except Throttled:
            continue
        opened += 1
    return opened


def test_a_snooper_who_opens_everything_is_stopped_and_noticed(chain, few):
    snooper, above, top = (make_officer(union) for union in (chain[3], chain[2], chain[1]))
    now = clock.now()
    cases = [make_case(union=chain[3], now=now) for _ in range(7)]
    assert snoop(snooper, cases, now) == 3
    assert told(above, "desk.openings_stopped") == 1
    assert told(top, "desk.openings_stopped") == 0
    assert AuditEntry.objects.filter(action="case.openings_stopped").count() == 1
    # An hour later a few more, until the day's limit; the chair above is not told a second time.
    assert snoop(snooper, cases[3:], now + HOUR) == 2
    assert told(above, "desk.openings_stopped") == 1
    assert snoop(snooper, cases[5:], now + 25 * HOUR) == 2


def test_control_without_the_guard_the_snooper_reads_all_of_it(chain, few, monkeypatch):
    monkeypatch.setattr(guard, "spend_opening", lambda *_args, **_named: None)
    snooper = make_officer(chain[3])
    cases = [make_case(union=chain[3]) for _ in range(7)]
    assert snoop(snooper, cases, clock.now()) == 7


def test_work_is_not_snooping(chain, few):
    """What is assigned, what is due now, and the same case again do not count."""
    officer, now = make_officer(chain[3]), clock.now()
    own = [make_case(union=chain[3], now=now) for _ in range(4)]
    for case in own:
        services.assign_case(by=officer, case_id=case.pk, to=officer.account, now=now)
    due = [make_case(union=chain[3], now=now) for _ in range(4)]
    assert snoop(officer, own, now) == 4
    assert snoop(officer, due, fresh(due[0]).next_due_at - HOUR) == 4
    strange = [make_case(union=chain[3], now=now) for _ in range(4)]
    assert snoop(officer, [strange[0]] * 5 + strange, now) == 8


def test_stating_purposes_is_no_way_around(chain, few):
    """Whoever sits above and names a reason each time is counted all the same."""
    above, now = make_officer(chain[1]), clock.now()
    for case in [make_case(union=chain[3], now=now) for _ in range(3)]:
        read(above, case, now, purpose="service: 电话回访")
    with pytest.raises(Throttled):
        read(above, make_case(union=chain[3], now=now), now, purpose="service: 电话回访")


def test_the_page_says_so_kindly(chain, few):
    browser = officer_client(make_officer(chain[3]))
    cases = [make_case(union=chain[3]) for _ in range(4)]
    answers = [browser.get(f"/desk/cases/{case.number}/").status_code for case in cases]
    assert answers == [200, 200, 200, 429]


def test_the_limits_are_what_a_person_can_read():
    assert [limit.span for limit in LIMITS] == [HOUR, 24 * HOUR]
    assert LIMITS[0].cases < LIMITS[1].cases <= 200


def plant(chain, key="test-complaint", **answers):
    return services.plant_decoy(
        by=make_officer(chain[2]),
        union=chain[3],
        item_key=key,
        answers=answers or {"matter": "班组长长期克扣加班费，大家敢怒不敢言"},
        name="" if key == "test-complaint" else "李某",
        now=clock.now(),
    )


def test_opening_a_decoy_alarms_those_above_and_nobody_else_sees_anything(chain):
    above, officer = make_officer(chain[2]), make_officer(chain[3], Role.CASE_OFFICER)
    decoy = plant(chain)
    reading = read(officer, decoy, clock.now())
    assert reading.told.answers["matter"].startswith("班组长")
    assert told(above, "desk.decoy_opened") == 1
    assert told(officer, "desk.decoy_opened") == 0
    alarm = AuditEntry.objects.get(action="decoy.opened")
    assert alarm.account_id == officer.account_id


def test_control_a_case_that_is_none_gives_no_alarm(chain):
    above, officer = make_officer(chain[2]), make_officer(chain[3])
    read(officer, make_case(union=chain[3]), clock.now())
    assert told(above, "desk.decoy_opened") == 0


def test_nobody_can_tell_a_decoy_by_looking(chain):
    officer = make_officer(chain[3])
    decoy, case = plant(chain, "test-aid", reason="妻子住院需要手术"), make_case(union=chain[3])
    with protection.working("test"):
        rows = [type(case).objects.filter(pk=one.pk).values().get() for one in (decoy, case)]
        lines = [list(CaseEntry.objects.filter(case=one).values("kind")) for one in (decoy, case)]
    assert [len(bytes(row["mark"])) for row in rows] == [32, 32]
    assert lines[0] == lines[1]
    different = {key for key in rows[0] if rows[0][key] != rows[1][key]}
    assert "mark" in different
    assert not different & {"state", "step", "is_complaint", "handler_id", "is_urgent", "result"}
    assert is_decoy(fresh(decoy))
    assert not is_decoy(fresh(case))
    queue = officer_client(officer).get("/desk/cases/").content.decode()
    assert decoy.number in queue
    page = officer_client(officer).get(f"/desk/cases/{decoy.number}/").content.decode()
    assert not [word for word in ("decoy", "诱饵", bytes(rows[0]["mark"]).hex()) if word in page]


def test_a_decoy_is_in_no_figure_no_event_and_no_sweep(chain):
    decoy = plant(chain, "test-aid", reason="妻子住院需要手术")
    before = fresh(decoy)
    assert "cases:open" not in figures(chain[3])
    assert not OutboxEvent.objects.filter(type__startswith="cases.").exists()
    services.sweep(now=before.next_due_at + dt.timedelta(days=3))
    after = fresh(decoy)
    assert after.state == State.CLOSED
    assert after.breaches == 0
    with protection.working("test"):
        kinds = set(CaseEntry.objects.filter(case=decoy).values_list("kind", flat=True))
    assert not kinds & {EntryKind.BREACHED, EntryKind.REMINDED, EntryKind.ESCALATED}
    assert "cases:resolved" not in figures(chain[3])
    assert not OutboxEvent.objects.filter(type__startswith="cases.").exists()


def test_control_a_case_is_counted_announced_and_swept(chain):
    case = make_case(union=chain[3])
    assert figures(chain[3])["cases:open"] == 1
    assert OutboxEvent.objects.filter(type="cases.CaseOpened").exists()
    services.sweep(now=fresh(case).next_due_at + dt.timedelta(minutes=1))
    assert fresh(case).breaches == 1


def test_decoys_are_planted_from_above_only(chain):
    for post in (make_officer(chain[3]), make_officer(chain[2], Role.CASE_OFFICER)):
        with pytest.raises(NotFound):
            services.plant_decoy(
                by=post,
                union=chain[3],
                item_key="test-aid",
                answers={"reason": "妻子住院需要手术"},
                now=clock.now(),
            )
    beside = make_officer(chain[2], Role.CHAIR, Reach.UNION)
    with pytest.raises(NotFound):
        services.plant_decoy(
            by=beside, union=chain[3], item_key="test-aid", answers={}, now=clock.now()
        )


def test_decoys_are_visible_as_any_case_is(chain):
    decoy, stranger = plant(chain), make_officer(chain[3], Role.ANALYST)
    posts = current_posts(stranger.account)
    with protection.viewing(account=stranger.account_id), pytest.raises(NotFound):
        selectors.access_case(posts, decoy.number, account=stranger.account)
