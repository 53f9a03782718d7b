"""Erasing somebody, exporting what they gave, and keys that change."""

import pytest

from niangjia.core import clock, personal_data, protection
from niangjia.feedback.models import Answer, Call, CallBack, Invitation, OrderStep, Rating
from niangjia.feedback.services import record_call
from niangjia.feedback.tests.factories import make_office, make_order, take, to_review
from niangjia.organisations import selectors as organisations

pytestmark = pytest.mark.django_db

TOLD = "已当面道歉"
SAID = {"words": "等了三周，电话没人接", "may_be_shown": True, "is_named": True}


@pytest.fixture(params=[False, True], ids=["ordinary", "protected"])
def order(request):
    office = make_office()
    order = make_order(office, is_protected=request.param, **SAID)
    with protection.working("tests"):
        call_back = CallBack.objects.get()
    record_call(
        by=office.colleague, call_back=call_back, result="reached", words=TOLD, now=clock.now()
    )
    order = to_review(office, order)
    public = "" if request.param else "已补办。"
    return take(office.county, order, "approval", public_answer=public)


def subject_of(order):
    person = order.rating.invitation.person
    return personal_data.Subject(person.account.pk, person.pk, person.account.phone)


def exported(subject):
    with protection.working("tests"):
        return {
            holding.model: [personal_data.plain(holding, row) for row in rows]
            for holding, rows in personal_data.export(subject)
            if rows and holding.model.startswith("feedback.")
        }


def test_the_export_holds_what_one_said_and_was_told(order):
    found = exported(subject_of(order))
    assert found["feedback.Rating"][0]["words"] == SAID["words"]
    assert len(found["feedback.Invitation"]) == 2
    assert found["feedback.Call"][0]["words"] == TOLD
    assert "已核实，并已联系本人处理。" in {row["words"] for row in found["feedback.OrderStep"]}


def test_erasing_takes_the_words_and_the_way_to_the_person_and_leaves_the_score(order):
    subject, figures = subject_of(order), organisations.national_figures()
    with protection.working("tests"):
        personal_data.erase(subject)
        rating = Rating.objects.get()
        assert (rating.words, rating.device_digest, rating.is_named) == (None, None, False)
        assert rating.level == 1
        assert set(Invitation.objects.values_list("account_id", "person_id")) == {(None, None)}
        assert set(OrderStep.objects.values_list("words", flat=True)) == {None}
        assert set(Call.objects.values_list("words", flat=True)) == {None}
        assert set(Answer.objects.values_list("shown_words", flat=True)) <= {""}
    assert organisations.national_figures() == figures
    assert exported(subject) == {}
