"""People are found while keys rotate, and after (promise 31)."""

import pytest

from niangjia.core import crypto
from niangjia.core.crypto import keys, rotation
from niangjia.members.models import Account, Person
from niangjia.members.tests.factories.accounts import make_account, make_identity_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path, monkeypatch):
    provider = keys.FileKeys(tmp_path / "keys.json")
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
