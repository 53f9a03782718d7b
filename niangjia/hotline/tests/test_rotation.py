"""New digest keys: earlier calls of a number and one's own messages are found as before."""

import pytest

from niangjia.cases import services as cases
from niangjia.cases.selectors import owner_of_account
from niangjia.cases.services import digests
from niangjia.core import clock, protection
from niangjia.core.crypto import keys
from niangjia.core.errors import NotFound
from niangjia.core.tests.key_files import own_keys
from niangjia.hotline import services
from niangjia.hotline.models import Call
from niangjia.hotline.rules.telephony import Kind
from niangjia.hotline.selectors import number_digest
from niangjia.hotline.services import Caller, rotation, sealing
from niangjia.hotline.services.sealing import Note
from niangjia.hotline.tests.factories import PHONE, event, make_call, open_order, take
from niangjia.members.tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db
WORDS = "怎么加入工会？单位没有工会。"


@pytest.fixture
def file(tmp_path, monkeypatch):
    provider = own_keys(tmp_path / "keys.json")
    monkeypatch.setattr(keys, "provider", lambda: provider)
    return provider


def without_the_first(file):
    with keys.opened(file.file) as content:
        del content["keys"]["digest"]["1"]


def write(world, account=None):
    return services.write_message(line=world.line, words=WORDS, account=account, now=clock.now())


def test_everybody_finds_what_is_theirs_without_the_old_key(world, file):
    account = make_person().account
    write(world, account)
    unknown, hidden = write(world), write(world)
    called = make_call(world.line)
    with protection.working("test"):
        call = Call.objects.get(pk=hidden.call.pk)
    case = open_order(
        world.taker,
        take(world.taker, call),
        world.city,
        topic="wages",
        accused=world.employer,
        caller=Caller(is_anonymous=True),
    ).case
    file.rotate("digest")
    assert rotation.digest_anew() == 4
    assert digests.digest_anew() == 1
    assert (rotation.digest_anew(), digests.digest_anew()) == (0, 0)
    without_the_first(file)
    assert services.read_message(receipt=unknown.receipt).words == WORDS
    (own,) = services.list_own_messages(owner=owner_of_account(account.pk))
    assert own.words == WORDS
    assert services.read_message(receipt=hidden.receipt).case_number == case.number
    owner = cases.come_with(receipt=hidden.receipt)
    assert cases.find_case_of_receipt(owner=owner).pk == case.pk
    with protection.working("test"):
        assert bytes(Call.objects.get(pk=called.pk).number_digest) == number_digest(PHONE)


@pytest.mark.parametrize("comes", [True, False])
def test_an_old_message_is_carried_on_by_whoever_comes_with_its_receipt(world, file, comes):
    """Of before there was a hash of it. The control is that nobody comes."""
    unknown = write(world)
    with protection.working("test"):
        sealing.seal_note(unknown.call, Note(words=WORDS))
        unknown.call.save(update_fields=["note"])
    if comes:
        cases.come_with(receipt=unknown.receipt.lower())
    file.rotate("digest")
    assert rotation.digest_anew() == comes
    without_the_first(file)
    if comes:
        assert services.read_message(receipt=unknown.receipt).words == WORDS
    else:
        with pytest.raises(NotFound) as refused:
            services.read_message(receipt=unknown.receipt)
        assert "receipt" in refused.value.fields


def test_control_without_it_nobody_finds_anything(world, file):
    unknown = write(world)
    file.rotate("digest")
    without_the_first(file)
    with pytest.raises(NotFound):
        services.read_message(receipt=unknown.receipt)


def test_the_same_report_is_the_same_under_another_key(world, file):
    rings = event(Kind.RINGING, line=world.line.number)
    first = services.note_event(event=rings, now=clock.now())
    file.rotate("digest")
    assert services.note_event(event=rings, now=clock.now()).pk == first.pk
