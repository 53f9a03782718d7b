"""People are found while keys rotate, and after (promise 31)."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from niangjia.core import clock, crypto, personal_data
from niangjia.core.crypto import keys, rotation
from niangjia.core.tests.key_files import own_keys
from niangjia.members.adapters.second_factor import SecondFactorAdapter
from niangjia.members.models import Account, CodePurpose, OneTimeCode, Person
from niangjia.members.services import codes
from niangjia.members.tests.factories.accounts import make_account, make_identity_number

#: As the command does: the app would be refused, which does not see protected rows.
pytestmark = pytest.mark.usefixtures("as_owner")


@pytest.fixture
def file(tmp_path, monkeypatch):
    provider = own_keys(tmp_path / "keys.json")
    monkeypatch.setattr(keys, "provider", lambda: provider)
    return provider


@pytest.mark.parametrize("change", ["key", "suite"])
def test_an_account_is_found_before_during_and_after(file, settings, change):
    account = make_account()
    before = bytes(account.phone_digest)
    if change == "key":
        file.rotate("digest")
    else:
        settings.NIANGJIA_CIPHER_SUITE = "aes256-gcm-sha256"
    assert Account.objects.by_phone(account.phone) == account
    assert rotation.rotate_all() == 1
    account.refresh_from_db()
    assert bytes(account.phone_digest) == crypto.digest("phone", account.phone) != before
    assert Account.objects.by_phone(account.phone) == account
    assert rotation.rotate_all() == 0


def test_persons_rotate_and_the_erased_stay_unfindable(file):
    person = Person(name="王小明", document_type="resident_id")
    person.identity_number = make_identity_number()
    person.identity_digest = person.digests()["identity_digest"]
    person.save()
    erased = Person.objects.create(
        name="", document_type="resident_id", identity_number="", identity_digest=b"e" * 32
    )
    file.rotate("digest")
    assert rotation.rotate_all() == 1
    person.refresh_from_db()
    erased.refresh_from_db()
    assert bytes(person.identity_digest) == crypto.digest("identity-number", person.identity_text)
    assert bytes(erased.identity_digest) == b"e" * 32


def forget_key(file, number):
    """Throw an old encryption key away, as whoever rotates may once nothing is left under it."""
    with keys.opened(file.file) as content:
        del content["keys"]["encryption"][number]


def test_second_factors_survive_the_end_of_the_old_key(file):
    account, secret = make_account(), generate_totp_secret()
    app = TOTP.activate(account, secret).instance
    codes_before = RecoveryCodes.activate(account).get_unused_codes()
    file.rotate("encryption")
    assert rotation.rotate_all() == 3  # the account's number, the app's secret, the codes' seed
    assert rotation.rotate_all() == 0
    forget_key(file, "1")
    app.refresh_from_db()
    assert SecondFactorAdapter().decrypt(app.data["secret"]) == secret
    recovery = Authenticator.objects.get(user=account, type="recovery_codes")
    assert RecoveryCodes(recovery).get_unused_codes() == codes_before


def test_passkeys_have_nothing_to_rotate(file):
    data = {"name": "手机", "credential": {"id": "00"}}
    passkey = Authenticator.objects.create(user=make_account(), type="webauthn", data=data)
    file.rotate("encryption")
    rotation.rotate_all()
    passkey.refresh_from_db()
    assert json.dumps(passkey.data) == json.dumps(data)


def test_erasing_finds_codes_sent_under_an_older_key(file, settings):
    settings.DEMO = True
    account = make_account()
    codes.send_code(
        phone=account.phone,
        purpose=CodePurpose.SIGN_IN,
        address="127.0.0.1",
        language="en",
        now=clock.now(),
    )
    file.rotate("digest")
    personal_data.erase(personal_data.Subject(account.id, None, account.phone))
    assert not OneTimeCode.objects.exists()
