"""A changed calendar moves every term that runs across the day, however many cases run."""

import datetime as dt

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.cases import services, tasks
from niangjia.cases.services import recounting
from niangjia.cases.tests.factories import AID, fresh, make_case, publish
from niangjia.core import outbox
from niangjia.core.working_calendar import set_working_day
from niangjia.members.tests.factories.joining import MONDAY, make_chain

pytestmark = pytest.mark.django_db


def test_all_cases_move_a_page_at_a_time_with_their_calendars_asked_once_a_page(
    django_assert_num_queries, monkeypatch
):
    publish(AID)
    union = make_chain()[3]
    cases = [make_case(union=union, now=MONDAY) for _number in range(3)]
    off = (MONDAY + dt.timedelta(days=2)).date()
    set_working_day(
        date=off, province="", is_working=False, name="停电", source="测试", by=None, now=MONDAY
    )
    before = [case.next_due_at for case in cases]
    monkeypatch.setattr(recounting, "BATCH", 2)
    arguments = {"date": off, "province": "", "now": MONDAY}
    # Each page: a savepoint, the scope, the cases, their calendars, all moves, the end.
    with django_assert_num_queries(2 * 6):
        assert services.recount(**arguments) == 3
    assert all(fresh(case).next_due_at > due for case, due in zip(cases, before, strict=True))
    assert services.recount(**arguments) == 0


def test_a_changed_day_moves_one_page_at_once_and_jobs_the_others_each_from_where_the_last_ended(
    monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(recounting, "BATCH", 2)
    publish(AID)
    union = make_chain()[3]
    cases = [make_case(union=union, now=MONDAY) for _number in range(5)]
    before = [case.next_due_at for case in cases]
    set_working_day(
        date=(MONDAY + dt.timedelta(days=2)).date(),
        province="",
        is_working=False,
        name="停电",
        source="测试",
        by=None,
        now=MONDAY,
    )
    outbox.deliver_pending()

    def moved():
        return [fresh(case).next_due_at > due for case, due in zip(cases, before, strict=True)]

    jobs = ProcrastinateJob.objects.filter(task_name=recounting.RECOUNT)
    assert moved() == [True] * 2 + [False] * 3
    for done in (4, 5):
        job = jobs.latest("id")
        # Twice is once: whoever died after the commit is followed by another.
        tasks.recount(**job.args)
        tasks.recount(**job.args)
        assert moved() == [True] * done + [False] * (5 - done)
    assert {job.args["after"] for job in jobs} == {str(cases[1].pk), str(cases[3].pk)}
