"""Rating."""

import datetime as dt
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, outbox, transactions
from niangjia.core.crypto import digest
from niangjia.core.errors import NotFound
from niangjia.feedback.events import RatingGiven
from niangjia.feedback.models import Channel, Invitation, Rating
from niangjia.feedback.rules import indicators as indicator_rules
from niangjia.feedback.rules import invitations as rules
from niangjia.feedback.rules import metrics
from niangjia.feedback.selectors.protection import may_know
from niangjia.feedback.services import calling_back, ordering
from niangjia.feedback.services.working import as_work
from niangjia.members.models import Account
from niangjia.organisations import selectors as organisation_selectors
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Status, Union


@transactions.atomic
@as_work("feedback.rate")
def rate(
    *,
    invitation: Invitation,
    channel: Channel | str,
    level: int,
    indicators: Mapping[str, int] | None = None,
    words: str = "",
    is_named: bool = False,
    may_be_shown: bool = False,
    contact: str = "",
    entered_by: Account | None = None,
    device: str | None = None,
    now: dt.datetime,
) -> Rating:
    """Take one rating, from 5 非常满意 to 1 非常不满意. The doors see to it that it is the person
    served who rates: by the link's token, as the account, or on the phone.

    `indicators` are levels by name (`rules.indicators`); `words` are sealed; `is_named` lets the
    rated officer see the name; `may_be_shown` lets the words be published. `contact` is a
    way to be called back, kept of somebody we do not know, for the call alone. `entered_by` is the
    officer who called back, never the rated one. `device` is a random name of the browser, of which
    a keyed digest is kept. Levels 1 and 2 open a rectification order by themselves, or open it
    again; a better one closes the order that waited for it.

    Raises `Conflict` "rated-already", `TooLate` "rating-closed", `Invalid` beside the field.
    """
    locked = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("union", "rated", "person", "account")
        .get(pk=invitation.pk)
    )
    is_rated = Rating.objects.filter(invitation=locked).exists()
    rules.check_open(locked, is_rated=is_rated, now=now)
    rules.check_entry(locked, channel, entered_by)
    if entered_by is not None and not may_know({entered_by.pk}, locked):
        raise NotFound(_("There is no such page"))
    rules.check_level(level)
    checked = indicator_rules.checked(indicators or {}, channel)
    words, contact = rules.check_words(words), rules.check_contact(contact)
    union = living(locked.union)
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                invitation=locked,
                union=union,
                item_key=locked.item_key,
                is_protected=locked.is_protected,
                channel=channel,
                level=level,
                indicators=checked,
                words=words or None,
                is_named=is_named,
                may_be_shown=may_be_shown and bool(words),
                entered_by_account_id=entered_by.pk if entered_by else None,
                device_digest=digest("device", device) if device else None,
                rated_at=now,
            )
    except IntegrityError:
        rules.check_open(locked, is_rated=True, now=now)
        raise
    record(rating, locked, by=entered_by)
    follow(rating, locked, contact=contact, now=now)
    return rating


def living(union: Union) -> Union:
    """`union`, or the nearest one above it that still exists."""
    if union.status != Status.DISSOLVED:
        return union
    chain = organisation_selectors.chain_above(union)
    return next(above for above in reversed(chain) if above.status != Status.DISSOLVED)


def record(rating: Rating, invitation: Invitation, *, by: Account | None) -> None:
    """Audit, tell the rooms above, count. A protected subject is in no figure."""
    own = invitation.account_id if rating.channel == Channel.IN_APP else None
    audit.record(
        action="rating.given",
        by=by.pk if by else own,
        subject=f"rating:{rating.pk}",
        union_id=rating.union_id,
        person_id=invitation.person_id,
        details={"channel": rating.channel, "round": invitation.round},
    )
    outbox.publish(
        RatingGiven(
            rating_id=rating.pk,
            subject_kind=invitation.subject_kind,
            subject_id=invitation.subject_id,
            level=rating.level,
            channel=rating.channel,
            round=invitation.round,
        )
    )
    if not rating.is_protected:
        organisations.count(
            union_id=rating.union_id,
            metric=metrics.metric(rating.item_key, rating.rated_at, rating.level),
            change=1,
        )


def follow(rating: Rating, invitation: Invitation, *, contact: str, now: dt.datetime) -> None:
    """What a rating sets in motion."""
    order = ordering.lock_order_on(invitation)
    if rules.is_bad(rating.level):
        if order is None:
            ordering.open_order(rating, invitation, now=now)
        else:
            ordering.reopen_order(order, rating, invitation, now=now)
        calling_back.ask_for_call(rating, invitation, contact=contact, now=now)
    elif order is not None:
        ordering.close_satisfied(order, now=now)
