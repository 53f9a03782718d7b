"""The ledger of figures agrees with memberships and applications, and the check notices."""

import pytest

from niangjia.core import clock
from niangjia.members.models import ApplicationStatus
from niangjia.members.selectors.own_figures import METRICS, own_figures
from niangjia.members.services import decide_application
from niangjia.members.tests.factories.joining import make_application, make_chain, make_officer
from niangjia.organisations import services
from niangjia.organisations.models import FigureChange

pytestmark = pytest.mark.django_db


def differences() -> set[tuple[str, int, int]]:
    found = services.verify_figures(own_figures, metrics=METRICS)
    return {(each.metric, each.ledger, each.rows) for each in found}


def test_the_ledger_is_what_the_rows_add_up_to():
    union = make_chain()[-1]
    waiting, answered = make_application(union=union), make_application(union=union)
    decide_application(
        by=make_officer(union=union),
        application=answered,
        verdict=ApplicationStatus.ADMITTED,
        reason="",
        now=clock.now(),
    )
    assert waiting.status == ApplicationStatus.SUBMITTED
    assert differences() == set()
    services.fold_figures()
    assert differences() == set()


def test_a_change_that_was_lost_or_made_up_is_noticed():
    union = make_chain()[-1]
    make_application(union=union)
    FigureChange.objects.filter(metric="applications:open").delete()
    services.count(union_id=union.pk, metric="members", change=2)
    assert differences() == {("applications:open", 0, 1), ("members", 2, 0)}
