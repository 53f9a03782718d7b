"""This room's objects at one union, for the matrix of routes and roles."""

import uuid

from niangjia.core import clock
from niangjia.feedback import services
from niangjia.feedback.models import CallBack, RectificationOrder, Signal, SignalKind
from niangjia.feedback.tests.factories import ITEM, rate
from niangjia.members.models import Account
from niangjia.members.tests.factories.accounts import make_person
from niangjia.organisations.models import Union

NOBODYS = str(uuid.UUID(int=7))
MISSING_RATED = {
    "order": "9" * 12,
    "call_back": NOBODYS,
    "invitation": NOBODYS,
    "signal": NOBODYS,
}


def make_rated(union: Union, account: Account | None = None) -> dict[str, str]:
    """An invitation that somebody, or `account`, answered badly, with all that follows, at `union`:
    what stands in addresses."""
    person = make_person() if account is None else account.person
    invitation, _token = services.invite_rating(
        subject_kind="case",
        subject_id=uuid.uuid4(),
        item_key="wage-arrears",
        item_name=ITEM,
        union=union,
        rated=None,
        person=person,
        account=person.account,
        finished_at=clock.now(),
        now=clock.now(),
    )
    rating = rate(invitation, level=1)
    signal = Signal.objects.create(
        union=union,
        kind=SignalKind.SAME_DEVICE,
        day=clock.today(),
        facts={"ratings": 4},
        found_at=clock.now(),
    )
    return {
        "order": RectificationOrder.objects.get(rating=rating).number,
        "call_back": str(CallBack.objects.get(rating=rating).pk),
        "invitation": str(invitation.pk),
        "signal": str(signal.pk),
    }
