"""Who could be helped and has not asked: counted, listed for a purpose, written to with consent."""

import datetime as dt
from io import BytesIO
from zipfile import ZipFile

import pytest

from niangjia.cases import services
from niangjia.cases.selectors import access_offered
from niangjia.cases.selectors.reaching_out import count_who_could_be_helped
from niangjia.cases.tests.factories import make_case, make_officer
from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, NotFound, Throttled
from niangjia.core.models import AuditEntry
from niangjia.members import services as members
from niangjia.members.models import Notice, Purpose, Role
from niangjia.members.rules import purposes
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
FOR = purposes.stated("service", "走访困难职工")
WORDS = "我们是县总工会，这项帮扶你可能用得上。"


@pytest.fixture
def people(chain):
    """Nine members at one union, two at another; one of the nine has asked."""
    near = [make_membership(union=chain[3]) for _n in range(9)]
    other = make_union("稠城街道工会", parent=chain[2])
    far = [make_membership(union=other) for _n in range(2)]
    make_case(union=chain[3], account=near[0].person.account)
    return near, far


def counted(chain, union, *, by=None):
    return count_who_could_be_helped(
        access_offered("test-aid", union),
        union,
        [by or make_officer(chain[2])],
        today=clock.today(),
    )


def test_counts_by_union_hide_what_is_small(chain, people, django_assert_num_queries):
    offered, chair = access_offered("test-aid", chain[2]), make_officer(chain[2])
    with django_assert_num_queries(4):
        found = count_who_could_be_helped(offered, chain[2], [chair], today=clock.today())
    assert found.total == 10
    # With one number hidden and the sum told, the other would give it away.
    assert [(share.union.name, share.count) for share in found.shares] == [
        ("小商品城工会", None),
        ("稠城街道工会", None),
    ]
    assert counted(chain, people[1][0].union).total is None
    assert counted(chain, chain[3]).total == 8


def test_a_complaint_is_nobodys_to_guess(chain, people):
    offered, chair = access_offered("test-complaint", chain[2]), make_officer(chain[2])
    assert count_who_could_be_helped(offered, chain[2], [chair], today=clock.today()).total == 0


def test_whoever_asked_the_county_is_missing_from_no_list_at_work(chain, people):
    """Who is not among those that have not asked has asked: an officer of the worker's own union,
    who handles no case of the county, sees neither in the number nor in the list that one did."""
    near, _far = people
    make_case(union=chain[2], account=near[1].person.account)
    at_work, above = make_officer(chain[3]), make_officer(chain[2])
    assert near[1] in listed(at_work, chain[3]).memberships
    assert counted(chain, chain[3], by=at_work).total == 8
    assert near[1] not in listed(above, chain[3]).memberships
    who_handles_none = make_officer(chain[3], Role.MEMBERSHIP_OFFICER)
    assert len(listed(who_handles_none, chain[3]).memberships) == 9


def listed(by, union, **options):
    return services.list_unasked(
        by=by.account, union=union, key="test-aid", purpose=FOR, now=clock.now(), **options
    )


def test_whoever_is_listed_can_read_who_looked_and_why(chain, people):
    chair = make_officer(chain[2])
    found = listed(chair, chain[2])
    assert len(found.memberships) == 10
    assert people[0][0] not in found.memberships
    looks = AuditEntry.objects.filter(action="member.listed", account_id=chair.account_id)
    assert {look.person_id for look in looks} == {m.person_id for m in found.memberships}
    assert {look.purpose for look in looks} == {FOR}


def test_a_list_goes_on_where_it_stopped(chain, people):
    chair = make_officer(chain[2])
    first = listed(chair, chain[2], limit=4)
    second = listed(chair, chain[2], limit=4, after=first.after)
    numbers = [m.number for m in (*first.memberships, *second.memberships)]
    assert numbers == sorted(set(numbers))
    assert listed(chair, chain[2], limit=4, after=second.after).after == ""


def test_a_list_is_no_way_round_the_limits(chain, people, monkeypatch):
    monkeypatch.setattr(members.personal_data, "LIMITS", (members.personal_data.Limit(9, HOUR),))
    with pytest.raises(Throttled):
        listed(make_officer(chain[2]), chain[2])
    assert not AuditEntry.objects.filter(action="member.listed").exists()


HOUR = dt.timedelta(hours=1)


def test_without_a_purpose_or_the_right_nobody_is_listed(chain, people):
    chair = make_officer(chain[2])
    with pytest.raises(Invalid):
        services.list_unasked(
            by=chair.account, union=chain[2], key="test-aid", purpose="", now=clock.now()
        )
    for stranger in (make_officer(chain[2], Role.ANALYST), make_officer(chain[3])):
        with pytest.raises(NotFound):
            listed(stranger, chain[2])


def write(by, union, words=WORDS, now=None):
    now = now or clock.now()
    return services.reach_out(by=by, union=union, key="test-aid", words=words, now=now)


def agree(membership, purpose=Purpose.NOTICES):
    members.give_consent(account=membership.person.account, purpose=purpose, now=clock.now())


def test_only_who_agreed_and_has_not_asked_is_written_to_and_not_again(chain, people):
    near, far = people
    for member in (near[0], near[1], far[0]):
        agree(member)
    agree(near[2], Purpose.STATISTICS)
    chair = make_officer(chain[2])
    assert write(chair, chain[2]) == 2
    told = Notice.objects.filter(kind="case.could_be_helped")
    assert {n.account for n in told} == {near[1].person.account, far[0].person.account}
    assert told[0].url == "/services/test-aid/"
    later = clock.now() + dt.timedelta(days=30)
    assert write(chair, chain[2], now=later) == 0
    assert write(chair, chain[2], now=clock.now() + dt.timedelta(days=91)) == 2


def test_withdrawn_is_withdrawn(chain, people):
    agree(people[0][1])
    members.withdraw_consent(
        account=people[0][1].person.account, purpose=Purpose.NOTICES, now=clock.now()
    )
    assert write(make_officer(chain[2]), chain[2]) == 0


def test_who_may_write_and_from_where(chain, people):
    chair = make_officer(chain[2])
    with pytest.raises(Invalid):
        write(chair, chain[2], words="好")
    with pytest.raises(NotFound):
        write(make_officer(chain[2], Role.CASE_OFFICER), chain[2])
    with pytest.raises(Conflict):
        write(make_officer(chain[1]), chain[1])


@pytest.fixture
def browser(chain):
    return officer_client(make_officer(chain[2], account=make_person().account))


def test_on_the_page_counts_come_first_and_names_for_a_purpose(chain, people, browser):
    address = f"/desk/services/unions/{chain[2].number}/unasked/"
    html = browser.get(f"{address}?item=test-aid").content.decode()
    name = people[0][1].number
    assert "10 名会员可以帮到" in html
    assert "另有 2 个工会人数较少" in html
    assert name not in html
    refused = browser.post(f"{address}people/", {"item": "test-aid"})
    assert refused.status_code == 422
    assert name not in refused.content.decode()
    said = {"item": "test-aid", "purpose": "service", "words": "走访困难职工"}
    assert name in browser.post(f"{address}people/", said).content.decode()


def test_the_sheet_is_a_list_like_the_page(chain, people, browser):
    address = f"/desk/services/unions/{chain[2].number}/unasked/"
    said = {"item": "test-aid", "purpose": "service", "words": "走访困难职工"}
    answer = browser.post(f"{address}sheet/", said)
    with ZipFile(BytesIO(answer.content)) as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if "xml" in name)
    assert people[0][1].number in text
    assert AuditEntry.objects.filter(action="member.listed").count() == 10


def test_written_to_from_the_page(chain, people, browser):
    agree(people[0][1])
    address = f"/desk/services/unions/{chain[2].number}/unasked/message/"
    assert browser.post(address, {"item": "test-aid", "words": ""}).status_code == 422
    assert browser.post(address, {"item": "test-aid", "words": WORDS}).status_code == 302
    assert Notice.objects.filter(kind="case.could_be_helped").count() == 1
