"""Telling people what happens with a case."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.urls import reverse

from niangjia.cases.models import Case, GroupMember, MemberState
from niangjia.cases.selectors import document_of, owner_of_account
from niangjia.cases.services import texting, texting_members, timeline
from niangjia.cases.services.contacts import contact_of
from niangjia.core import protection
from niangjia.members.models import Account, Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.ties import ties_of
from niangjia.members.services import notices
from niangjia.organisations.models import Union

#: What is said of many cases at once in place of what is said of one, and where they stand.
OF_MANY = {
    "desk.case_reminder": ("desk.cases_reminder", "?union={union}"),
    "desk.case_late": ("desk.cases_late", "?tab=late&union={union}"),
    "desk.case_raised": ("desk.cases_raised", "?tab=raised"),
}
#: Stands for a number in an address.
NUMBER = "0"


def address(name: str, case: Case) -> str:
    """Where a page of `case` stands."""
    before, after = around_number(name)
    return f"{before}{case.number}{after}"


@cache
def around_number(name: str) -> tuple[str, str]:
    """What stands before and after the number in an address."""
    before, _number, after = reverse(name, args=[NUMBER]).rpartition(NUMBER)
    return before, after


def tell_applicant(
    case: Case,
    account: Account | uuid.UUID | None,
    kind: str,
    *,
    now: dt.datetime,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """A notice to whoever asked. Of a complaint it says only that there is news, and not of which:
    a notice lies in the clear, and nothing in the clear leads from a complaint to its applicant.
    Whoever has no account is sent a text message, if they agreed to it (`texting`)."""
    if case.people_count > 1:
        tell_members(case, now=now)
    if account is None:
        texting.plan(case, now=now)
        return
    if case.is_complaint:
        tell_news(account, now=now)
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
        url=address("cases:own_case", case),
        now=now,
    )


def tell_news(account: Account | uuid.UUID, *, now: dt.datetime) -> None:
    """A notice that there is news, and not of what."""
    notices.notify(account=account, kind="case.news", facts={}, url=address_of_own(), now=now)


@cache
def address_of_own() -> str:
    """Where people see what they asked for."""
    return reverse("cases:mine")


def tell_members(case: Case, *, now: dt.datetime) -> None:
    """A notice to everybody else who takes part and has an account, a text message to whoever has
    none and agreed; both say only that there is news. Two queries, and one notice each."""
    with protection.working("cases.tell"):
        others = GroupMember.objects.filter(case=case, state=MemberState.JOINED)
        opened = [
            (one, contact_of(case, one)) for one in others.exclude(owner_digest=case.owner_digest)
        ]
        texting_members.plan(case, opened, now=now)
    accounts = [contact.account for _member, contact in opened if contact.account]
    for account in Account.objects.filter(pk__in=accounts, is_active=True):
        notices.notify(
            account=account, kind="case.group", facts={}, url=reverse("cases:mine"), now=now
        )


def applicant_of(case: Case) -> Account | None:
    """Whoever asked, if they have an account; see `applicants_of`. One query for a complaint."""
    if not case.is_complaint:
        return case.applicant
    account_id = sealed_account(case)
    return Account.objects.filter(is_active=True, pk=account_id).first() if account_id else None


def applicants_of(cases: Iterable[Case]) -> dict[uuid.UUID, uuid.UUID | None]:
    """The account of whoever asked for each case. Opens the seals of complaints to find out; what
    is read goes no further than the notices that are written. One query for all complaints."""
    found: dict[uuid.UUID, uuid.UUID | None] = {}
    sealed: dict[uuid.UUID, uuid.UUID] = {}
    for case in cases:
        if not case.is_complaint:
            found[case.pk] = case.applicant_id
        elif (account_id := sealed_account(case)) is not None:
            sealed[case.pk] = account_id
    if sealed:
        those = Account.objects.filter(is_active=True, pk__in=set(sealed.values()))
        active = set(those.values_list("pk", flat=True))
        found |= {case: each for case, each in sealed.items() if each in active}
    return found


def sealed_account(case: Case) -> uuid.UUID | None:
    """The account under the seal of a complaint, as long as it is theirs."""
    told = timeline.told_in(case) if case.sealed_key else {}
    if not told.get("account"):
        return None
    account_id = uuid.UUID(told["account"])
    # Otherwise it is their family's now (`services.life`).
    return account_id if bytes(case.owner_digest) == owner_of_account(account_id) else None


def tell_officers(
    case: Case,
    union: Union,
    kind: str,
    *,
    now: dt.datetime,
    facts: Mapping[str, Any] | None = None,
    known: "Officers | None" = None,
) -> int:
    """A notice to those who may handle cases at `union` itself, except whoever is tied to an
    employer the case accuses, or excluded; says how many. `known` is who they are, where it has
    been asked for many cases at once."""
    accounts = (known or Officers()).of(case, union)
    for account in accounts:
        tell_officer(account, case, union, kind, due_at=case.next_due_at, now=now, facts=facts)
    return len(accounts)


def tell_officer(
    account: Account,
    case: Case,
    union: Union,
    kind: str,
    *,
    due_at: dt.datetime,
    now: dt.datetime,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """A notice to one officer about one case, which they may know of."""
    told = {"number": case.number, "union": union.name, "due_at": due_at.isoformat()}
    notices.notify(
        account=account,
        kind=kind,
        facts=told | dict(facts or {}),
        url=address("cases:case", case),
        now=now,
    )


class Dated(NamedTuple):
    """A case, and by when something is due on it."""

    case: Case
    due_at: dt.datetime


def tell_of_cases(
    account: Account, union: Union, kind: str, cases: Sequence[Dated], *, now: dt.datetime
) -> None:
    """A notice to one officer about some cases at `union`, which they may know of. Of many it says
    how many, by when the first is due, and leads to where they stand together."""
    if len(cases) == 1:
        [only] = cases
        tell_officer(account, only.case, union, kind, due_at=only.due_at, now=now)
        return
    of_many, query = OF_MANY[kind]
    first = min(each.due_at for each in cases)
    notices.notify(
        account=account,
        kind=of_many,
        facts={"count": len(cases), "union": union.name, "due_at": first.isoformat()},
        url=reverse("cases:queue") + query.format(union=union.number),
        now=now,
    )


def tell_assigned(
    case: Case, to: uuid.UUID, *, by: uuid.UUID | None = None, now: dt.datetime
) -> None:
    """A notice to the officer a case is given to, by a rule or by hand; none to whoever took it
    themselves. Who may be given a case has been asked by the caller. A decoy is announced like any
    other: one that came in silence would be known for what it is."""
    if to == by:
        return
    notices.notify(
        account=Account.objects.get(pk=to),
        kind="desk.case_assigned",
        facts={
            "number": case.number,
            "union": case.handler.name,
            "due_at": case.next_due_at.isoformat(),
        },
        url=address("cases:case", case),
        now=now,
    )


def tell_assigned_many(to: Mapping[uuid.UUID, int], union: Union, *, now: dt.datetime) -> None:
    """One notice to each officer who was given so many cases of `union` at once."""
    for account in Account.objects.filter(pk__in=to):
        notices.notify(
            account=account,
            kind="desk.cases_assigned",
            facts={"count": to[account.pk], "union": union.name},
            url=reverse("cases:queue"),
            now=now,
        )


class Officers:
    """Whoever handles cases at which union, and their ties: asked once for many cases."""

    def __init__(self, unions: Collection[uuid.UUID] = ()) -> None:
        self.at: dict[uuid.UUID, dict[uuid.UUID, Account]] = {}
        self.ties: dict[uuid.UUID, set[uuid.UUID]] = {}
        if unions:
            self.learn(unions)

    def learn(self, unions: Collection[uuid.UUID]) -> None:
        """Read who handles cases at each of `unions`. One query."""
        roles = [role for role, may in permissions.MAY.items() if Action.HANDLE_CASES in may]
        posts = Post.objects.filter(
            union__in=unions, ended_at__isnull=True, role__in=roles, account__is_active=True
        )
        self.at |= {union: {} for union in unions}
        for post in posts.select_related("account").defer("account__phone", "account__password"):
            self.at[post.union_id][post.account_id] = post.account

    def learn_ties(self, unions: Collection[uuid.UUID]) -> None:
        """Read the ties of everybody at `unions`. One query, none without any."""
        everybody = {account for union in unions for account in self.at[union]}
        if unknown := everybody - self.ties.keys():
            self.ties |= ties_of(unknown)

    def all_at(self, union: Union) -> dict[uuid.UUID, Account]:
        """Those at `union`. A query for one that nobody has asked about yet."""
        if union.pk not in self.at:
            self.learn([union.pk])
        return self.at[union.pk]

    def of(self, case: Case, union: Union) -> list[Account]:
        """Those at `union` who may know of `case`. A query each for a union and for ties that
        nobody has asked about yet."""
        accounts = self.all_at(union)
        if case.excluded_ids:
            accounts = {k: each for k, each in accounts.items() if k not in case.excluded_ids}
        if not case.accused_ids:
            return list(accounts.values())
        if unknown := accounts.keys() - self.ties.keys():
            self.ties |= ties_of(unknown)
        accused = set(case.accused_ids)
        return [each for key, each in accounts.items() if not self.ties[key] & accused]
