"""Opening accounts and saying who one is."""

import pytest

from niangjia.core import clock, errors
from niangjia.core.models import AuditEntry
from niangjia.members import selectors, services
from niangjia.members.models import Account, Person, Purpose
from niangjia.members.tests.factories.accounts import make_account, make_answers, make_person

pytestmark = pytest.mark.django_db


def test_an_account_is_found_by_its_phone_however_typed():
    account = services.create_account(phone="１３８ 0000 1111", now=clock.now())
    assert Account.objects.by_phone("+8613800001111") == account
    assert not account.has_usable_password()


def test_a_phone_has_one_account():
    services.create_account(phone="13800001111", now=clock.now())
    with pytest.raises(errors.Conflict) as refusal:
        services.create_account(phone="+86 13800001111", now=clock.now())
    assert set(refusal.value.fields) == {"phone"}


def test_saying_who_one_is_makes_a_person():
    account = make_account()
    person = services.identify_person(account=account, answers=make_answers(), now=clock.now())
    account.refresh_from_db()
    assert account.person == person
    assert person.verified_at is None
    assert AuditEntry.objects.filter(person_id=person.id, action="person.identified").count() == 1


def test_saying_the_same_again_keeps_the_proof():
    answers = make_answers()
    person = make_person(**answers)
    again = services.identify_person(account=person.account, answers=answers, now=clock.now())
    assert again.id == person.id
    assert again.verified_at == person.verified_at


def test_a_new_name_takes_the_proof_away():
    person = make_person()
    answers = {"name": "王大明", "identity_number": person.identity_number}
    changed = services.identify_person(account=person.account, answers=answers, now=clock.now())
    assert changed.id == person.id
    assert changed.verified_at is None


def test_a_proven_account_cannot_become_another_human_being():
    person = make_person()
    with pytest.raises(errors.Conflict):
        services.identify_person(
            account=person.account, answers=make_answers(name="李四"), now=clock.now()
        )


def test_an_identity_number_of_another_account_is_refused_without_saying_whose():
    person = make_person(name="张三")
    with pytest.raises(errors.Conflict) as refusal:
        services.identify_person(
            account=make_account(),
            answers=make_answers(identity_number=person.identity_number),
            now=clock.now(),
        )
    assert set(refusal.value.fields) == {"identity_number"}
    assert "张" not in str(refusal.value.message)
    assert Person.objects.count() == 1


def test_fifteen_and_eighteen_digits_are_one_person():
    make_person(identity_number="11010519491231002X")
    with pytest.raises(errors.Conflict):
        make_person(identity_number="110105491231002")


def test_what_is_said_besides_the_identity_is_kept():
    person = make_person(ethnicity="01", education="college", from_elsewhere=True)
    assert (person.ethnicity, person.education, person.from_elsewhere) == ("01", "college", True)


def test_consent_is_given_once_and_withdrawn_alone():
    account = make_account()
    for purpose in (Purpose.NOTICES, Purpose.STATISTICS, Purpose.NOTICES):
        services.give_consent(account=account, purpose=purpose, now=clock.now())
    assert set(selectors.current_consents(account)) == {Purpose.NOTICES, Purpose.STATISTICS}
    services.withdraw_consent(account=account, purpose=Purpose.NOTICES, now=clock.now())
    assert not selectors.has_consented(account, Purpose.NOTICES)
    assert selectors.has_consented(account, Purpose.STATISTICS)
