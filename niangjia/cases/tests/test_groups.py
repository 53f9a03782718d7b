"""Ten people and more with one claim: who takes part, who speaks, who sees what."""

import pytest

from niangjia.cases import selectors
from niangjia.cases.models import GroupMember, Representative
from niangjia.cases.rules import groups as rules
from niangjia.cases.selectors import owner_of_account, owner_of_receipt
from niangjia.cases.selectors.groups import members_of
from niangjia.cases.services import groups, withdraw_case
from niangjia.cases.tests.factories import (
    COMPLAINT,
    end_step,
    fresh,
    make_case,
    make_officer,
)
from niangjia.core import protection
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members.models import EmployerTie, Notice, Role
from niangjia.members.services import delete_account
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.joining import MONDAY
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
REASON = "经核实不属于本案当事人，已当面说明"


@pytest.fixture
def employer(chain):
    return Employer.objects.create(name="某某公司", division=chain[2].division)


@pytest.fixture
def first():
    return make_person().account


@pytest.fixture
def case(chain, employer, first):
    return make_case(
        union=chain[2], account=first, document=COMPLAINT, accused=employer, now=MONDAY
    )


@pytest.fixture
def chair(chain):
    return make_officer(chain[2])


@pytest.fixture
def code(case, first):
    groups.open_own_group(owner=owner_of_account(first.pk), case_id=case.pk, now=MONDAY)
    return groups.read_part(owner=owner_of_account(first.pk), number=case.number).code


def phone(number):
    return f"138{number:08d}"


def join(code, number, account=None):
    return groups.join_group(
        code=code, account=account, name=f"工友{number}号", phone=phone(number), now=MONDAY
    )


def enter(chair, case, count, start=100):
    rows = [(f"工友{n}号", phone(n)) for n in range(start, start + count)]
    entered = groups.enter_members(by=chair, case_id=case.pk, rows=rows, now=MONDAY)
    return [owner_of_receipt(each.receipt) for each in entered]


def members(case):
    with protection.working("test"):
        return list(members_of(case))


def member_of(case, owner):
    with protection.working("test"):
        return GroupMember.objects.get(case=case, owner_digest=owner)


def elect(case, owners, who):
    standing = groups.stand(owner=who, case_id=case.pk, now=MONDAY)
    for owner in owners:
        groups.say_voice(
            owner=owner,
            case_id=case.pk,
            representative_id=standing.pk,
            agrees=True,
            now=MONDAY,
        )
    with protection.working("test"):
        return Representative.objects.get(pk=standing.pk)


def test_joining_by_account_by_receipt_and_from_a_list(case, code, chair, first):
    account = make_person().account
    for _twice in range(2):
        joined = join(code.lower().replace("-", " "), 1, account)
    assert joined.receipt == ""
    with_receipt = join(code, 2)
    assert owner_of_receipt(with_receipt.receipt) == bytes(with_receipt.member.owner_digest)
    (listed,) = enter(chair, case, 1)
    assert len(members(case)) == 4
    assert fresh(case).people_count == 4
    for owner in (owner_of_account(account.pk), listed):
        part = groups.read_part(owner=owner, number=case.number)
        assert (part.count, part.code) == (4, "")
        assert all(said.words == "" for _entry, said in part.timeline)


@pytest.mark.parametrize("wrong", ["code", "over", "boss", "removed"])
def test_who_does_not_get_in_learns_nothing(case, code, chain, chair, employer, wrong):
    account = make_person().account
    if wrong == "over":
        end_step(case, chair, "look", "settled", now=MONDAY)
    elif wrong == "boss":
        EmployerTie.objects.create(
            account=account,
            employer=employer,
            kind="kin",
            declared_at=MONDAY,
            declared_by_account_id=account.pk,
        )
    elif wrong == "removed":
        held = join(code, 1, account).member
        groups.remove_member(by=chair, member_id=held.pk, reason=REASON, now=MONDAY)
    with pytest.raises(Invalid) as refusal:
        join("ABCDE" if wrong == "code" else code, 1, account)
    assert refusal.value.code == "no-group"


def test_nobody_of_the_group_sees_another_and_the_database_says_so(case, code, chair, chain):
    account = make_person().account
    join(code, 1, account)
    (listed,) = enter(chair, case, 1)
    for owner in (listed, owner_of_account(account.pk), bytes(case.owner_digest)):
        with protection.viewing(receipt=owner):
            assert [bytes(one.owner_digest) for one in GroupMember.objects.all()] == [owner]
    assert GroupMember.objects.count() == 0
    elsewhere = make_officer(make_union(parent=chain[2]))
    for post, seen in ((chair, 3), (elsewhere, 0)):
        with protection.viewing(account=post.account_id):
            assert GroupMember.objects.count() == seen
    with protection.viewing(receipt=listed):
        assert not selectors.list_own_cases(listed).exists()


def test_whoever_turns_to_the_accused_sees_nothing_from_that_moment(case, code, chain, employer):
    account = make_person().account
    join(code, 1, account)
    owner = owner_of_account(account.pk)
    assert groups.read_part(owner=owner, number=case.number)
    theirs = make_union(parent=chain[2])
    theirs.employers.add(employer)
    make_officer(theirs, Role.MEMBERSHIP_OFFICER, account=account)
    with pytest.raises(NotFound):
        groups.read_part(owner=owner, number=case.number)


def test_a_list_is_entered_whole_or_not_at_all(case, chair):
    rows = [("张", phone(1)), ("李四", "12"), ("王五", phone(3)), ("赵六", phone(3))]
    with pytest.raises(Invalid) as refusal:
        groups.enter_members(by=chair, case_id=case.pk, rows=rows, now=MONDAY)
    assert sorted(refusal.value.fields) == ["1", "2", "4"]
    assert members(case) == []


def test_nine_do_not_elect_and_ten_do(case, code, chair, first):
    owners = enter(chair, case, 8)
    with pytest.raises(Conflict) as refusal:
        groups.stand(owner=owners[0], case_id=case.pk, now=MONDAY)
    assert refusal.value.code == "too-few"
    owners += enter(chair, case, 1, start=200)
    assert elect(case, owners[:5], owners[0]).elected_at is None
    assert elect(case, owners[:6], owners[0]).elected_at is not None


def test_a_majority_is_of_all_members_and_at_most_five_speak():
    assert [rules.Tally(10, n).is_elected for n in (5, 6)] == [False, True]
    assert rules.MOST_REPRESENTATIVES == 5


def test_a_nominee_has_to_be_willing_and_signatures_count(case, code, chair):
    owners = enter(chair, case, 10)
    nominee = member_of(case, owners[0])
    for _twice in range(2):
        groups.nominate(by=chair, case_id=case.pk, member_id=nominee.pk, now=MONDAY)
    with protection.working("test"):
        standing = Representative.objects.get()
    groups.record_voices(
        by=chair,
        case_id=case.pk,
        representative_id=standing.pk,
        members=[member_of(case, owner).pk for owner in owners],
        now=MONDAY,
    )
    with protection.working("test"):
        assert Representative.objects.get().elected_at is None
    groups.stand(owner=owners[0], case_id=case.pk, now=MONDAY)
    with protection.working("test"):
        assert Representative.objects.get().elected_at is not None


def test_those_who_were_chosen_speak_and_read_and_others_do_not(case, code, chair):
    owners = enter(chair, case, 10)
    words = {"case_id": case.pk, "words": "请尽快安排调解", "now": MONDAY}
    groups.speak_for_group(owner=owners[1], **words)
    elect(case, owners[:7], owners[0])
    groups.speak_for_group(owner=owners[0], **words)
    with pytest.raises(Conflict) as refusal:
        groups.speak_for_group(owner=owners[1], **words)
    assert refusal.value.code == "represented"
    read = groups.read_part(owner=owners[0], number=case.number)
    assert "请尽快安排调解" in [said.words for _entry, said in read.timeline]


def test_fewer_than_ten_keep_whom_they_chose_and_choose_nobody_new(case, code, chair):
    owners = enter(chair, case, 9)
    chosen = elect(case, owners[:6], owners[0])
    for _twice in range(2):
        groups.leave_group(owner=owners[8], case_id=case.pk, now=MONDAY)
    assert len(members(case)) == 9
    with protection.working("test"):
        assert Representative.objects.get(pk=chosen.pk).ended_at is None
    with pytest.raises(Conflict):
        groups.stand(owner=owners[1], case_id=case.pk, now=MONDAY)
    with pytest.raises(NotFound):
        groups.read_part(owner=owners[8], number=case.number)
    groups.leave_group(owner=owners[0], case_id=case.pk, now=MONDAY)
    with protection.working("test"):
        assert Representative.objects.get(pk=chosen.pk).ended_at == MONDAY


def test_more_than_half_recall_whom_they_chose(case, code, chair):
    owners = enter(chair, case, 9)
    chosen = elect(case, owners[:6], owners[0])
    for owner in owners[1:7]:
        groups.say_voice(
            owner=owner,
            case_id=case.pk,
            representative_id=chosen.pk,
            agrees=False,
            now=MONDAY,
        )
    with protection.working("test"):
        assert Representative.objects.get(pk=chosen.pk).ended_at == MONDAY


def test_nobody_gives_up_the_claim_of_others(case, code, first, chair):
    owner, account = owner_of_account(first.pk), make_person().account
    join(code, 1, account)
    with pytest.raises(Conflict) as refusal:
        withdraw_case(owner=owner, case_id=case.pk, now=MONDAY)
    assert refusal.value.code == "others-take-part"
    groups.leave_group(owner=owner, case_id=case.pk, now=MONDAY)
    heir = owner_of_account(account.pk)
    with protection.viewing(receipt=heir):
        assert selectors.list_own_cases(heir).get().pk == case.pk
    with protection.viewing(receipt=owner):
        assert not selectors.list_own_cases(owner).exists()
    with pytest.raises(Conflict):
        groups.leave_group(owner=heir, case_id=case.pk, now=MONDAY)
    assert withdraw_case(owner=heir, case_id=case.pk, now=MONDAY).state == "withdrawn"


def test_whoever_deletes_their_account_takes_no_claim_of_others_with_them(case, code, first):
    account = make_person().account
    join(code, 1, account)
    delete_account(account=first, now=MONDAY)
    held = fresh(case)
    assert held.state == "open"
    assert bytes(held.owner_digest) == owner_of_account(account.pk)
    assert len(members(case)) == 1


def test_a_service_for_one_person_has_no_group(chain, first):
    alone = make_case(union=chain[3], account=first, now=MONDAY)
    with pytest.raises(Conflict) as refusal:
        groups.open_own_group(owner=owner_of_account(first.pk), case_id=alone.pk, now=MONDAY)
    assert refusal.value.code == "not-for-groups"


def test_members_hear_that_there_is_news_and_not_of_what(case, code, chair):
    account = make_person().account
    join(code, 1, account)

    end_step(case, chair, "look", "settled", now=MONDAY)
    (notice,) = Notice.objects.filter(account=account)
    assert (notice.kind, notice.facts) == ("case.group", {})
