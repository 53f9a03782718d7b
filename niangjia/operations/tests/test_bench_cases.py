"""The data set of the benchmark of cases is what the services would have written."""

import pytest
from django.db import connection

from niangjia.cases.models import Case, CaseSearch
from niangjia.cases.selectors.search import Sought, search
from niangjia.cases.services import timeline
from niangjia.cases.services.search_rows import write_row_again
from niangjia.core import protection
from niangjia.members.models import Post
from niangjia.operations.bench import (
    case_filling,
    case_questions,
    case_rows,
    province,
    scale,
    stage,
)


@pytest.fixture
def filled(as_owner, monkeypatch):
    """A hundred and twenty cases in a small province."""
    monkeypatch.setattr(scale, "MADE_UP_TOWNSHIPS_PER_COUNTY", 1)
    # Inside the test's transaction nothing can be vacuumed.
    monkeypatch.setattr(scale, "tidy_up", lambda: None)
    monkeypatch.setattr(province, "WORKERS", 50)
    monkeypatch.setattr(province, "EMPLOYERS", 20)
    monkeypatch.setattr(province, "UNIONS", 260)
    monkeypatch.setattr(case_rows, "TEXTS", 70)
    province.load()
    monkeypatch.setattr(case_filling, "SLICE", 50)
    case_filling.load(120, lambda _done, _total: None)


def test_cases_of_the_data_set_are_read_found_and_asked_for_as_any(filled):
    post = Post.objects.select_related("union", "account").get(union__depth=1)
    with protection.working("test"):
        cases = list(Case.objects.select_related("handler").order_by("pk"))
        told = timeline.told_in(cases[0])
        row = CaseSearch.objects.get(case=cases[0])
        before = (sorted(row.words), sorted(row.marks))
        write_row_again(cases[0])
        connection.send_waiting()
        row.refresh_from_db()
    assert len(cases) == 120
    assert told["answers"]
    # The bench leaves the phone numbers out, which the service finds cases by as well.
    assert set(before[0]) <= set(row.words)
    assert before[1] == sorted(row.marks)
    assert all(case.handler_path == case.handler.path for case in cases)
    with protection.viewing(account=post.account_id):
        found = search([post], Sought(), account=post.account)
    assert found.count.value == 120
    assert len(case_questions.queue_of(post).items) == 25
    bare_statements_answer_what_the_services_answer()


def bare_statements_answer_what_the_services_answer():
    for post in case_questions.officers():
        page, *_counts = case_questions.bare_queue(post)
        with connection.cursor() as cursor:
            cursor.execute(*page)
            bare = [row[0] for row in cursor.fetchall()][:25]
        assert bare == [case.pk for case in case_questions.queue_of(post).items]
        for sought in case_questions.sought():
            first, _shown = case_questions.bare_search(post, sought)
            with connection.cursor() as cursor:
                cursor.execute(*first)
                ids = [row[0] for row in cursor.fetchall()][:25]
            assert ids == [case.pk for case in case_questions.found(post, sought).items]


def test_several_processes_write_each_case_once():
    parts = [case_filling.Part(95_000, place, 3) for place in range(3)]
    numbers = sorted(number for part in parts for each in part.slices() for number in each)
    assert numbers == list(range(95_000))


def test_another_number_of_cases_is_another_data_set():
    assert stage.province_of_cases(10).wanted != stage.province_of_cases(11).wanted
    assert (
        stage.province_of_cases(10).name != stage.whole_country(divisions=None, grassroots=1).name
    )
