"""A prepared question answers what the queryset answers, with the values of this asking."""

import datetime as dt

import pytest
from django.db.models import F, Value
from django.db.models.functions import Upper

from niangjia.core.models import CalendarYear, OutboxDelivery, OutboxEvent, WorkingDay
from niangjia.core.prepared import Given, Prepared, Whole, asked, together

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 25)
NOW = dt.datetime(2026, 11, 25, 2, tzinfo=dt.UTC)


def test_the_same_question_with_other_values(django_assert_num_queries):
    WorkingDay.objects.create(date=DAY, province="45", is_working=False)
    days = WorkingDay.objects.filter(date=Given("date"), province="45")
    question = Prepared(days.values_list("date", "is_working"))
    with django_assert_num_queries(2):
        assert question.rows(date=DAY) == [(DAY, False)]
        assert question.rows(date=DAY + dt.timedelta(days=1)) == []


def test_a_value_is_a_value_and_never_sql():
    CalendarYear.objects.create(year=1990, source="a")
    question = Prepared(CalendarYear.objects.filter(source=Given("source")).values_list("year"))
    assert question.rows(source="' OR true --") == []
    assert question.rows(source="a") == [(1990,)]


def test_a_value_that_is_missing_is_an_error():
    question = Prepared(CalendarYear.objects.filter(source=Given("source")))
    with pytest.raises(KeyError):
        question.rows()


def test_instances_are_whole_with_what_belongs_to_them(django_assert_num_queries):
    event = OutboxEvent.objects.create(type="a", payload={"n": 1}, at=NOW)
    OutboxDelivery.objects.create(event=event, handler="h", at=NOW)
    taken = OutboxDelivery.objects.filter(event=Given("event")).select_related("event")
    question = Prepared(taken.annotate(loud=Upper(F("handler"))))
    with django_assert_num_queries(1):
        (found,) = question.instances(event=event.pk)
        assert found.event.payload == {"n": 1}
    assert (found.event, found.handler, found.loud, found.at) == (event, "h", "H", NOW)
    assert found.get_deferred_fields() == set()


def test_a_larger_statement_around_it():
    CalendarYear.objects.create(year=1990, source="a")
    found = CalendarYear.objects.filter(source=Given("source")).annotate(one=Value(1))
    question = Prepared(found.values_list("one"), around="SELECT count(*) FROM ({found}) AS found")
    assert (question.rows(source="a"), question.rows(source="b")) == ([(1,)], [(0,)])


def test_querysets_are_asked_together_each_in_its_own_shape(django_assert_num_queries):
    event = OutboxEvent.objects.create(type="a", payload={"n": 1}, at=NOW)
    OutboxDelivery.objects.create(event=event, handler="h", at=NOW)
    deliveries = OutboxDelivery.objects.all()
    questions = (
        asked(deliveries.select_related("event")),
        asked(deliveries.values_list("handler", "at"), dict),
        asked(deliveries.values_list("handler", flat=True), set),
        asked(deliveries.none(), len),
        asked(deliveries.only("handler").order_by("-id")[:1]),
    )
    with django_assert_num_queries(1):
        (one,), pairs, names, nothing, (part,) = together(*questions)
        assert one.event == event
    assert (pairs, names, nothing) == ({"h": NOW}, {"h"}, 0)
    assert (part.handler, "at" in part.get_deferred_fields()) == ("h", True)
    (fetched,) = together(asked(OutboxEvent.objects.prefetch_related("deliveries")))[0]
    with django_assert_num_queries(0):
        assert [each.handler for each in fetched.deliveries.all()] == ["h"]


def test_several_questions_come_to_one_answer_on_the_trip_of_the_others(django_assert_num_queries):
    event = OutboxEvent.objects.create(type="a", payload={}, at=NOW)
    OutboxDelivery.objects.create(event=event, handler="h", at=NOW)
    events, deliveries = OutboxEvent.objects.all(), OutboxDelivery.objects.all()
    both = Whole([asked(events), asked(deliveries, len)], lambda found, count: (found, count))
    nothing: Whole[str] = Whole([], lambda: "nothing")
    with django_assert_num_queries(1):
        answers = together(asked(events, len), both, nothing, asked(deliveries))
    assert answers == [1, ([event], 1), "nothing", list(deliveries)]
