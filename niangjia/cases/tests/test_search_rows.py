"""The rows by which cases are found: written, written late, written anew, emptied."""

import pytest

from niangjia.cases.models import CaseSearch
from niangjia.cases.selectors.search import Sought, search
from niangjia.cases.services import search_rows
from niangjia.cases.tests.factories import AID, make_case, make_officer, publish
from niangjia.core import clock, protection
from niangjia.core.crypto import keys
from niangjia.core.tests.key_files import own_keys
from niangjia.members.services.erasure import delete_account
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.joining import make_chain

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
