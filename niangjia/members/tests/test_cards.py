"""The member card's code: who it convinces, for how long, and what it gives away."""

import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse

from niangjia.core import clock
from niangjia.core.models import AuditEntry
from niangjia.members import services
from niangjia.members.models import Role
from niangjia.members.rules import cards as rules
from niangjia.members.rules import purposes
from niangjia.members.rules.cards import Reading
from niangjia.members.selectors.cards import read_card, read_typed_card
from niangjia.members.tests.factories.desk import officer_client
from niangjia.members.tests.factories.joining import (
    make_applicant,
    make_membership,
    make_officer,
)
from niangjia.organisations.tests.factories import make_union

NOW = dt.datetime(2026, 11, 23, 2, 0, 0, tzinfo=dt.UTC)
MEMBERSHIP = uuid.UUID("0193524f-1111-7222-8333-444455556666")


def seconds(number):
    return dt.timedelta(seconds=number)


@pytest.mark.parametrize(
    ("after", "reading"),
    [
        (-31, Reading.WRONG),
        (-30, Reading.VALID),
        (0, Reading.VALID),
        (29, Reading.VALID),
        (59, Reading.VALID),
        (60, Reading.EXPIRED),
        (3600, Reading.EXPIRED),
        (3660, Reading.WRONG),
    ],
)
def test_a_code_lives_for_its_half_minute_and_one_more_either_side(after, reading):
    membership_id, mac = rules.parse_code(rules.code_for(MEMBERSHIP, NOW))
    assert membership_id == MEMBERSHIP
    assert rules.read_mac(membership_id, mac, NOW + seconds(after)) == reading


def test_a_code_changes_and_belongs_to_one_membership():
    code = rules.code_for(MEMBERSHIP, NOW)
    assert code == rules.code_for(MEMBERSHIP, NOW + seconds(29))
    assert code != rules.code_for(MEMBERSHIP, NOW + seconds(30))
    _id, mac = rules.parse_code(code)
    assert rules.read_mac(uuid.uuid4(), mac, NOW) == Reading.WRONG


@pytest.mark.parametrize("code", ["", "x", "A" * 38, "😀" * 38, "../../etc/passwd", "A" * 5000])
def test_nonsense_is_wrong_and_nothing_worse(code):
    parsed = rules.parse_code(code)
    assert parsed is None or rules.read_mac(*parsed, NOW) == Reading.WRONG


def test_typed_digits_hold_for_the_same_time_and_no_longer():
    digits = rules.digits_for(MEMBERSHIP, NOW)
    assert len(digits) == 8
    for after, reading in [(0, Reading.VALID), (59, Reading.VALID), (60, Reading.WRONG)]:
        typed = f"{digits[:4]} {digits[4:]}"
        assert rules.read_digits(MEMBERSHIP, typed, NOW + seconds(after)) == reading


@pytest.mark.django_db
def test_an_ended_membership_has_no_valid_code():
    account = make_applicant()
    membership = make_membership(person=account.person)
    code = rules.code_for(membership.pk, NOW)
    digits = rules.digits_for(membership.pk, NOW)
    assert read_card(code=code, now=NOW).is_valid
    assert read_typed_card(number=membership.spaced_number, digits=digits, now=NOW).is_valid
    services.resign(account=account, now=NOW)
    assert read_card(code=code, now=NOW).reading == Reading.WRONG
    typed = read_typed_card(number=membership.number, digits=digits, now=NOW)
    assert typed.reading == Reading.WRONG


def check_path(membership):
    return reverse("members:check", args=[rules.code_for(membership.pk, clock.now())])


@pytest.mark.django_db
def test_a_stranger_learns_that_the_card_is_good_and_nothing_else(client):
    membership = make_membership()
    answer = client.get(check_path(membership))
    page = answer.content.decode()
    assert "有效会员证" in page
    for secret in (membership.person.name, membership.union.name, membership.spaced_number):
        assert secret not in page
    assert "no-store" in answer["Cache-Control"]
    assert client.post(check_path(membership)).status_code == 404
    client.force_login(make_applicant())
    assert client.post(check_path(membership)).status_code == 404


@pytest.mark.django_db
def test_an_officer_sees_whose_it_is_after_asking_and_the_member_sees_that(client):
    membership = make_membership()
    officer = make_officer(make_union())
    client = officer_client(officer)
    assert membership.person.name not in client.get(check_path(membership)).content.decode()
    assert not AuditEntry.objects.filter(action="card.checked").exists()
    page = client.post(check_path(membership)).content.decode()
    assert membership.person.name in page
    entry = AuditEntry.objects.get(action="card.checked")
    assert (entry.person_id, entry.account_id) == (membership.person_id, officer.account_id)
    assert purposes.in_words(entry.purpose) == "你出示了会员证"


@pytest.mark.django_db
def test_without_a_camera_an_officer_types_and_others_find_no_such_page(client):
    membership = make_membership()
    address = reverse("members:check_typed")
    client = officer_client(make_officer(make_union(), role=Role.ANALYST))
    assert client.get(address).status_code == 404
    client = officer_client(make_officer(make_union()))
    takes = re.search(r'data-takes="([^"]+)"', client.get(address).content.decode())[1]
    assert re.search(takes, check_path(membership))
    typed = {
        "number": membership.spaced_number,
        "code": rules.digits_for(membership.pk, clock.now()),
    }
    assert membership.person.name in client.post(address, typed).content.decode()
    wrong = client.post(address, typed | {"code": "00000000"}).content.decode()
    assert "不是有效会员证" in wrong
    assert client.post(address, {}).context["form"].errors


@pytest.mark.django_db
def test_the_card_carries_no_personal_data_in_its_code(client):
    account = make_applicant()
    membership = make_membership(person=account.person)
    client.force_login(account)
    page = client.get(reverse("members:card")).content.decode()
    assert account.person.name in page
    assert membership.spaced_number in page
    fragment = client.get(reverse("members:card_code")).content.decode()
    assert account.person.name not in fragment
    assert "load delay:" in fragment
