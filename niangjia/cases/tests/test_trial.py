"""A trial run is the real thing, and leaves nothing."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import connection

from niangjia.cases import services
from niangjia.cases.services import trial
from niangjia.cases.services.trial import Move, try_out
from niangjia.cases.tests.factories import AID, COMPLAINT, make_officer, publish
from niangjia.core import protection
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members.models import Role
from niangjia.members.tests.factories.joining import MONDAY, make_chain

pytestmark = pytest.mark.django_db
ANSWERS = {"reason": "家里有人生病，收入不够"}


@pytest.fixture(scope="module")
def made_chain(kept):
    made = make_chain()
    publish(AID)
    publish(COMPLAINT)
    for union in made[2:]:
        make_officer(union, Role.CASE_OFFICER)
    return made


def draft(union, by, key="test-aid"):
    return services.begin_draft(by=by, union=union, key=key, now=MONDAY)


def run(version, union, by, *moves, answers=ANSWERS):
    return try_out(
        by=by, version_id=version.pk, union=union, answers=answers, moves=moves, now=MONDAY
    )


def rows():
    """How many rows each table of the database has."""
    with protection.working("test"):
        counted = {model._meta.label: model._base_manager.count() for model in apps.get_models()}
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs")
            return {**counted, "jobs": cursor.fetchone()[0]}


def test_nothing_of_it_is_kept(chain):
    by = make_officer(chain[2])
    version = draft(chain[2], by)
    before = rows()
    seen = run(version, chain[3], by, Move("passed"), Move("granted"), Move())
    assert (seen.case.state, seen.case.result) == ("closed", "granted")
    assert rows() == before
    version.refresh_from_db()
    assert version.state == "draft"


def test_without_the_guard_everything_of_it_would_be_there(chain, monkeypatch):
    """The control: a trial that is not undone leaves a case, notices and audit entries."""
    by = make_officer(chain[2])
    version = draft(chain[2], by)
    before = rows()
    monkeypatch.setattr(trial, "undo", lambda seen: None)
    with pytest.raises(AssertionError):
        run(version, chain[3], by, Move("passed"), Move())
    after = rows()
    grown = {name for name in after if after[name] > before[name]}
    assert grown >= {"cases.Case", "cases.CaseEntry", "core.AuditEntry", "members.Notice"}


def test_it_goes_the_way_of_the_draft_with_its_clocks(chain):
    by = make_officer(chain[2])
    version = draft(chain[2], by)
    version.content = {"promised_term": {"days": 10}}
    version.save()
    seen = run(version, chain[3], by)
    assert (seen.present.key, seen.case.due_days) == ("check", 10)
    later = (MONDAY + dt.timedelta(days=1)).date()
    seen = run(version, chain[3], by, Move("passed", on=later))
    assert (seen.present.key, seen.case.handler) == ("decide", chain[2])
    assert seen.at.date() == later
    # Nobody does anything: it is late, and the union above is called.
    seen = run(version, chain[3], by, Move())
    assert seen.case.breaches == 1
    assert seen.notices["desk.case_late"] == 1


def test_a_move_that_would_be_refused_says_so_and_what_came_before_stands(chain):
    by = make_officer(chain[2])
    seen = run(draft(chain[2], by), chain[3], by, Move("passed"), Move("refused", words="短"))
    assert seen.refusal.code == "reason-needed"
    assert seen.present.key == "decide"


def test_a_complaint_is_tried_out_with_a_made_up_employer(chain):
    by = make_officer(chain[2])
    version = draft(chain[2], by, "test-complaint")
    seen = run(version, chain[3], by, Move("settled"), answers={"matter": "拖欠工资三个月"})
    assert seen.case.result == "resolved"


def test_what_does_not_fit_is_refused_like_anywhere(chain):
    by = make_officer(chain[2])
    version = draft(chain[2], by)
    with pytest.raises(Invalid):
        run(version, chain[3], by, answers={})
    with pytest.raises(Conflict):
        run(version, chain[1], by)
    with pytest.raises(Conflict):
        run(version, chain[3], by, *[Move()] * 61)
    with pytest.raises(NotFound):
        run(version, chain[3], make_officer(chain[3], Role.CHAIR))
