"""The keys of cases: one each, bound to its case, wrapped anew when the node's key changes."""

import json
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidTag
from django.db import ProgrammingError, transaction
from django.urls import reverse

from niangjia.cases import services
from niangjia.cases.models import Case, CaseLetter, GroupMember
from niangjia.cases.selectors import access_offered, owner_of_account, person_digest
from niangjia.cases.selectors.decoys import decoy_mark, is_decoy
from niangjia.cases.selectors.letters import find_by_code
from niangjia.cases.services import contacts, digests, groups, rotation, timeline
from niangjia.cases.services.letters.sealing import said_in
from niangjia.cases.tests.factories import AID, COMPLAINT, fresh, make_case, open_by, publish
from niangjia.cases.tests.letters import make_supervision
from niangjia.core import protection
from niangjia.core.crypto import envelopes, keys
from niangjia.core.errors import NotFound
from niangjia.core.tests.key_files import own_keys
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.models import Employer


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


def test_after_a_rotation_of_digests_everybody_finds_what_is_theirs(union, tmp_path, monkeypatch):
    """An account, a receipt, a member of a group with either, an officer who looks up a person; and
    a decoy goes on being known. Twice it writes nothing."""
    provider = own_keys(tmp_path / "keys.json")
    monkeypatch.setattr(keys, "provider", lambda: provider)
    publish(COMPLAINT)
    employer = Employer.objects.create(name="某某公司", division=union.division)
    account, colleague = make_person().account, make_person().account
    aid = make_case(union=union, account=account)
    services.save_draft(
        owner=owner_of_account(account.pk),
        offered=access_offered("test-aid", union),
        answers={"reason": "再写一半"},
        now=aid.opened_at,
    )
    unknown = open_by(union=union, document=COMPLAINT, accused=employer, anonymous=True)
    first = open_by(union=union, account=account, document=COMPLAINT, accused=employer).case
    owner = owner_of_account(account.pk)
    groups.open_own_group(owner=owner, case_id=first.pk, now=aid.opened_at)
    code = groups.read_part(owner=owner, number=first.number).code
    join = {"code": code, "now": aid.opened_at}
    groups.join_group(**join, account=colleague, name="阿依努尔", phone="13800005566")
    by_receipt = groups.join_group(**join, account=None, name="古丽娜", phone="13800007788").receipt
    decoy = make_case(union=union)
    with protection.working("test"):
        Case.objects.filter(pk=decoy.pk).update(mark=decoy_mark(decoy.pk))
    was = bytes(fresh(aid).person_digest)

    provider.rotate("digest")
    assert digests.digest_anew() > 0
    assert digests.digest_anew() == 0
    content = json.loads((tmp_path / "keys.json").read_text())
    del content["keys"]["digest"]["1"]
    (tmp_path / "keys.json").write_text(json.dumps(content))

    owner = owner_of_account(account.pk)
    assert services.read_own_case(owner=owner, number=aid.number).told.answers["reason"]
    assert services.read_draft(owner=owner, item=aid.item).answers == {"reason": "再写一半"}
    found = services.find_case_of_receipt(owner=services.come_with(receipt=unknown.receipt))
    assert found.pk == unknown.case.pk
    assert groups.read_part(owner=owner_of_account(colleague.pk), number=first.number)
    assert groups.read_part(owner=services.come_with(receipt=by_receipt), number=first.number)
    assert groups.join_group(
        **join, account=make_person().account, name="新人", phone="13800009900"
    )
    assert bytes(fresh(aid).person_digest) == person_digest(account.person.pk) != was
    assert is_decoy(fresh(decoy))
    assert not is_decoy(fresh(aid))


@pytest.mark.parametrize("comes", [True, False])
def test_an_old_receipt_is_carried_on_once_somebody_comes_with_it(
    union, tmp_path, monkeypatch, client, comes
):
    """Nobody else can know it. The control is one that nobody came with: when its key is given up
    its holder is told what to do."""
    provider = own_keys(tmp_path / "keys.json")
    monkeypatch.setattr(keys, "provider", lambda: provider)
    publish(COMPLAINT)
    employer = Employer.objects.create(name="某某公司", division=union.division)
    made = open_by(union=union, document=COMPLAINT, accused=employer, anonymous=True)
    with protection.working("test"):
        case = Case.objects.get(pk=made.case.pk)
        timeline.seal_told(case, timeline.told_in(case) | {"receipt": ""})
        case.save(update_fields=["answers"])
    there, typed = reverse("cases:receipt"), {"receipt": made.receipt.lower()}
    if comes:
        assert client.post(there, typed).status_code == 200
    provider.rotate("digest")
    digests.digest_anew()
    if comes:
        assert client.post(there, typed | {"words": "又有新情况"}).status_code in {200, 302}
    content = json.loads((tmp_path / "keys.json").read_text())
    del content["keys"]["digest"]["1"]
    (tmp_path / "keys.json").write_text(json.dumps(content))
    answer = client.post(there, typed)
    assert (answer.status_code, "12351" in answer.text) == ((200, False) if comes else (422, True))


@pytest.mark.parametrize("comes", ["before", "between", "never"])
def test_an_old_part_in_a_group_is_carried_on_with_the_case_of_its_receipt(
    union, tmp_path, monkeypatch, client, comes
):
    """Before keys change or after: what whoever asked first has, the case and a part of their own,
    stays one. A wrong receipt changes no row; the control is that nobody comes."""
    provider = own_keys(tmp_path / "keys.json")
    monkeypatch.setattr(keys, "provider", lambda: provider)
    publish(COMPLAINT)
    employer = Employer.objects.create(name="某某公司", division=union.division)
    made = open_by(union=union, document=COMPLAINT, accused=employer, anonymous=True)
    owner, now = services.come_with(receipt=made.receipt), made.case.opened_at
    groups.open_own_group(owner=owner, case_id=made.case.pk, now=now)
    code = groups.read_part(owner=owner, number=made.case.number).code
    joined = {"code": code, "account": None, "name": "古丽娜", "phone": "13800007788", "now": now}
    receipts = [made.receipt, groups.join_group(**joined).receipt]
    with_no_hashes(made.case)
    here = reverse("cases:group_by_receipt")

    def comes_back():
        before = digests_in(made.case)
        assert client.post(here, {"receipt": receipts[0][::-1]}).status_code == 422
        assert digests_in(made.case) == before
        return [client.post(here, {"receipt": each.lower()}) for each in receipts]

    if comes == "before":
        comes_back()
    provider.rotate("digest")
    digests.digest_anew()
    if comes == "between":
        comes_back()
    digests.digest_anew()
    content = json.loads((tmp_path / "keys.json").read_text())
    del content["keys"]["digest"]["1"]
    (tmp_path / "keys.json").write_text(json.dumps(content))
    expected = 422 if comes == "never" else 200
    first, other = comes_back()
    assert (first.status_code, other.status_code) == (expected, expected)
    assert (code in first.text, code in other.text) == (comes != "never", False)
    there = client.post(reverse("cases:receipt"), {"receipt": made.receipt})
    assert there.status_code == expected


def with_no_hashes(case):
    """As all of it was before there was a hash of a receipt anywhere."""
    with protection.working("test"):
        row = Case.objects.get(pk=case.pk)
        timeline.seal_told(row, timeline.told_in(row) | {"receipt": ""})
        row.save(update_fields=["answers"])
        for member in GroupMember.objects.filter(case=row):
            contact = replace(contacts.contact_of(row, member), receipt="")
            sealed = contacts.seal_contact(row, contact, owner=bytes(member.owner_digest))
            GroupMember.objects.filter(pk=member.pk).update(contact=sealed)


def digests_in(case):
    """By what a case and those who take part in it are found."""
    with protection.working("test"):
        of_members = GroupMember.objects.filter(case=case).order_by("pk")
        return [bytes(each.owner_digest) for each in [fresh(case), *of_members]]


def test_a_letter_s_code_is_carried_and_nothing_else_of_it_changes(db, tmp_path, monkeypatch):
    provider = own_keys(tmp_path / "keys.json")
    monkeypatch.setattr(keys, "provider", lambda: provider)
    matter = make_supervision()
    letter = matter.write("reminder")
    with protection.working("test"):
        code = said_in(fresh(matter.case), letter)["code"]
    provider.rotate("digest")
    assert digests.digest_anew() > 0
    assert digests.digest_anew() == 0
    content = json.loads((tmp_path / "keys.json").read_text())
    del content["keys"]["digest"]["1"]
    (tmp_path / "keys.json").write_text(json.dumps(content))
    with protection.working("test"):
        assert find_by_code(code).letter.pk == letter.pk
    with protection.working("cases.rotation"):
        for change in ({"number": "other"}, {"code_digest": b"x" * 32, "serial": 9}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                CaseLetter.objects.filter(pk=letter.pk).update(**change)
    with protection.working("test"):
        assert CaseLetter.objects.filter(pk=letter.pk).update(code_digest=b"x" * 32) == 0


def test_control_without_it_nobody_finds_anything(union, tmp_path, monkeypatch):
    provider = own_keys(tmp_path / "keys.json")
    monkeypatch.setattr(keys, "provider", lambda: provider)
    account = make_person().account
    case = make_case(union=union, account=account)
    provider.rotate("digest")
    with pytest.raises(NotFound):
        services.read_own_case(owner=owner_of_account(account.pk), number=case.number)


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
