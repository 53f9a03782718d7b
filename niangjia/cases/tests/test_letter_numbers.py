"""Two officers at once: no number is used twice, none is left out."""

import threading

import pytest
from django.db import transaction

from niangjia.cases.models import LetterSeries
from niangjia.cases.services.letters import sending
from niangjia.core.tests.races import at_once
from niangjia.organisations.tests.factories import make_union

AT_ONCE = 6


@pytest.mark.django_db(transaction=True)
def test_numbers_taken_at_once_are_one_after_the_other():
    union = make_union()

    def take(fails):
        def work():
            with transaction.atomic():
                serial = sending.next_serial(union, 2026)
                if fails:
                    raise ValueError
                return serial

        return work

    answers = at_once(*(take(fails=number % 3 == 0) for number in range(AT_ONCE)))
    taken = sorted(answer for answer in answers if isinstance(answer, int))
    assert sum(isinstance(answer, ValueError) for answer in answers) == 2
    assert taken == [1, 2, 3, 4], "what failed gave its number back"
    assert LetterSeries.objects.get().last == 4


@pytest.mark.django_db(transaction=True)
def test_control_reading_before_writing_gives_a_number_twice(monkeypatch):
    """What the one statement is for."""
    union, both = make_union(), threading.Barrier(2, timeout=60)

    def naive(union, year):
        series, _new = LetterSeries.objects.get_or_create(
            union=union, year=year, defaults={"last": 0}
        )
        both.wait()
        series.last += 1
        series.save()
        return series.last

    sending.next_serial(union, 2026)
    monkeypatch.setattr(sending, "next_serial", naive)

    def work():
        with transaction.atomic():
            return sending.next_serial(union, 2026)

    answers = at_once(work, work)
    assert answers == [2, 2]
