"""The made-up people: one for each role, deterministic, and opened once."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from niangjia.members.models import Account
from niangjia.members.rules import identity
from niangjia.members.selectors import demo
from niangjia.operations.demo import accounts

pytestmark = pytest.mark.django_db


def load():
    said = []
    accounts.load(progress=lambda done, total: said.append((done, total)))
    return said


def test_each_role_has_an_account_and_officers_a_second_factor():
    total = len(demo.described())
    assert load()[-1] == (total, total)
    for described in demo.described():
        account = Account.objects.by_phone(described.phone)
        assert account.person.name == described.name
        assert account.person.verified_at
        assert Authenticator.objects.filter(user=account, type="totp").exists() == described.officer


def test_loading_again_changes_nothing():
    load()
    before = set(Account.objects.values_list("id", flat=True))
    load()
    assert set(Account.objects.values_list("id", flat=True)) == before


def test_numbers_are_valid_and_from_the_block_nobody_is_given():
    for number, described in enumerate(demo.described(), start=1):
        assert described.phone.startswith("+86154")
        checked = accounts.identity_number(number)
        assert identity.normalised_number("resident_id", checked) == checked


def test_a_demo_officers_authenticator_can_be_set_up_by_its_secret():
    load()
    officer = next(each for each in demo.described() if each.officer)
    secret = accounts.totp_secret(officer.key)
    authenticator = Authenticator.objects.get(
        user=Account.objects.by_phone(officer.phone), type="totp"
    )
    counter = next(totp.yield_hotp_counters_from_time())
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    assert totp.TOTP(authenticator).validate_code(code)
    assert not totp.TOTP(authenticator).validate_code(code)


def test_the_terminal_is_told_who_one_may_be(settings):
    assert [each.phone for each in accounts.list_accounts()] == [
        each.phone for each in demo.described()
    ]
    settings.DEMO = False
    load()
    assert demo.list_accounts() == []
    settings.DEMO = True
    assert demo.list_accounts() == list(demo.described())
