"""The rows by which cases are found: written, written late, written anew, emptied."""

from importlib import import_module

import pytest
from django.db import connection

from niangjia.cases import services
from niangjia.cases.models import Case, CaseSearch
from niangjia.cases.selectors.search import Sought, search
from niangjia.cases.services import search_rows
from niangjia.cases.tests.factories import AID, fresh, make_case, make_officer, publish
from niangjia.core import clock, protection
from niangjia.core.crypto import keys
from niangjia.core.tests.key_files import own_keys
from niangjia.members.models import Reach
from niangjia.members.services.erasure import delete_account
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.joining import MONDAY, make_chain

MATTER = "包工头拖欠工资三个月"


@pytest.fixture
def chain():
    made = make_chain()
    publish(AID)
    return made


@pytest.fixture
def post(chain):
    return make_officer(chain[2])


def found(post, **sought):
    with protection.viewing(account=post.account_id):
        shown = search([post], Sought(**sought), account=post.account)
    return [case.number for case in shown.items]


@pytest.mark.django_db
def test_whoever_left_is_found_by_nothing_they_said(chain, post):
    person = make_person()
    case = make_case(union=chain[3], account=person.account, reason=MATTER)
    delete_account(account=person.account, now=clock.now())
    assert found(post, words="拖欠") == []
    assert found(post, item=case.item_id) == [case.number]
    with protection.working("test"):
        assert CaseSearch.objects.get().words == []


def test_cases_from_before_get_their_rows_bit_by_bit(as_owner, chain, post):
    cases = [make_case(union=chain[3], reason=MATTER) for _n in range(3)]
    with protection.working("test"):
        before = list(CaseSearch.objects.order_by("pk").values_list("words", "marks"))
        CaseSearch.objects.all().delete()
    assert found(post, words="拖欠") == []
    assert search_rows.write_missing_rows(limit=2) == 2
    assert found(post, words="拖欠") == [case.number for case in cases[:0:-1]]
    assert search_rows.write_missing_rows(limit=2) == 1
    assert search_rows.write_missing_rows(limit=2) == 0
    with protection.working("test"):
        assert list(CaseSearch.objects.order_by("pk").values_list("words", "marks")) == before


def place_of_row():
    """Where the one row of the search lies: another place once it was written anew."""
    with protection.working("test"), connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text FROM cases_casesearch")
        return cursor.fetchone()


@pytest.mark.django_db
def test_what_is_passed_up_is_found_there_and_no_earlier_and_its_row_is_not_written_anew(chain):
    """By officers who reach their own union alone: those who reach what is below find it anyway."""
    above, top = (make_officer(union, reach=Reach.UNION) for union in (chain[2], chain[1]))
    case = make_case(union=chain[3], now=MONDAY)
    before = place_of_row()
    assert found(above) == []
    pass_up(case)
    assert place_of_row() == before
    assert (found(above), found(top)) == ([case.number], [])
    pass_up(case)
    assert place_of_row() != before
    assert (found(above), found(top)) == ([case.number], [case.number])


STALE = """
SELECT count(*) FROM cases_casesearch s JOIN cases_case c ON c.id = s.case_id
WHERE s.marks IS DISTINCT FROM cases_marks(c)
"""


def stale():
    """How many rows lack a mark of theirs, or have one too many."""
    with connection.cursor() as cursor:
        cursor.execute(STALE)
        return cursor.fetchone()[0]


def test_whoever_comes_to_share_a_case_or_leaves_it_its_marks_are_what_they_have_to_be(
    as_owner, chain
):
    case = make_case(union=chain[3])
    above, top = chain[2].path, chain[1].path
    for sharing in ([above], [above, top], [top], [], [chain[3].path], [top, above], [above]):
        Case.objects.filter(pk=case.pk).update(sharing_paths=sharing)
        assert stale() == 0, sharing
    Case.objects.filter(pk=case.pk).update(handler_path=top)
    assert stale() == 0


def test_rows_from_before_are_marked_for_the_union_above_once(as_owner, chain):
    make_case(union=chain[3])
    migration = import_module("niangjia.cases.migrations.0021_only_new_marks")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_casesearch SET marks = array_remove(marks, cases_mark('at:' || %s))",
            [chain[2].path],
        )
        assert stale() == 1
        cursor.execute(migration.OLD_ROWS)
        assert (cursor.rowcount, stale()) == (1, 0)
        cursor.execute(migration.OLD_ROWS)
        assert cursor.rowcount == 0


def pass_up(case):
    """The term ends once more."""
    while (clock_at := fresh(case).clock_at) < (due := fresh(case).next_due_at):
        services.sweep(now=clock_at)
    services.sweep(now=due)


@pytest.mark.django_db
def test_while_keys_rotate_everything_is_found(chain, post, tmp_path, monkeypatch):
    provider = own_keys(tmp_path / "keys.json")
    monkeypatch.setattr(keys, "provider", lambda: provider)
    old = make_case(union=chain[3], reason=MATTER)
    with protection.working("test"):
        before = CaseSearch.objects.get().words
    provider.rotate("digest")
    new = make_case(union=chain[3], reason=MATTER)
    assert found(post, words="拖欠工资") == [new.number, old.number]
    assert search_rows.rewrite_rows() == 1
    assert search_rows.rewrite_rows() == 0
    with protection.working("test"):
        first, second = CaseSearch.objects.all()
    assert (first.words, first.made_under) == (second.words, second.made_under)
    assert set(first.words).isdisjoint(before)
