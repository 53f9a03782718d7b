"""The question that every request of somebody signed in asks: the account of a key."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from niangjia.members.models import Account
from niangjia.members.tests.factories.accounts import make_account, make_person

pytestmark = pytest.mark.django_db


def test_it_is_the_whole_account_in_one_query(django_assert_num_queries):
    person = make_person()
    account = person.account
    with django_assert_num_queries(1):
        found = Account.objects.get(pk=account.pk)
        assert (found, found.phone) == (account, account.phone)
    assert found.person == person
    assert found.get_deferred_fields() == set()


def test_the_key_may_be_text_as_in_a_session():
    account = make_account()
    assert Account.objects.get(pk=str(account.pk)) == account


def test_it_is_asked_anew_each_time():
    account = make_account()
    assert Account.objects.get(pk=account.pk).is_active
    Account.objects.update(is_active=False)
    assert not Account.objects.get(pk=account.pk).is_active


@pytest.mark.parametrize("key", [uuid.UUID(int=1), None])
def test_an_unknown_key_is_nobody(key):
    make_account()
    with pytest.raises(Account.DoesNotExist):
        Account.objects.get(pk=key)


def test_nonsense_is_refused_as_django_does():
    with pytest.raises(ValidationError):
        Account.objects.get(pk="x")


def test_other_questions_are_not_this_one():
    account, other = make_account(), make_account()
    assert Account.objects.get(phone_digest=other.phone_digest) == other
    with pytest.raises(Account.DoesNotExist):
        Account.objects.get(pk=account.pk, is_active=False)
    with pytest.raises(Account.DoesNotExist):
        Account.objects.filter(is_active=False).get(pk=account.pk)
    with pytest.raises(Account.MultipleObjectsReturned):
        Account.objects.get(is_active=True)
