"""The real-name check: separate consent, bounded tries, kind failures, no claiming of strangers."""

import pytest

from niangjia.core import clock, errors
from niangjia.core.crypto import digest
from niangjia.members import services
from niangjia.members.models import Account, Attempt, Person, Purpose
from niangjia.members.rules import identity
from niangjia.members.tests.factories.accounts import (
    make_account,
    make_answers,
    make_identity_number,
    make_person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


def consenting():
    account = make_account()
    services.give_consent(account=account, purpose=Purpose.IDENTITY_CHECK, now=clock.now())
    return account


def confirm(account, **answers):
    return services.confirm_identity(
        account=account, answers=make_answers(**answers), now=clock.now()
    )


def numbered(sequence):
    return make_identity_number(sequence=sequence)


def in_register(name="王小明", sequence=7):
    """Somebody a union entered from paper, who has no account yet."""
    number = numbered(sequence)
    return Person.objects.create(
        name=name,
        document_type="resident_id",
        identity_number=number,
        identity_digest=digest("identity-number", identity.digest_text("resident_id", number)),
    )


def test_a_match_verifies():
    person = confirm(consenting(), identity_number=numbered(1))
    assert person.verified_at is not None


def test_without_consent_nothing_is_asked():
    with pytest.raises(errors.Conflict) as refusal:
        confirm(make_account())
    assert refusal.value.code == "consent-needed"
    assert not Attempt.objects.exists()


def test_a_withdrawn_consent_is_none():
    account = consenting()
    services.withdraw_consent(account=account, purpose=Purpose.IDENTITY_CHECK, now=clock.now())
    with pytest.raises(errors.Conflict):
        confirm(account)


@pytest.mark.parametrize(("sequence", "field"), [(900, "name"), (990, "identity_number")])
def test_a_failed_check_is_explained_beside_its_field_and_records_nobody(sequence, field):
    account = consenting()
    with pytest.raises(errors.Invalid) as refusal:
        confirm(account, identity_number=numbered(sequence))
    assert set(refusal.value.fields) == {field}
    assert Account.objects.get(id=account.id).person is None


def test_five_failed_checks_a_day_are_enough():
    account = consenting()
    for _ in range(5):
        with pytest.raises(errors.Invalid):
            confirm(account, identity_number=numbered(900))
    with pytest.raises(errors.Throttled):
        confirm(account, identity_number=numbered(1))


def test_a_service_that_is_down_costs_no_try():
    account = consenting()
    for _ in range(8):
        with pytest.raises(errors.Unavailable):
            confirm(account, identity_number=numbered(999))
    assert confirm(account, identity_number=numbered(1)).verified_at


def test_a_node_without_a_service_says_what_works_instead(settings):
    account = consenting()
    settings.DEMO = False
    with pytest.raises(errors.Unavailable) as refusal:
        confirm(account)
    assert "union" in str(refusal.value.message) or "工会" in str(refusal.value.message)


def test_wrong_answers_are_not_sent_anywhere():
    with pytest.raises(errors.Invalid):
        confirm(consenting(), identity_number="123")
    assert not Attempt.objects.exists()


def test_a_member_of_the_paper_register_is_connected_by_the_check():
    person = in_register()
    account = consenting()
    assert confirm(account, identity_number=person.identity_number).id == person.id
    assert Account.objects.get(id=account.id).person == person


def test_nobody_claims_a_member_of_the_paper_register_by_typing_their_number():
    person = in_register()
    account = make_account()
    with pytest.raises(errors.Conflict) as refusal:
        services.identify_person(
            account=account,
            answers=make_answers(identity_number=person.identity_number),
            now=clock.now(),
        )
    assert refusal.value.code == "check-first"
    assert Account.objects.get(id=account.id).person is None


def test_somebody_elses_account_is_not_taken_over_by_a_check():
    person = make_person()
    with pytest.raises(errors.Conflict):
        confirm(consenting(), identity_number=person.identity_number)
    assert Person.objects.get().account == person.account
