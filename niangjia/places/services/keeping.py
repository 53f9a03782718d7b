"""Who keeps a place, and what they say of it day by day."""

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, clock, transactions
from niangjia.core.errors import Conflict
from niangjia.members.models import Account, Post
from niangjia.members.services import links
from niangjia.places.models import (
    HoursOverride,
    Keeper,
    KeeperInvitation,
    OpeningDay,
    Place,
    Report,
    Said,
    State,
)
from niangjia.places.rules.facilities import BY_KEY
from niangjia.places.rules.truth import Voice
from niangjia.places.selectors.hours_ahead import stretches_of
from niangjia.places.services.acting import hold, record, refuse
from niangjia.places.services.hearing import Change, heard_of, tell_union
from niangjia.places.services.indexing import index_place
from niangjia.places.services.listing import drop_other_hours, refuse_closed, set_other_hours


@transactions.atomic
def invite_keeper(*, by: Post, place: Place, known_as: str, now: dt.datetime) -> str:
    """The token of a link; who opens it first, signed in, keeps the place. Good for a week, shown
    once. Raises `Invalid` on "known_as", `Conflict` for a place that is closed for good."""
    if not 1 <= len(known_as.strip()) <= 40:
        refuse({"known_as": _("Say who it is for, in up to 40 characters.")})
    held = hold(place.pk)
    refuse_closed(held)
    token = links.make_link(KeeperInvitation, now=now, place=held, known_as=known_as.strip())
    record(held, by, "keeper-invited")
    return token


@transactions.atomic
def accept_keeping(*, by: Account, token: str, now: dt.datetime) -> Keeper:
    """`by` keeps the place of the link from now on. The same person again is no error. Raises as
    `links.open_link`."""
    offers = KeeperInvitation.objects.select_related("place", "keeper")
    link = links.open_link(offers, by=by, token=token, now=now)
    if link.keeper is not None:
        return link.keeper
    keeper, is_new = Keeper.objects.get_or_create(
        place=link.place,
        account=by,
        ended_at=None,
        defaults={"since_at": now, "known_as": link.known_as},
    )
    if is_new:
        links.use_up(link, keeper)
        note(link.place, by, "keeper-began")
    return keeper


@transactions.atomic
def end_keeping(*, by: Post, keeper: Keeper, now: dt.datetime) -> Keeper:
    """They keep it no longer, from the next request on. Twice is once."""
    place = hold(keeper.place_id)
    held = Keeper.objects.select_for_update().get(pk=keeper.pk)
    if held.ended_at is None:
        held.ended_at = now
        held.save(update_fields=["ended_at"])
        record(place, by, "keeper-ended")
    return held


@transactions.atomic
def tick_opening(
    *, by: Account, place: Place, lacking: Collection[str] = (), now: dt.datetime
) -> OpeningDay:
    """ "Open today", with what is missing. It counts as a keeper's word, which outweighs what
    visitors said before (`rules.truth`). A second tick of the day corrects the first.

    Raises `Invalid` on "lacking" for what the place does not have, `Conflict` for one that is not
    on the map, or is shut because something there is dangerous.
    """
    held = hold(place.pk)
    refuse_closed(held)
    if held.state != State.PUBLISHED:
        raise Conflict(_("This place is not on the map yet."), code="not-published")
    if held.unsafe_since is not None:
        raise Conflict(
            _("It stays shut until what is dangerous was looked at again."), code="unsafe"
        )
    known = [key for key in BY_KEY if key in lacking]
    if set(lacking) - set(held.facilities):
        refuse({"lacking": _("It is not said to have that.")})
    day, _is_new = OpeningDay.objects.select_for_update().get_or_create(
        place=held, date=now.astimezone(clock.CHINA).date()
    )
    if day.ticked_at is None:
        day.ticked_at, day.is_late = now, day.asked_at is not None
    day.by_account_id, day.lacking = by.pk, known
    day.save()
    said = [Report(place=held, at=now, said=Said.OPEN, by_keeper=True, is_tick=True)]
    said += [
        Report(place=held, at=now, said=Said.LACKS, facility=key, by_keeper=True) for key in known
    ]
    open_at, heard = stretches_of(held, now=now), heard_of(held, now)
    for report in said:
        report.save()
    index_place(held.pk, now=now)
    tell_union(held, Change(heard, [*heard, *map(Voice.of, said)], open_at, now))
    note(held, by, "ticked", lacking=known)
    return day


def note(place: Place, by: Account, what: str, **details: object) -> None:
    """An entry of the audit chain about what a keeper did."""
    audit.record(
        action=f"place.{what}",
        by=by.pk,
        subject=f"place:{place.pk}",
        union_id=place.union_id,
        details=details,
    )


@transactions.atomic
def shut_for_days(
    *,
    by: Account,
    place: Place,
    first_date: dt.date,
    last_date: dt.date,
    hours: str = "",
    reason: str,
    now: dt.datetime,
) -> HoursOverride:
    """A keeper says on which days other hours count; "" closes it. Raises as `set_other_hours`."""
    made = set_other_hours(
        by=None,
        place=place,
        first_date=first_date,
        last_date=last_date,
        hours=hours,
        reason=reason,
        now=now,
    )
    note(place, by, "other-hours-by-keeper", first=first_date.isoformat())
    return made


@transactions.atomic
def open_again(*, by: Account, override: HoursOverride, now: dt.datetime) -> None:
    """A keeper has the usual hours count again. Twice is once."""
    drop_other_hours(by=None, override=override, now=now)
    note(override.place, by, "open-again-by-keeper", first=override.first_date.isoformat())
