"""The way of a rectification order, step by step, and who may not take one."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from niangjia.core import clock, errors
from niangjia.core.models import OutboxEvent
from niangjia.feedback import selectors, services
from niangjia.feedback.models import (
    Answer,
    Call,
    CallBack,
    Invitation,
    OrderStep,
    Outcome,
    Rating,
    RectificationOrder,
    Stage,
    StepKind,
)
from niangjia.feedback.tests.factories import (
    make_case_officer,
    make_order,
    rate,
    take,
    to_review,
)
from niangjia.members.models import Notice, Reach
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


def newest(order):
    return selectors.find_latest_invitation(order.subject_kind, order.subject_id)


def reviewed(office, **given):
    """An order that has passed its review and waits to be rated again."""
    order = to_review(office, make_order(office, **given))
    return take(office.county, order, "approval")


def test_from_a_bad_rating_to_a_good_one(office):
    order = reviewed(office)
    assert order.stage == Stage.RATE_AGAIN
    again = newest(order)
    assert again.round == 2
    assert Notice.objects.filter(account=again.account, kind="feedback.rate_again").exists()
    rate(again, level=4)
    order.refresh_from_db()
    assert (order.stage, order.outcome) == (Stage.CLOSED, Outcome.SATISFIED)
    assert [step.kind for step in selectors.list_steps(order)] == [
        StepKind.OPENED,
        StepKind.VERIFIED,
        StepKind.RECTIFIED,
        StepKind.TOLD,
        StepKind.PASSED,
        StepKind.CLOSED,
    ]
    assert OutboxEvent.objects.filter(type="feedback.RectificationClosed").count() == 1


def test_rated_badly_again_it_opens_anew_one_union_higher(office):
    order = reviewed(office)
    rate(newest(order), level=2)
    order.refresh_from_db()
    assert (order.stage, order.handled_by) == (Stage.VERIFY, office.county.union)
    assert (order.reopenings, order.finding) == (1, "")
    assert RectificationOrder.objects.count() == 1
    assert CallBack.objects.count() == 2
    order = take(office.county, order, "verification")
    order = take(office.county, order, "rectification")
    order = take(office.county, order, "answer")
    with pytest.raises(errors.NotFound):
        take(office.county, order, "approval")
    take(office.city, order, "approval")
    assert newest(order).round == 3


def test_the_person_is_told_what_the_answer_says(office):
    order = make_order(office)
    to_review(office, order)
    account = order.rating.invitation.account
    assert Notice.objects.filter(account=account, kind="feedback.told").count() == 1
    to_review_notice = Notice.objects.get(kind="desk.order_to_review")
    assert to_review_notice.account == office.county.account


def test_the_review_sends_back_and_the_union_goes_on(office):
    order = to_review(office, make_order(office))
    order = take(office.county, order, "return")
    assert order.stage == Stage.RECTIFY
    assert Notice.objects.filter(kind="desk.order_sent_back").exists()
    order = take(office.colleague, order, "rectification")
    order = take(office.colleague, order, "answer")
    assert take(office.county, order, "approval").stage == Stage.RATE_AGAIN


def test_the_rated_officer_takes_no_step_and_sees_no_order(office):
    order = make_order(office)
    with pytest.raises(errors.Conflict) as refusal:
        take(office.rated, order, "verification")
    assert refusal.value.code == "own-work"
    with pytest.raises(errors.NotFound):
        selectors.access_order(office.rated.account, [office.rated], order.number)
    assert not selectors.list_orders(office.rated.account, [office.rated]).exists()
    assert selectors.list_orders(office.colleague.account, [office.colleague]).exists()


def test_also_not_from_a_post_higher_up(office):
    """The one who was rated has been promoted to the county meanwhile."""
    order = to_review(office, make_order(office))
    promoted = make_case_officer(office.county.union, account=office.rated.account)
    with pytest.raises(errors.Conflict) as refusal:
        take(promoted, order, "approval")
    assert refusal.value.code == "own-work"


def test_the_union_itself_does_not_review(office):
    order = to_review(office, make_order(office))
    other = make_case_officer(office.union)
    with pytest.raises(errors.NotFound):
        take(other, order, "approval")


def test_whoever_put_it_right_from_above_does_not_review_it(office):
    order = make_order(office)
    for step in ("verification", "rectification", "answer"):
        order = take(office.county, order, step)
    with pytest.raises(errors.Conflict) as refusal:
        take(office.county, order, "approval")
    assert refusal.value.code == "own-steps"
    assert take(office.city, order, "approval").stage == Stage.RATE_AGAIN


def test_a_post_right_above_reviews_even_if_it_reaches_that_union_only(office):
    order = to_review(office, make_order(office))
    narrow = make_case_officer(office.county.union, reach=Reach.UNION)
    assert selectors.list_orders(narrow.account, [narrow], stage="review").get() == order
    assert take(narrow, order, "approval").stage == Stage.RATE_AGAIN


def test_where_nobody_stands_above_somebody_else_at_the_top_reviews(office):
    order = make_order(office)
    RectificationOrder.objects.update(handled_by=office.province.union)
    for step in ("verification", "rectification", "answer"):
        order = take(office.province, order, step)
    with pytest.raises(errors.Conflict) as refusal:
        take(office.province, order, "approval")
    assert refusal.value.code == "own-steps"
    other = make_case_officer(office.province.union)
    assert take(other, order, "approval").stage == Stage.RATE_AGAIN


def test_a_post_that_ended_a_second_ago_takes_no_step(office):
    order = make_order(office)
    type(office.colleague).objects.filter(pk=office.colleague.pk).update(ended_at=clock.now())
    with pytest.raises(errors.NotFound):
        take(office.colleague, order, "verification")


def test_another_unions_officer_finds_nothing(office):
    order = make_order(office)
    stranger = make_case_officer(make_union(parent=office.county.union))
    with pytest.raises(errors.NotFound):
        take(stranger, order, "verification")
    with pytest.raises(errors.NotFound):
        selectors.access_order(stranger.account, [stranger], order.number)


def test_two_at_once_take_one_step(office):
    order = make_order(office)
    take(office.colleague, order, "verification")
    with pytest.raises(errors.Conflict) as refusal:
        take(office.county, order, "verification")
    assert refusal.value.code == "other-stage"


@pytest.mark.parametrize(
    ("words", "finding", "field"), [("", "founded", "words"), ("已核实清楚", "", "finding")]
)
def test_what_is_missing_is_said_beside_its_field(office, words, finding, field):
    order = make_order(office)
    with pytest.raises(errors.Invalid) as refusal:
        take(office.colleague, order, "verification", words=words, finding=finding)
    assert set(refusal.value.fields) == {field}
    order.refresh_from_db()
    assert order.stage == Stage.VERIFY


def test_an_answer_is_public_only_after_the_review_and_words_only_if_agreed(office):
    order = to_review(office, make_order(office, words="等了三周", may_be_shown=True))
    assert not Answer.objects.exists()
    take(office.county, order, "approval", public_answer="已补办并致歉。")
    answer = selectors.list_answers(office.province.union).get()
    assert (answer.text, answer.shown_words) == ("已补办并致歉。", "等了三周")


def test_words_without_agreement_stay_unpublished(office):
    order = to_review(office, make_order(office, words="等了三周"))
    take(office.county, order, "approval", public_answer="已补办并致歉。")
    assert Answer.objects.get().shown_words == ""


def test_nothing_of_a_protected_subject_is_published(office):
    order = to_review(office, make_order(office, is_protected=True))
    with pytest.raises(errors.Invalid) as refusal:
        take(office.county, order, "approval", public_answer="已补办并致歉。")
    assert set(refusal.value.fields) == {"public_answer"}
    assert take(office.county, order, "approval").stage == Stage.RATE_AGAIN
    assert not Answer.objects.exists()


def test_a_union_sets_the_term_for_itself_and_below(office):
    chair = make_case_officer(office.city.union)
    chair.role = "chair"
    chair.save()
    services.set_term(by=chair, union=office.city.union, working_days=5, now=clock.now())
    assert selectors.working_days_at(office.union) == 5
    assert selectors.working_days_at(office.province.union) == 15
    assert make_order(office).working_days == 5
    for wrong in (0, 16):
        with pytest.raises(errors.Invalid):
            services.set_term(
                by=chair, union=office.city.union, working_days=wrong, now=clock.now()
            )
    with pytest.raises(errors.NotFound):
        services.set_term(by=chair, union=office.province.union, working_days=5, now=clock.now())


# Append-only


def tries_to_change():
    return [
        lambda: OrderStep.objects.update(kind=StepKind.CLOSED),
        lambda: OrderStep.objects.update(at=clock.now() - dt.timedelta(days=9)),
        lambda: OrderStep.objects.all()._raw_delete("default"),
        lambda: Call.objects.update(result="reached"),
        lambda: Rating.objects.update(level=5),
        lambda: Rating.objects.all()._raw_delete("default"),
    ]


@pytest.mark.parametrize("number", range(6))
def test_what_happened_is_never_changed(office, number):
    make_order(office)
    services.record_call(
        by=office.colleague, call_back=CallBack.objects.get(), result="not_reached", now=clock.now()
    )
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        tries_to_change()[number]()


def test_sealed_words_may_be_emptied(office):
    make_order(office, words="等了三周")
    Rating.objects.update(words=None)
    OrderStep.objects.update(words=None)
    assert Invitation.objects.exists()
