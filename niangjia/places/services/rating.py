"""Rating a place after having been there; the rest is `feedback`'s."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, transactions
from niangjia.core.crypto import digest
from niangjia.core.errors import Conflict
from niangjia.feedback import services as feedback
from niangjia.members.models import Account
from niangjia.places.models import Place, RatedVisit
from niangjia.places.rules.ratings import SUBJECT, item_key
from niangjia.places.rules.voices import Speaker
from niangjia.places.selectors.visits import find_own_visit


@transactions.atomic
def ask_to_rate(
    *, place: Place, visitor: Speaker, account: Account | None, now: dt.datetime
) -> str:
    """Where whoever was there within the last day rates it: once a week for each visitor and place.

    Nobody is invited who does not ask for it, since an invitation says who was where. Somebody
    signed in finds theirs among their ratings, and is asked again once what was bad is put right;
    for a guest nothing but the link knows it is theirs. Raises `Conflict` without a visit, and for
    a guest who has rated already.
    """
    visit = find_own_visit(place, visitor, now=now)
    if visit is None:
        raise Conflict(_("Scan the plate at the door first."), code="no-visit")
    rated, _is_new = RatedVisit.objects.get_or_create(
        pk=subject_of(place, visitor, now), defaults={"place": place, "asked_at": now}
    )
    invitation, token = feedback.invite_rating(
        subject_kind=SUBJECT,
        subject_id=rated.pk,
        item_key=item_key(place.kind),
        item_name={"zh": place.name, "en": place.name_en or place.name},
        union=place.union,
        rated=None,
        person=account.person if account else None,
        account=account,
        finished_at=visit.left_at or now,
        now=now,
    )
    if account is not None:
        return reverse("feedback:rate_mine", args=[invitation.pk])
    token = token or feedback.renew_link(by=None, invitation=invitation, now=now)
    return reverse("feedback:rate", args=[token])


def subject_of(place: Place, visitor: Speaker, now: dt.datetime) -> uuid.UUID:
    """The same for one visitor, place and week; under the node's key, so that nobody else can tell
    whose it is."""
    year, week, _day = now.astimezone(clock.CHINA).date().isocalendar()
    return uuid.UUID(bytes=digest("place-rating", f"{place.pk}:{visitor.key}:{year}:{week}")[:16])


@transactions.atomic
def note_rating(*, subject_id: uuid.UUID, level: int, round: int, now: dt.datetime) -> None:
    """What a visit was rated; a later round replaces the one before. Twice is once."""
    found = RatedVisit.objects.filter(pk=subject_id, round__lt=round)
    found.update(level=level, round=round, rated_at=now)
