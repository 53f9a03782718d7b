"""Naming somebody at a union whom a case is about, once they are known (ADR 158)."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, EntryKind
from niangjia.cases.rules.titles import roles_in
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.officers import accounts_meant, is_called, plain
from niangjia.cases.services import locking, timeline
from niangjia.cases.services.about_officers import NOT_ABOUT_OFFICERS, check_who
from niangjia.cases.services.becoming_tied import leave_tied_units
from niangjia.cases.services.merging import lock_merged_with
from niangjia.cases.services.workload import OPEN_STATES
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Account, Post
from niangjia.organisations.models import Union
from niangjia.organisations.rules.paths import ancestor_paths

#: What marks the note of a naming among other notes.
OFFICER = "officer"


@transactions.atomic
def name_officer(*, by: Post, case_id: uuid.UUID, union: Union, who: str, now: dt.datetime) -> Case:
    """Keep a case from somebody at `union` whom it turned out to be about; twice is once. Whoever
    is called so there, or above, or where nobody is holds that post there, sees it no longer from
    this moment on, and it leaves the unions below and that one. Nobody who was named is let in
    again. It stands on the timeline as a note for officers, whom it is not about. Duplicates that
    were made one with it follow.

    Raises `Invalid` on `officer`, also where nobody there is called so, `Conflict`
    "not-about-officers" and what `locking` does.
    """
    who = check_who(who)
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by)
        locking.check_handler(case, post)
        locking.check_open(case, states=OPEN_STATES)
        if not (case.is_complaint or document_of(case.snapshot_id).about_officers):
            raise Conflict(NOT_ABOUT_OFFICERS, code="not-about-officers")
        accounts = accounts_meant(union, who)
        if not accounts:
            problem = _(
                "Nobody with a post at this union, or above it, is called so, and no such post is "
                "held there. Write the name."
            )
            raise Invalid(problem, code="nobody-called-so", fields={"officer": problem})
    with protection.working("cases.name-officer"):
        together = [case, *lock_merged_with(case)]
        for each in together:
            if keep_from(each, accounts, union) or each is case:
                timeline.write_entry(
                    each,
                    EntryKind.NOTE,
                    now=now,
                    by=by.account_id,
                    union=case.handler,
                    words=f"{who}（{union.name}）",
                    facts={OFFICER: True},
                )
    for each in together:
        leave_tied_units(case_id=each.pk, now=now)
    return case


def keep_from(case: Case, accounts: Collection[uuid.UUID], union: Union) -> bool:
    """A locked case is about somebody at `union`, and kept from `accounts`. Says whether that is
    news. As background work."""
    before = (set(case.about_ids), set(case.excluded_ids))
    case.about_ids = sorted({*case.about_ids, union.pk})
    case.excluded_ids = sorted({*case.excluded_ids, *accounts})
    case.save(update_fields=["about_ids", "excluded_ids"])
    return before != (set(case.about_ids), set(case.excluded_ids))


def meet_officer(*, account_id: uuid.UUID, union: Union, now: dt.datetime) -> int:
    """Somebody has got a post at `union`, or who has one there is known by a name: cases are kept
    from them that are about somebody of their name there or below, whoever filed them not knowing
    an account, or before there was one; and those about the post, where nobody held it. Says how
    many. Twice is once."""
    account = Account.objects.select_related("person").get(pk=account_id)
    name = account.person.name if account.person else ""
    held = Post.objects.filter(account=account, union=union, ended_at=None)
    roles = set(held.values_list("role", flat=True))
    with protection.working("cases.meet-officer"):
        found = Case.objects.exclude(about_ids=[]).exclude(excluded_ids__contains=[account_id])
        met = [case.pk for case in found if is_meant(case, name, roles, union)]
        return sum(meet(case_id=pk, account_id=account_id, now=now) for pk in met)


def meet_named(*, account_id: uuid.UUID, now: dt.datetime) -> int:
    """The same at every union where somebody holds a post, who is known by another name by now."""
    unions = Union.objects.filter(posts__account=account_id, posts__ended_at=None).distinct()
    return sum(meet_officer(account_id=account_id, union=each, now=now) for each in unions)


def is_meant(case: Case, name: str, roles: Collection[str], union: Union) -> bool:
    """Whether somebody of this name, or in these roles where nobody else was meant, may be whom at
    `union` a case is about. Opens its seal to see; what is read goes no further. As background
    work. One query."""
    words = plain(timeline.told_in(case).get("about", "") if case.sealed_key else "")
    if not case.excluded_ids and union.pk in case.about_ids and roles_in(words) & {*roles}:
        return True
    return is_called(name, words) and any(
        union.path in ancestor_paths(about.path)
        for about in Union.objects.filter(pk__in=case.about_ids)
    )


@transactions.atomic
def meet(*, case_id: uuid.UUID, account_id: uuid.UUID, now: dt.datetime) -> bool:
    """Keep one case from an account; says whether it was news."""
    with protection.working("cases.meet-officer"):
        case = locking.locked(Case.objects.filter(pk=case_id))
        if case is None or account_id in case.excluded_ids:
            return False
        case.excluded_ids = sorted({*case.excluded_ids, account_id})
        case.save(update_fields=["excluded_ids"])
    leave_tied_units(case_id=case_id, now=now)
    return True
