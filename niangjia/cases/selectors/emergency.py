"""Reading about emergency access."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, EmergencyGrant, GrantState
from niangjia.cases.rules import emergency as rules
from niangjia.cases.selectors.cases import visible_cases
from niangjia.core import protection
from niangjia.core.errors import NotFound
from niangjia.core.prepared import asked, together
from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import holding
from niangjia.members.selectors.ties import TiedTo


def access_granted_case(
    posts: Sequence[Post], number: str, *, account: Account, now: dt.datetime
) -> Case:
    """The case of this number that `account` may read for now by a grant. In its scope, where the
    database says the same (migration 0003). Raises `NotFound`: never granted, run out, taken back,
    tied or excluded since, no post any more."""
    found = (
        Case.objects.filter(
            number=number,
            grants__account=account,
            grants__state=GrantState.GRANTED,
            grants__expires_at__gt=now,
        )
        .exclude(accused_ids__overlap=TiedTo.of(account.pk))
        .exclude(excluded_ids__contains=[account.pk])
        .select_related("item", "snapshot", "handler", "began_at", "raised_to", "division")
        .first()
        if holding(posts, Action.HANDLE_CASES)
        else None
    )
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def list_own_grants(account: Account) -> list[EmergencyGrant]:
    """The last twenty that `account` asked for, the newest first, with the numbers they typed."""
    with protection.working("cases.emergency"):
        found = EmergencyGrant.objects.filter(account=account).select_related("case")
        shown = found.only("state", "asked_at", "expires_at", "case__number")
        return list(together(asked(shown.order_by("-id")[:20]))[0])


def list_to_decide(
    posts: Sequence[Post], *, account: Account, now: dt.datetime
) -> list[EmergencyGrant]:
    """What `posts` of `account` may grant or refuse: about cases that they decide and may see,
    asked by somebody else, at most a day ago. The oldest first, at most 100."""
    reaches = [post.scope for post in holding(posts, Action.DECIDE_CASES)]
    with protection.working("cases.emergency"):
        asking = EmergencyGrant.objects.filter(
            state=GrantState.ASKED, asked_at__gt=now - rules.ANSWERED_WITHIN
        ).exclude(account=account)
        related = asking.select_related("case__handler", "account__person")
        [waiting] = together(asked(related.order_by("id")))
    within = [g for g in waiting if any(r.covers(g.case.handler_path) for r in reaches)]
    with protection.viewing(account=account.pk):
        visible = visible_cases(posts, account=account)
        about = visible.filter(pk__in=[grant.case_id for grant in within])
        seen: set[uuid.UUID]
        [seen] = together(asked(about.values_list("pk", flat=True), set))
    return [grant for grant in within if grant.case_id in seen][:100]
