"""Calls. Every read happens inside a viewer's scope: see `core.protection`."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import digest, digests_of
from niangjia.core.errors import NotFound
from niangjia.core.prepared import first
from niangjia.hotline.models import Call, CallState, Ending, Line
from niangjia.hotline.rules import repeats, telephony
from niangjia.hotline.selectors.lines import lines_of
from niangjia.members.models import Account, Post
from niangjia.members.selectors.ties import TiedTo


def number_digest(number: str) -> bytes | None:
    """The digest by which calls from `number` are found; None for a hidden number."""
    plain = telephony.normalised(number)
    return digest("hotline-number", plain) if plain else None


def number_digests(number: str) -> list[bytes]:
    """The digests that calls from `number` may have, whichever key was in use then."""
    plain = telephony.normalised(number)
    return digests_of("hotline-number", plain) if plain else []


def allowed(account: Account, tied: Collection[uuid.UUID] | None = None) -> Q:
    """What nobody tied to an employer, or excluded, is shown."""
    ties = TiedTo.of(account.pk) if tied is None else list(tied)
    return ~Q(accused_ids__overlap=ties) & ~Q(excluded_ids__contains=[account.pk])


def visible_calls(posts: Sequence[Post], *, account: Account) -> QuerySet[Call]:
    """The calls that `posts` of `account` may see."""
    return Call.objects.filter(allowed(account), line__in=lines_of(posts)).select_related(
        "line__union__division"
    )


def access_call(posts: Sequence[Post], call_id: str | uuid.UUID, *, account: Account) -> Call:
    """One of them. Raises `NotFound`."""
    found = first(visible_calls(posts, account=account).filter(pk=call_id))
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def list_at_hand(line: Line, posts: Sequence[Post], *, account: Account) -> QuerySet[Call]:
    """What waits at a line, and what is in somebody's hands; the longest waiting first."""
    found = visible_calls(posts, account=account).filter(line=line)
    return found.exclude(state=CallState.ENDED).order_by("rang_at", "id")


def list_to_call_back(
    line: Line, posts: Sequence[Post], *, account: Account, now: dt.datetime
) -> QuerySet[Call]:
    """Who has been promised, or is owed, a call; the soonest first."""
    found = visible_calls(posts, account=account).filter(line=line)
    return found.filter(call_back_by__isnull=False).order_by("call_back_by", "id")


def marked_digests(line: Line, digests: Collection[bytes], *, now: dt.datetime) -> set[bytes]:
    """Those of `digests` whose calls were abusive so often that the line marks them. One query."""
    if not digests:
        return set()
    found = (
        Call.objects.filter(
            line=line,
            number_digest__in=digests,
            ending=Ending.ABUSIVE,
            rang_at__gt=now - dt.timedelta(days=line.abusive_days),
        )
        .values("number_digest")
        .annotate(times=Count("id"))
    )
    return {
        bytes(row["number_digest"] or b"")
        for row in found
        if repeats.is_marked(row["times"], line.abusive_calls)
    }
