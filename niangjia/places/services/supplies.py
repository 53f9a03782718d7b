"""Supplies and equipment: what came, what is used up, what was checked."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, transactions
from niangjia.members.models import Account
from niangjia.places.models import Ending, Place, Supply
from niangjia.places.rules import supplies as rules
from niangjia.places.services.acting import hold, refuse
from niangjia.places.services.indexing import index_place
from niangjia.places.services.keeping import note
from niangjia.places.services.listing import refuse_closed


@transactions.atomic
def add_supply(
    *,
    by: Account,
    place: Place,
    sort: str,
    name: str,
    facility: str = "",
    amount: int = 1,
    expires_date: dt.date | None = None,
    check_date: dt.date | None = None,
    now: dt.datetime,
) -> Supply:
    """Something stands there now. Raises `Invalid` by field (`rules.supplies.problems`)."""
    today = now.astimezone(clock.CHINA).date()
    found = rules.problems(
        sort=sort,
        name=name,
        facility=facility,
        amount=amount,
        expires_date=expires_date,
        check_date=check_date,
        today=today,
    )
    held = hold(place.pk)
    refuse_closed(held)
    if facility and "facility" not in found and facility not in held.facilities:
        found["facility"] = _("It is not said to have that.")
    refuse(found)
    made = Supply.objects.create(
        place=held,
        sort=sort,
        name=name.strip(),
        facility=facility,
        amount=amount,
        expires_date=expires_date,
        check_date=check_date,
        added_at=now,
    )
    index_place(held.pk, now=now)
    note(held, by, "supply-added", supply=str(made.pk))
    return made


@transactions.atomic
def end_supply(*, by: Account, supply: Supply, ending: str, now: dt.datetime) -> Supply:
    """It is used up, broken, or thrown away. Twice is once. Raises `Invalid` on "ending"."""
    if ending not in Ending.values:
        refuse({"ending": _("Say what became of it.")})
    place = hold(supply.place_id)
    held = Supply.objects.select_for_update().get(pk=supply.pk)
    if held.ended_at is None:
        held.ended_at, held.ending = max(now, held.added_at), ending
        held.save(update_fields=["ended_at", "ending"])
        index_place(place.pk, now=now)
        note(place, by, "supply-ended", supply=str(held.pk), ending=ending)
    return held


@transactions.atomic
def check_supply(
    *, by: Account, supply: Supply, next_date: dt.date | None, now: dt.datetime
) -> Supply:
    """It was looked at and works; `next_date`: when it is to be looked at again. Raises `Invalid`
    on "next_date" for a day that is past, and without one for what has to be checked: nobody would
    be reminded of it again."""
    today = now.astimezone(clock.CHINA).date()
    if next_date is not None and next_date <= today:
        refuse({"next_date": _("The next check lies ahead.")})
    place = hold(supply.place_id)
    held = Supply.objects.select_for_update().get(pk=supply.pk)
    if next_date is None and held.check_date is not None:
        refuse({"next_date": _("Say on which day it is to be checked again.")})
    held.check_date, held.reminded_date = next_date, None
    held.save(update_fields=["check_date", "reminded_date"])
    index_place(place.pk, now=now)
    note(place, by, "supply-checked", supply=str(held.pk))
    return held
