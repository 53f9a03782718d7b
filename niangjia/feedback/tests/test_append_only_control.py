"""The control of the triggers: with them switched off by the tables' owner, history changes."""

import pytest
from django.db import connection

from niangjia.feedback.models import OrderStep, Rating, StepKind
from niangjia.feedback.tests.factories import make_office, make_order


@pytest.mark.usefixtures("as_owner")
def test_without_the_triggers_what_happened_would_change():
    make_order(make_office())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE feedback_rating DISABLE TRIGGER rating_stays")
        cursor.execute("ALTER TABLE feedback_orderstep DISABLE TRIGGER order_step_stays")
    Rating.objects.update(level=5)
    OrderStep.objects.update(kind=StepKind.CLOSED)
    assert (Rating.objects.get().level, OrderStep.objects.get().kind) == (5, StepKind.CLOSED)
