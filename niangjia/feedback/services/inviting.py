"""Asking for a rating."""

import datetime as dt
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, outbox, transactions
from niangjia.core.crypto import new_token, token_digest
from niangjia.core.errors import NotFound
from niangjia.feedback.events import RatingAskedAgain
from niangjia.feedback.models import Invitation, Rating
from niangjia.feedback.rules import invitations as rules
from niangjia.feedback.services.working import as_work
from niangjia.members import services as members
from niangjia.members.models import Account, Person
from niangjia.organisations.models import Union

WINDOW_DAYS = 30
ITEM_KEY = re.compile(r"[a-z0-9_-]{1,24}")


class Invited(NamedTuple):
    """An invitation, and the token of its link: shown now and never again."""

    invitation: Invitation
    token: str | None


@transactions.atomic
@as_work("feedback.invite")
def invite_rating(
    *,
    subject_kind: str,
    subject_id: uuid.UUID,
    item_key: str,
    item_name: Mapping[str, str],
    union: Union,
    rated: Account | None,
    person: Person | None,
    account: Account | None,
    is_protected: bool = False,
    tied_employer_ids: Sequence[uuid.UUID] = (),
    finished_at: dt.datetime,
    now: dt.datetime,
    window_days: int = WINDOW_DAYS,
) -> Invited:
    """Ask whoever was served to rate a finished service (S7, 好差评): call it when it finishes.

    `union` did it and `rated` is the officer who did; `item_key` is 1 to 24 of a-z, 0-9, "_", "-";
    `item_name` is {"zh", "en"}. With an `account` a notice goes there; the returned token makes the
    link `feedback:rate` for a message or a code at the counter. A protected subject is in no public
    figure, and nothing of it reaches anybody tied to `tied_employer_ids`. Called again for the same
    service it gives the first invitation, without a token. Raises `ValueError` for names that are
    none: a mistake in our own code.
    """
    if not ITEM_KEY.fullmatch(item_key) or set(item_name) != {"zh", "en"}:
        raise ValueError(f"not an item: {item_key} {dict(item_name)}")
    token = new_token()
    invitation, is_new = Invitation.objects.get_or_create(
        subject_kind=subject_kind,
        subject_id=subject_id,
        round=1,
        defaults={
            "item_key": item_key,
            "item_name": dict(item_name),
            "union": union,
            "rated": rated,
            "person": person,
            "account": account,
            "token_digest": token_digest(token),
            "is_protected": is_protected,
            "tied_employer_ids": list(tied_employer_ids),
            "finished_at": finished_at,
            "created_at": now,
            "closes_at": now + dt.timedelta(days=window_days),
        },
    )
    if not is_new:
        return Invited(invitation, None)
    tell(invitation, "feedback.invited", by=None, now=now)
    return Invited(invitation, token)


def invite_again(last: Invitation, *, by: uuid.UUID | None, now: dt.datetime) -> Invitation:
    """The next round, once what was rated badly is said to be put right. The first link leads to it
    as well, unless the rated officer has held it. In the caller's transaction."""
    invitation = Invitation.objects.create(
        subject_kind=last.subject_kind,
        subject_id=last.subject_id,
        round=last.round + 1,
        item_key=last.item_key,
        item_name=last.item_name,
        union=last.union,
        rated=last.rated,
        person=last.person,
        account=last.account,
        is_protected=last.is_protected,
        tied_employer_ids=last.tied_employer_ids,
        finished_at=now,
        created_at=now,
        closes_at=now + dt.timedelta(days=WINDOW_DAYS),
    )
    tell(invitation, "feedback.rate_again", by=by, now=now)
    outbox.publish(
        RatingAskedAgain(
            subject_kind=last.subject_kind, subject_id=last.subject_id, round=invitation.round
        )
    )
    return invitation


def tell(invitation: Invitation, kind: str, *, by: uuid.UUID | None, now: dt.datetime) -> None:
    """Record the invitation, and put it into the inbox of whoever was served."""
    audit.record(
        action="rating.invited",
        by=by,
        subject=f"invitation:{invitation.pk}",
        union_id=invitation.union_id,
        person_id=invitation.person_id,
        details={"round": invitation.round},
    )
    if invitation.account is not None:
        members.notify(
            account=invitation.account,
            kind=kind,
            facts={
                "item": invitation.item_name,
                "union": invitation.union.name,
                "closes_at": invitation.closes_at.isoformat(),
            },
            url=reverse("feedback:rate_mine", args=[invitation.pk]),
            now=now,
        )


@transactions.atomic
@as_work("feedback.invite")
def renew_link(*, by: Account | None, invitation: Invitation, now: dt.datetime) -> str:
    """A new link for somebody who stands at the counter or lost theirs; the old one is dead from
    now on. Without `by`, the room above knows that it is theirs. A counter may have one officer,
    who then shows the code of their own work: from then on what is rated by it counts among what
    officers entered (`signals.officer_entered`), and the link tells nothing of it. Raises
    `NotFound` for a protected subject, `Conflict` and `TooLate` as rating does."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.is_protected:
        raise NotFound(_("There is no such page"))
    is_rated = Rating.objects.filter(invitation=locked).exists()
    rules.check_open(locked, is_rated=is_rated, now=now)
    token = new_token()
    locked.token_digest = token_digest(token)
    is_own = locked.shown_by_rated = by is not None and locked.is_about(by.pk)
    locked.save(update_fields=["token_digest", "shown_by_rated"])
    audit.record(
        action="rating.link_renewed",
        by=by.pk if by else None,
        subject=f"invitation:{locked.pk}",
        union_id=locked.union_id,
        person_id=locked.person_id,
        details={"own": is_own},
    )
    return token
