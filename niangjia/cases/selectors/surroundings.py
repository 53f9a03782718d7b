"""What stands around a case on its page: names, colleagues, units, employers, unions near."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Q, QuerySet, UUIDField, Value

from niangjia.cases.models import Case, CaseUnit
from niangjia.cases.rules.routing import HIGHEST_DEPTH
from niangjia.cases.selectors.items import document_of
from niangjia.core import clock
from niangjia.core.prepared import Asked, asked, together
from niangjia.core.working_calendar import known_between
from niangjia.members.models import Account, Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.ties import Overlaps, TiedTo
from niangjia.members.selectors.unions_within_reach import OFFERED, Choices
from niangjia.organisations.models import Employer, Status, Union
from niangjia.organisations.rules.paths import SEGMENT_LENGTH, ancestor_paths
from niangjia.organisations.selectors import list_entries
from niangjia.organisations.selectors.employers import (
    Called,
    called_at,
    ever_named,
    kin,
    unions_ever_of,
)

ROLES = [role for role, may in permissions.MAY.items() if Action.HANDLE_CASES in may]


@dataclass(frozen=True)
class Colleague:
    """Somebody a case can be given to."""

    account_id: uuid.UUID
    name: str
    role: str


def officers_named(accounts: Collection[uuid.UUID]) -> Asked[dict[uuid.UUID, str]]:
    """The question for what officers are called, by account."""
    found = Account.objects.filter(pk__in=accounts, person__isnull=False)
    return asked(found.values_list("pk", "person__name"), dict)


def names_of_officers(accounts: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What officers are called, by account. One query, none without any."""
    return together(officers_named(accounts))[0] if accounts else {}


def names_of_handling_officers(unions: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Whoever handles cases at one of `unions` now, by account, with their names. One query."""
    posts = Post.objects.filter(
        union__in=unions, ended_at=None, role__in=ROLES, account__is_active=True
    ).exclude(account__person=None)
    return dict(
        posts.order_by("account__person__name").values_list("account", "account__person__name")
    )


def find_account(account_id: uuid.UUID | None) -> Account | None:
    """The account of this id, if there is an active one."""
    return Account.objects.filter(pk=account_id, is_active=True).first() if account_id else None


def colleagues_on(case: Case) -> Asked[list[Colleague]]:
    """The question who handles cases at the union whose turn it is, without those tied to an
    employer the case accuses."""
    tied = Overlaps(TiedTo(F("account")), Value(case.accused_ids, ArrayField(UUIDField())))
    posts = (
        Post.objects.filter(
            union=case.handler_id, ended_at__isnull=True, role__in=ROLES, account__is_active=True
        )
        .exclude(account_id__in=[*case.excluded_ids, *filter(None, [case.applicant_id])])
        .annotate(holder=F("account__person__name"))
        .order_by("role", "appointed_at")
    )
    return asked(posts.exclude(tied) if case.accused_ids else posts, each_once)


def each_once(posts: Iterable[Post]) -> list[Colleague]:
    """Who holds them: whoever holds several stands by the first."""
    found: dict[uuid.UUID, Colleague] = {}
    for post in posts:
        name: str = post.holder or ""  # type: ignore[attr-defined]
        role = str(post.get_role_display())
        found.setdefault(post.account_id, Colleague(post.account_id, name, role))
    return list(found.values())


def list_colleagues(case: Case) -> list[Colleague]:
    """The answer to `colleagues_on`. One query."""
    return list(together(colleagues_on(case))[0])


def joint_units_of(case: Case) -> Asked[list[CaseUnit]]:
    """The question for the parts of unions that handle the case together with its handler now. In
    a viewer's scope."""
    units = CaseUnit.objects.filter(case=case, is_joint=True, until=None).select_related("union")
    return asked(units.order_by("since"))


def list_joint_units(case: Case) -> list[CaseUnit]:
    """Its answer. One query."""
    return list(together(joint_units_of(case))[0])


def list_joint_unions(case: Case) -> list[Union]:
    """The unions that handle the case together with its handler now. In a viewer's scope."""
    return [unit.union for unit in list_joint_units(case)]


def names_of_accused(case: Case) -> list[str]:
    """The employers a complaint is about, for those who may read it. None for a service."""
    return [name for _pk, name in list_accused(case)]


def accused_over_time(case: Case) -> Asked[list[Called]]:
    """The question for the same as they were called when the case was begun, and as they are called
    now."""
    return called_at(case.accused_ids, case.opened_at)


def accused_of(case: Case) -> Asked[list[tuple[uuid.UUID, str]]]:
    """The question for the same with their ids."""
    accused = Employer.objects.filter(pk__in=case.accused_ids).order_by("name")
    return asked(accused.values_list("pk", "name"))


def list_accused(case: Case) -> list[tuple[uuid.UUID, str]]:
    """Its answer. One query, none for a service."""
    return list(together(accused_of(case))[0]) if case.accused_ids else []


def find_employer(text: str, union: Union) -> Employer | None:
    """The employer of this code, or the first of this whole name in the province of `union`, among
    those that unions name or named: that only a complaint knows it is not to be found out here."""
    text = " ".join(text.split())
    named = Q(name=text, division__code__startswith=union.division.code[:2])
    return ever_named().filter(named | Q(uscc=text.upper())).order_by("id").first()


def list_near(case: Case) -> QuerySet[Union]:
    """The unions a case may be transferred to: below the one that has it, no lower than its service
    goes, above it up to the province, and beside it; active, and there for no employer it accuses.

    The service asks the same list, so that nothing is offered that it would refuse. Leaving out
    the unions of the accused betrays nothing: whoever chooses reads in the case whom it accuses,
    and every union's page says for whom it is there."""
    beside = Q(parent_id=case.handler.parent_id) if case.handler.depth > 1 else Q(pk__in=[])
    above = Q(path__in=ancestor_paths(case.handler_path)[1:-1])
    return able_among(Q(path__startswith=case.handler_path) | above | beside, case)


def list_within(case: Case, union: Union) -> QuerySet[Union]:
    """The unions a case may be given to by whoever gives cases on anywhere below `union` (the line
    of a hotline): itself and all below it that may handle the case at all."""
    return able_among(Q(path__startswith=union.path, depth__gte=HIGHEST_DEPTH), case)


def able_among(unions: Q, case: Case) -> QuerySet[Union]:
    """Those of `unions` that are active, no lower than the service of `case` goes, there for no
    employer it accuses, and do not have it already."""
    level = document_of(case.snapshot_id).level
    found = Union.objects.filter(unions, status=Status.ACTIVE, depth__lte=level)
    return untied_unions(found, case).exclude(pk=case.handler_id)


def list_of_province(case: Case) -> QuerySet[Union]:
    """The unions that may take part in a case: those of the handler's province that are active and
    there for no employer it accuses."""
    province = case.handler_path[: SEGMENT_LENGTH * 2]
    found = Union.objects.filter(path__startswith=province, status=Status.ACTIVE, depth__gt=0)
    return untied_unions(found, case).exclude(pk=case.handler_id)


def untied_unions(unions: QuerySet[Union], case: Case) -> QuerySet[Union]:
    """Those of `unions` that neither are, nor ever were, there for an employer `case` accuses,
    under any of its names, nor are where somebody works whom it is about, nor lie below one that
    is. Four queries at most, none for what is no complaint."""
    about = Union.objects.filter(pk__in=case.about_ids)
    for path in about.values_list("path", flat=True) if case.about_ids else ():
        unions = unions.exclude(path__startswith=path)
    if not case.accused_ids:
        return unions
    theirs = unions_ever_of(kin(case.accused_ids))
    for path in theirs.values_list("path", flat=True):
        unions = unions.exclude(path__startswith=path)
    return unions


def choices_among(unions: QuerySet[Union], words: str) -> Choices:
    """Those of `unions` that `words` may mean: the beginning of a number, or words, pinyin or
    initials; without a word the nearest in the tree, the highest first. One query."""
    unions, words = unions.select_related("division"), words.strip()
    if not words:
        found = list(unions.order_by("depth", "name")[: OFFERED + 1])
    elif words.isdecimal():
        found = list(unions.filter(number__startswith=words).order_by("number")[: OFFERED + 1])
    else:
        entries = list_entries(words).filter(union__in=unions).defer("tokens")
        found = [each.union for each in entries.select_related("union__division")[: OFFERED + 1]]
    return Choices(found[:OFFERED], more=len(found) > OFFERED)


def find_chosen(unions: QuerySet[Union], text: str, *, ticked: str) -> Union | None:
    """The one that was ticked, or that bears this number or this whole name; None where that does
    not say which."""
    if ticked and (found := unions.filter(number=ticked).first()):
        return found
    words = text.strip()
    named = list(unions.filter(Q(number=words) | Q(name=words))[:2]) if words else []
    return named[0] if len(named) == 1 else None


def dates_stay(case: Case) -> Asked[bool]:
    """The question whether the days off of all years are known across which the dates of a case
    were counted."""
    days = (each.astimezone(clock.CHINA).date() for each in (clock.now(), case.due_at))
    return known_between(*sorted(days))


def dates_may_move(case: Case) -> bool:
    """Whether the dates of an open case were counted across a year whose days off nobody knows
    yet. One query, none for one that is not open."""
    return case.is_open and not together(dates_stay(case))[0]
