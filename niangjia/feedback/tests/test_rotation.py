"""New keys reach words that are append-only, and those of protected subjects."""

import pytest

from niangjia.core import protection
from niangjia.core.crypto import keys, rotation
from niangjia.core.tests.key_files import own_keys
from niangjia.feedback.models import OrderStep, Rating
from niangjia.feedback.tests.factories import make_office, make_order, take

pytestmark = pytest.mark.usefixtures("as_owner")

WORDS = "等了三周，电话没人接"


@pytest.fixture
def file(tmp_path, monkeypatch):
    provider = own_keys(tmp_path / "keys.json")
    monkeypatch.setattr(keys, "provider", lambda: provider)
    return provider


@pytest.mark.parametrize("is_protected", [False, True])
def test_new_keys_reach_sealed_words(file, is_protected):
    office = make_office()
    order = make_order(office, is_protected=is_protected, words=WORDS)
    take(office.colleague, order, "verification")
    file.rotate("encryption")
    assert rotation.rotate_all() > 0
    assert rotation.rotate_all() == 0
    with keys.opened(file.file) as content:
        del content["keys"]["encryption"]["1"]
    with protection.working("tests"):
        assert Rating.objects.get().words == WORDS
        assert OrderStep.objects.get(kind="verified").words
