"""Looking members up: a purpose first, within reach, seen by whose it is, never by the hundred."""

import datetime as dt

import pytest
from django.urls import reverse

from niangjia.core import clock
from niangjia.core.errors import Invalid, NotFound, Throttled
from niangjia.core.models import AuditEntry
from niangjia.members import services
from niangjia.members.models import Membership, Role
from niangjia.members.selectors.registers import MemberQuery
from niangjia.members.services import personal_data
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.factories.joining import make_chain, make_membership
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
PURPOSE = "asked: 会员来电询问"


@pytest.fixture
def post():
    """The membership officer of a county."""
    return make_post(union=make_chain()[2], role=Role.MEMBERSHIP_OFFICER)


@pytest.fixture
def membership(post):
    return make_membership(union=post.union.children.get())


def look_up(post, by, text, purpose=PURPOSE, now=None):
    return services.look_up_members(
        by=post.account, query=MemberQuery(by, text), purpose=purpose, now=now or clock.now()
    )


def test_by_name_number_phone_and_membership_number(post, membership):
    person = membership.person
    for by, text in (
        ("name", person.name),
        ("identity_number", person.identity_number.lower()),
        ("phone", person.phone),
        ("number", membership.spaced_number),
    ):
        assert look_up(post, by, text) == [membership], by


def test_part_of_a_number_finds_nobody(post, membership):
    person = membership.person
    for by, text in (
        ("identity_number", person.identity_number[:14]),
        ("phone", person.phone[-8:]),
        ("number", membership.number[:-1]),
        ("name", person.name[0]),
        ("name", "%"),
    ):
        assert look_up(post, by, text) == [], by


def test_out_of_reach_is_like_nobody(post):
    foreign = make_membership(union=make_union())
    assert look_up(post, "number", foreign.number) == []
    assert not AuditEntry.objects.filter(person_id=foreign.person_id, action__contains="look")


def test_the_person_can_see_who_looked_and_why(post, membership):
    look_up(post, "name", membership.person.name)
    entry = AuditEntry.objects.get(action="member.looked_up")
    assert (entry.person_id, entry.account_id) == (membership.person_id, post.account_id)
    assert entry.purpose == PURPOSE


@pytest.mark.parametrize("purpose", ["", "asked", "asked: ", "curious: 看看", "会员来电"])
def test_without_a_stated_purpose_nothing_is_shown(post, membership, purpose):
    with pytest.raises(Invalid):
        look_up(post, "name", membership.person.name, purpose=purpose)


def test_roles_without_the_right_are_refused(membership):
    for role in (Role.ANALYST, Role.ADMINISTRATOR):
        with pytest.raises(NotFound):
            look_up(make_post(union=membership.union, role=role), "name", "王小明")


def test_mass_look_up_is_stopped_also_when_it_finds_nobody(post, membership, monkeypatch):
    hour = personal_data.Limit(3, dt.timedelta(hours=1))
    monkeypatch.setattr(personal_data, "LIMITS", (hour,))
    for _ in range(3):
        look_up(post, "name", "查无此人")
    with pytest.raises(Throttled):
        look_up(post, "name", membership.person.name)
    colleague = make_post(union=post.union)
    assert look_up(colleague, "name", membership.person.name) == [membership]
    with clock.stopped_at(clock.now() + dt.timedelta(hours=2)):
        assert look_up(post, "name", membership.person.name) == [membership]


def test_the_page_asks_why_then_shows_and_shows_the_member_for_a_while(post, membership):
    client = officer_client(post)
    there = reverse("members:look_up")
    data = {"by": "name", "text": membership.person.name, "purpose": "asked", "words": ""}
    refused = client.post(there, data)
    assert refused.status_code == 422
    assert membership.spaced_number not in refused.content.decode()
    found = client.post(there, data | {"words": "会员来电询问"})
    assert membership.spaced_number in found.content.decode()
    page = reverse("members:desk_member", args=[membership.number])
    text = client.get(page).content.decode()
    assert membership.person.name in text
    assert membership.person.identity_number not in text
    with clock.stopped_at(clock.now() + dt.timedelta(minutes=16)):
        assert membership.person.name not in client.get(page).content.decode()


def test_a_members_page_without_a_purpose_shows_nothing_of_them(post, membership):
    client = officer_client(post)
    page = reverse("members:desk_member", args=[membership.number])
    assert membership.person.name not in client.get(page).content.decode()
    client.post(page, {"purpose": "service", "words": "办理互助保障"})
    assert membership.person.name in client.get(page).content.decode()


@pytest.mark.parametrize("change", ["reservation", "restoration", "end"])
@pytest.mark.parametrize("reason", ["", "本人已经退休，申请保留会籍"])
def test_changing_without_a_purpose_shows_and_changes_nothing(post, membership, change, reason):
    url = reverse(f"members:desk_member_{change}", args=[membership.number])
    page = officer_client(post).post(url, {"reason": reason}).content.decode()
    assert membership.person.name not in page
    membership.refresh_from_db()
    assert membership.status == "admitted"


def test_reserving_restoring_and_ending(post, membership):
    client = officer_client(post)
    page = reverse("members:desk_member", args=[membership.number])
    client.post(page, {"purpose": "correction", "words": "办理退休手续"})
    for change, status in (
        ("reservation", "reserved"),
        ("restoration", "admitted"),
        ("end", "ended"),
    ):
        there = reverse(f"members:desk_member_{change}", args=[membership.number])
        assert client.post(there, {"reason": "本人申请，已核对证件。"}).status_code == 302
        assert Membership.objects.get(pk=membership.pk).status == status
    again = client.post(there, {"reason": "本人申请，已核对证件。"})
    assert again.status_code == 422
