"""Telling people what happens with a case."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from niangjia.cases.models import Case, GroupMember, JoinedBy, MemberState
from niangjia.cases.selectors import document_of
from niangjia.cases.services import timeline
from niangjia.core import protection
from niangjia.members.models import Account, Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.ties import untied
from niangjia.members.services import notices
from niangjia.organisations.models import Union


def tell_applicant(
    case: Case,
    account: Account | None,
    kind: str,
    *,
    now: dt.datetime,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """A notice to whoever asked. Of a complaint it says only that there is news, and not of which:
    a notice lies in the clear, and nothing in the clear leads from a complaint to its applicant."""
    if case.people_count > 1:
        tell_members(case, now=now)
    if account is None:
        return
    if case.is_complaint:
        notices.notify(
            account=account, kind="case.news", facts={}, url=reverse("cases:mine"), now=now
        )
        return
    name = document_of(case.snapshot_id).name
    notices.notify(
        account=account,
        kind=kind,
        facts={
            "item": name.zh,
            "item_en": name.en,
            "number": case.number,
            "union": case.handler.name,
            "due_at": case.next_due_at.isoformat(),
            **(facts or {}),
        },
        url=reverse("cases:own_case", args=[case.number]),
        now=now,
    )


def tell_members(case: Case, *, now: dt.datetime) -> None:
    """A notice to everybody else who takes part and has an account; it says only that there is
    news. Two queries, and one notice each."""
    with protection.working("cases.tell"):
        sealed = GroupMember.objects.filter(
            case=case, state=MemberState.JOINED, joined_by=JoinedBy.ACCOUNT
        ).exclude(owner_digest=case.owner_digest)
        parts = [(f"member:{bytes(one.owner_digest).hex()}", one.contact) for one in sealed]
    if not parts or not case.sealed_key:
        return
    key = timeline.key_of(case)
    told = [json.loads(key.unseal(contact, part=part))["account"] for part, contact in parts]
    for account in Account.objects.filter(pk__in=filter(None, told), is_active=True):
        notices.notify(
            account=account, kind="case.group", facts={}, url=reverse("cases:mine"), now=now
        )


def applicant_of(case: Case) -> Account | None:
    """Whoever asked, if they have an account. Opens the seal of a complaint to find out; what is
    read goes no further than the notice that is written."""
    if not case.is_complaint:
        return case.applicant
    if not case.sealed_key:
        return None
    told = timeline.told_in(case)
    if not told.get("account"):
        return None
    return Account.objects.filter(pk=uuid.UUID(told["account"]), is_active=True).first()


def tell_officers(
    case: Case,
    union: Union,
    kind: str,
    *,
    now: dt.datetime,
    facts: Mapping[str, Any] | None = None,
) -> int:
    """A notice to those who may handle cases at `union` itself, except whoever is tied to an
    employer the case accuses, or excluded; says how many."""
    roles = [role for role, may in permissions.MAY.items() if Action.HANDLE_CASES in may]
    posts = Post.objects.filter(
        union=union, ended_at__isnull=True, role__in=roles, account__is_active=True
    ).select_related("account")
    accounts = {p.account_id: p.account for p in posts if p.account_id not in case.excluded_ids}
    if case.accused_ids:
        allowed = untied(list(accounts), case.accused_ids)
        accounts = {pk: account for pk, account in accounts.items() if pk in allowed}
    for account in accounts.values():
        notices.notify(
            account=account,
            kind=kind,
            facts={
                "number": case.number,
                "union": union.name,
                "due_at": case.next_due_at.isoformat(),
                **(facts or {}),
            },
            url=reverse("cases:case", args=[case.number]),
            now=now,
        )
    return len(accounts)
