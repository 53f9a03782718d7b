"""Objecting to fewer stars, deciding about it, and stars by hand with a reason."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, clock, transactions
from niangjia.core.errors import Conflict, Text, TooLate
from niangjia.members.models import Account, Post
from niangjia.places.models import Place, StarObjection, StarRating
from niangjia.places.rules import stars as rules
from niangjia.places.services import stars, telling
from niangjia.places.services.acting import hold, record, refuse, stands_above

SHORTEST, LONGEST_WORDS, LONGEST_ANSWER = 2, 500, 300


@transactions.atomic
def object_to_stars(
    *, by: Account, rating: StarRating, words: str, now: dt.datetime
) -> StarObjection:
    """Say why fewer stars would be wrong: they do not count until the union above has decided. The
    same person again is no error. Raises `Invalid` on "words", `TooLate` when the days to object
    are over, `Conflict` when somebody has, or they count already."""
    if not SHORTEST <= len(words.strip()) <= LONGEST_WORDS:
        refuse({"words": _("Say what is not so, in up to 500 characters.")})
    place, held = hold_rating(rating)
    before = StarObjection.objects.filter(rating=held).first()
    if before is not None:
        if before.by_account_id == by.pk:
            return before
        raise Conflict(_("Somebody has objected already."), code="objected-already")
    if not held.is_announced:
        raise Conflict(_("These stars are not announced any more."), code="not-announced")
    if held.objections_until is None or now > held.objections_until:
        raise TooLate(_("The days to object are over."), code="objection-late")
    made = StarObjection.objects.create(
        rating=held, words=words.strip(), at=now, by_account_id=by.pk
    )
    audit.record(
        action="place.stars-objected",
        by=by.pk,
        subject=f"place:{place.pk}",
        union_id=place.union_id,
    )
    telling.tell_nearest(
        telling.above(place) or [place.union],
        "place.stars_objected",
        {"name": place.name},
        "/desk/places/stars/",
        now,
    )
    return made


@transactions.atomic
def decide_objection(
    *, by: Post, objection: StarObjection, is_upheld: bool, answer: str, now: dt.datetime
) -> StarObjection:
    """The union above says, with the reason, whether the stars stay as they were. Twice is once.
    Raises `Invalid` on "answer", `Conflict` for an officer of the union that keeps the place and
    for whoever objected."""
    if not SHORTEST <= len(answer.strip()) <= LONGEST_ANSWER:
        refuse({"answer": _("Say why, in up to 300 characters.")})
    place, rating = hold_rating(objection.rating)
    held = StarObjection.objects.select_for_update().get(pk=objection.pk)
    if held.decided_at is not None:
        return held
    if not stands_above(place, by) or by.account_id == held.by_account_id:
        raise Conflict(_("The union above decides this, and nobody about themselves."), code="own")
    held.is_upheld, held.answer = is_upheld, answer.strip()
    held.decided_at, held.decided_by_account_id = now, by.account_id
    held.save()
    if is_upheld and rating.is_announced:
        rating.withdrawn_at = now
        rating.save(update_fields=["withdrawn_at"])
    elif rating.is_announced:
        stars.count(rating, now)
    record(place, by, "stars-decided", {"upheld": is_upheld})
    stars.tell(rating, "place.stars_stay" if is_upheld else "place.stars_refused", now)
    return held


@transactions.atomic
def set_stars(
    *, by: Post, place: Place, stars_given: int, reason: str, now: dt.datetime
) -> StarRating:
    """Other stars than the rules gave, with a reason that everybody reads; until the next month's.
    Fewer can be objected to as any. Raises `Invalid` on "stars" and "reason", `Conflict` for an
    officer of the union that keeps the place, and for a place that has no stars."""
    found: dict[str, Text] = {}
    if not rules.WORST <= stars_given <= rules.BEST:
        found["stars"] = _("From one to five stars.")
    if not SHORTEST <= len(reason.strip()) <= LONGEST_ANSWER:
        found["reason"] = _("Say why, in up to 300 characters.")
    refuse(found)
    held = hold(place.pk)
    if held.kind not in rules.KINDS:
        raise Conflict(_("Only stations have stars."), code="no-stars")
    if not stands_above(held, by):
        raise Conflict(_("The union above gives stars, and nobody themselves."), code="own")
    made = stars.give(
        StarRating(
            place=held,
            month=now.astimezone(clock.CHINA).date().replace(day=1),
            stars=stars_given,
            reason=reason.strip(),
            by_account_id=by.account_id,
        ),
        now,
    )
    record(held, by, "stars-set", {"stars": stars_given, "reason": reason.strip()})
    return made


def hold_rating(rating: StarRating) -> tuple[Place, StarRating]:
    """The place and its rating, held."""
    place = hold(rating.place_id)
    held = StarRating.objects.select_for_update(of=("self",)).get(pk=rating.pk)
    held.place = place
    return place, held
