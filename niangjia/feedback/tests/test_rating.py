"""Inviting and rating: once, by whom, within the window, and what it sets in motion."""

import datetime as dt

import pytest
from django.db import connection

from niangjia.core import clock, errors
from niangjia.core.models import AuditEntry, OutboxEvent
from niangjia.feedback import selectors, services
from niangjia.feedback.models import CallBack, Invitation, Rating, RectificationOrder, Stage
from niangjia.feedback.selectors.own_figures import METRICS, own_figures
from niangjia.feedback.tests.factories import invite, make_order, rate
from niangjia.members.models import Account, Notice
from niangjia.members.rules.notices import worded
from niangjia.organisations import selectors as organisations
from niangjia.organisations import services as organisation_services

pytestmark = pytest.mark.django_db


def test_an_invitation_is_told_and_its_link_is_known_by_digest_only(office):
    invitation, token = invite(office)
    assert selectors.find_invitation_by_token(token) == invitation
    assert len(token) >= 32
    assert token.encode() not in bytes(invitation.token_digest)
    notice = Notice.objects.get(account=invitation.account, kind="feedback.invited")
    assert "欠薪维权帮助" in worded(notice).title
    assert selectors.find_invitation_by_token("x" * 32) is None


def test_inviting_twice_is_inviting_once(office):
    first, token = invite(office)
    again = services.invite_rating(
        subject_kind=first.subject_kind,
        subject_id=first.subject_id,
        item_key="wage-arrears",
        item_name=first.item_name,
        union=office.union,
        rated=None,
        person=None,
        account=None,
        finished_at=clock.now(),
        now=clock.now(),
    )
    assert again == (first, None)
    assert token
    assert Notice.objects.filter(kind="feedback.invited").count() == 1


@pytest.mark.parametrize("wrong", [{"item_key": "A b"}, {"item_name": {"zh": "帮助"}}])
def test_an_item_has_a_key_and_two_names(office, wrong):
    with pytest.raises(ValueError, match="not an item"):
        invite(office, **wrong)


def test_a_renewed_link_works_and_the_old_one_is_dead(office):
    invitation, old = invite(office)
    new = services.renew_link(by=office.colleague.account, invitation=invitation, now=clock.now())
    assert selectors.find_invitation_by_token(old) is None
    assert selectors.find_invitation_by_token(new) == invitation
    rate(invitation)
    with pytest.raises(errors.Conflict):
        services.renew_link(by=office.colleague.account, invitation=invitation, now=clock.now())


def test_a_good_rating_is_counted_up_the_tree_and_opens_nothing(office):
    rating = rate(
        invite(office).invitation, level=4, words="  很快就办好了 ", indicators={"efficiency": 5}
    )
    assert (rating.words, rating.indicators) == ("很快就办好了", {"efficiency": 5})
    assert not RectificationOrder.objects.exists()
    assert not CallBack.objects.exists()
    figures = organisations.figures(office.province.union)
    assert sum(n for name, n in figures.items() if name.startswith("ratings:")) == 1
    event = OutboxEvent.objects.get(type="feedback.RatingGiven")
    assert event.payload["level"] == 4
    assert AuditEntry.objects.filter(action="rating.given").get().person_id


def test_the_ledger_is_what_the_rows_add_up_to(office):
    for level in (5, 5, 3, 1):
        rate(invite(office).invitation, level=level)
    rate(invite(office, is_protected=True).invitation, level=1)
    assert organisation_services.verify_figures(own_figures, metrics=METRICS) == []
    organisation_services.count(union_id=office.union.pk, metric="ratings:x:2611:5", change=1)
    assert organisation_services.verify_figures(own_figures, metrics=METRICS)


def test_words_are_sealed(office):
    rate(invite(office).invitation, words="他说我不配要工资")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM feedback_rating")
        assert "不配".encode() not in bytes(cursor.fetchone()[0])


def test_a_second_rating_is_refused_kindly(office):
    invitation, _token = invite(office)
    rate(invitation)
    with pytest.raises(errors.Conflict) as refusal:
        rate(invitation, level=1)
    assert refusal.value.code == "rated-already"
    assert Rating.objects.get().level == 5


def test_after_the_window_it_is_too_late(office):
    invitation, _token = invite(office, window_days=3)
    with pytest.raises(errors.TooLate):
        rate(invitation, now=clock.now() + dt.timedelta(days=3, minutes=1))


@pytest.mark.parametrize("level", [0, 6, -1])
def test_other_levels_are_refused_beside_the_field(office, level):
    with pytest.raises(errors.Invalid) as refusal:
        rate(invite(office).invitation, level=level)
    assert set(refusal.value.fields) == {"level"}


@pytest.mark.parametrize("level", [1, 2])
def test_a_bad_rating_opens_an_order_a_call_and_tells(office, level):
    invitation, _token = invite(office)
    with clock.stopped_at(dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)):
        rate(invitation, level=level)
    order = RectificationOrder.objects.get()
    assert (order.stage, order.handled_by, order.working_days) == (Stage.VERIFY, office.union, 15)
    assert order.due_at.astimezone(clock.CHINA).date() == dt.date(2026, 12, 14)
    assert CallBack.objects.get().rated == office.rated.account
    told = set(Notice.objects.filter(kind="desk.order_opened").values_list("account_id", flat=True))
    assert told == {office.colleague.account_id}
    assert Notice.objects.filter(account=invitation.account, kind="feedback.ordered").exists()
    assert OutboxEvent.objects.filter(type="feedback.RectificationOrdered").count() == 1


def test_the_rated_officer_alone_at_a_union_leaves_the_order_to_the_one_above(office):
    office.colleague.ended_at = clock.now()
    office.colleague.save()
    order = make_order(office)
    assert (order.union, order.handled_by) == (office.union, office.county.union)
    assert CallBack.objects.get().union == office.county.union


def test_nobody_known_is_not_called(office):
    make_order(office, person=False)
    assert not CallBack.objects.exists()


def test_what_was_said_on_the_phone_needs_no_second_call_and_opens_an_order(office):
    rate(
        invite(office).invitation,
        level=2,
        channel="call_back",
        entered_by=office.colleague.account,
        indicators={"attitude": 1},
    )
    assert not CallBack.objects.exists()
    assert RectificationOrder.objects.exists()


def test_the_rated_officer_enters_nothing(office):
    with pytest.raises(errors.Invalid) as refusal:
        rate(invite(office).invitation, channel="call_back", entered_by=office.rated.account)
    assert refusal.value.code == "own-rating"


def test_a_service_of_a_union_that_is_gone_counts_for_the_one_above(office):
    invitation, _token = invite(office, rated=None)
    organisation_services.dissolve_union(union_id=office.union.pk, by=None, now=clock.now())
    rating = rate(invitation, level=1)
    assert rating.union == office.county.union
    assert RectificationOrder.objects.get().handled_by == office.county.union


def test_a_device_is_known_by_digest_and_forgotten(office):
    rate(invite(office).invitation, device="abc")
    assert b"abc" not in bytes(Rating.objects.get().device_digest)
    assert services.forget_devices(now=clock.now()) == 0
    assert services.forget_devices(now=clock.now() + dt.timedelta(days=31)) == 1


def test_a_protected_subject_is_in_no_figure(office):
    rate(invite(office, is_protected=True).invitation)
    assert not any(
        name.startswith("ratings:") for name in organisations.figures(office.province.union)
    )


def test_the_database_refuses_a_second_rating_by_itself(office):
    invitation, _token = invite(office)
    rate(invitation)
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(
            invitation=invitation,
            union=office.union,
            item_key="x",
            channel="link",
            level=5,
            rated_at=clock.now(),
        )


def test_the_room_above_finds_rating_and_order(office):
    order = make_order(office)
    assert selectors.find_rating("case", order.subject_id) == order.rating
    assert selectors.find_order("case", order.subject_id) == order
    assert selectors.find_rating("case", Account(pk=order.pk).pk) is None
    assert Invitation.objects.count() == 1
