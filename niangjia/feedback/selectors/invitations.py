"""Invitations and what was answered to them."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids, protection, scope
from niangjia.core.crypto import token_digest
from niangjia.core.errors import NotFound
from niangjia.feedback.models import Invitation, Rating
from niangjia.feedback.selectors.protection import open_to
from niangjia.members.models import Account, Post
from niangjia.members.rules import Action
from niangjia.members.selectors import reaches


def find_invitation_by_token(token: str) -> Invitation | None:
    """The invitation this link is for: the newest round of its service, so that the first link also
    rates again what was put right. One that the rated officer has held as well leads no further:
    that there is another round says how the last one was rated (ADR 151). Two queries."""
    with protection.working("feedback.link"):
        found = Invitation.objects.filter(token_digest=token_digest(token)).first()
        if found is None:
            return None
        rounds = Invitation.objects.select_related("union", "rating__order")
        if found.shown_by_rated:
            return rounds.get(pk=found.pk)
        return find_latest_invitation(found.subject_kind, found.subject_id)


def find_latest_invitation(subject_kind: str, subject_id: uuid.UUID) -> Invitation | None:
    """The newest invitation to rate a service, with its union, rating and order at hand."""
    return (
        Invitation.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
        .select_related("union", "rating__order")
        .order_by("-round")
        .first()
    )


def find_asked_again(
    subject_kind: str, subject_ids: Collection[uuid.UUID], now: dt.datetime
) -> set[uuid.UUID]:
    """Which of these services were rated badly, are said to be put right, and wait to be rated once
    more. For the room they lie in, as background work. One query, none for no services."""
    if not subject_ids:
        return set()
    waiting = Invitation.objects.filter(
        subject_kind=subject_kind,
        subject_id__in=subject_ids,
        round__gt=1,
        rating=None,
        closes_at__gte=now,
    )
    return set(waiting.values_list("subject_id", flat=True))


def list_invitations(account: Account) -> QuerySet[Invitation]:
    """What `account` was asked to rate, answered or not. Order by `-id`."""
    return Invitation.objects.filter(account=account).select_related("union", "rating")


def access_invitation(account: Account, invitation_id: str | uuid.UUID) -> Invitation:
    """One of them. Raises `NotFound` for another's as for none."""
    key = ids.parse_uuid(str(invitation_id))
    with protection.viewing(account=account.pk):
        found = key and list_invitations(account).filter(pk=key).first()
    if not found:
        raise NotFound(_("There is no such page"))
    return found


def access_invitation_within(
    account: Account, posts: Sequence[Post], invitation_id: str
) -> Invitation:
    """An invitation of a union where `posts` of `account` may call back or ask at the counter.
    Raises `NotFound`, also for a protected subject of an employer the account is tied to."""
    key = ids.parse_uuid(invitation_id)
    where = scope.within(reaches(posts, Action.CALL_BACK), field="union__path")
    wanted = Invitation.objects.filter(where, open_to(account)).select_related("union", "rating")
    with protection.viewing(account=account.pk):
        found = key and wanted.filter(pk=key).first()
    if not found:
        raise NotFound(_("There is no such page"))
    return found


def find_rating(subject_kind: str, subject_id: uuid.UUID) -> Rating | None:
    """The newest rating of a service, for the room it lies in."""
    return (
        Rating.objects.filter(
            invitation__subject_kind=subject_kind, invitation__subject_id=subject_id
        )
        .order_by("-invitation__round")
        .first()
    )
