"""The keys of cases: one each, bound to its case, wrapped anew when the node's key changes."""

import pytest
from cryptography.exceptions import InvalidTag

from niangjia.cases import services
from niangjia.cases.selectors import access_offered, owner_of_account
from niangjia.cases.services import rotation, timeline
from niangjia.cases.tests.factories import AID, fresh, make_case, publish
from niangjia.core.crypto import envelopes, keys
from niangjia.core.tests.key_files import own_keys
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.joining import make_chain


@pytest.fixture
def union(db):
    publish(AID)
    return make_chain()[3]


def test_one_case_s_key_opens_no_other(union):
    one, other = make_case(union=union), make_case(union=union)
    assert "家里有人生病" in timeline.key_of(one).unseal(one.answers, part="answers")
    with pytest.raises(InvalidTag):
        timeline.key_of(one).unseal(other.answers, part="answers")
    with pytest.raises(InvalidTag):
        timeline.key_of(one).unseal(one.answers, part="entry:1")
    one.sealed_key = other.sealed_key
    with pytest.raises(InvalidTag):
        timeline.key_of(one)


def test_after_a_rotation_everything_is_read_and_nothing_is_left_under_the_old_key(
    union, tmp_path, monkeypatch
):
    provider = own_keys(tmp_path / "keys.json")
    monkeypatch.setattr(keys, "provider", lambda: provider)
    account = make_person().account
    owner = owner_of_account(account.pk)
    case = make_case(union=union, account=account)
    services.save_draft(
        owner=owner,
        offered=access_offered("test-aid", union),
        answers={"reason": "再写一半"},
        now=case.opened_at,
    )
    provider.rotate("envelope")
    assert rotation.rewrap_keys() == 2
    assert rotation.rewrap_keys() == 0
    assert bytes(fresh(case).sealed_key)[1] == 2
    reading = services.read_own_case(owner=owner, number=case.number)
    assert reading.told.answers["reason"] == "家里有人生病，收入不够"
    assert services.read_draft(owner=owner, item=case.item).answers == {"reason": "再写一半"}


@pytest.mark.parametrize("spoilt", [b"", b"\x01", b"\x09\x01" + b"x" * 80, b"\x01\x63" + b"x" * 80])
def test_a_spoilt_key_opens_nothing(spoilt):
    with pytest.raises(InvalidTag):
        envelopes.open_key(spoilt, "cases.case:1")


def test_the_suite_may_change_without_a_new_key(settings):
    key, wrapped = envelopes.new_key("x")
    sealed = key.seal("秘密", part="a")
    settings.NIANGJIA_CIPHER_SUITE = "aes256-gcm-sha256"
    fresh_wrapped = envelopes.rewrapped(wrapped, "x")
    assert fresh_wrapped is not None
    assert envelopes.open_key(fresh_wrapped, "x").unseal(sealed, part="a") == "秘密"
