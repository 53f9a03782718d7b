"""The rules by which a union's cases find their officers, and what they would do."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, F, Q, QuerySet, TextField
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import AssignmentRule, AssignmentShare, Case, State
from niangjia.cases.rules import assigning as rules
from niangjia.cases.rules.assigning import Candidate, Choice
from niangjia.cases.selectors.cases import visible_cases
from niangjia.cases.selectors.hands import workers_at
from niangjia.cases.selectors.surroundings import ROLES, names_of_officers
from niangjia.core import ids
from niangjia.core.errors import NotFound
from niangjia.core.prepared import AnyOf, Given, Prepared
from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import find_acting_post
from niangjia.members.selectors.substitutions import absent_now
from niangjia.members.selectors.ties import tied_employers, untied
from niangjia.organisations.models import Union
from niangjia.organisations.selectors.employers import kin

#: How much of the present queue a preview looks at.
MOST_PREVIEWED = 30
OPEN_STATES = (State.OPEN, State.PAUSED)


@dataclass(frozen=True)
class Planned:
    """To whom a case that nobody has yet would go."""

    case: Case
    choice: Choice | None
    name: str


def rules_of(union_id: uuid.UUID) -> list[AssignmentRule]:
    """The rules that hold at a union, in their order. One query."""
    held = AssignmentRule.objects.filter(union=union_id, ended_at=None)
    return list(held.order_by("position", "id"))


@cache
def rules_at() -> Prepared[AssignmentRule]:
    """The question for the rules of several unions, by their paths."""
    at = AnyOf(F("union__path"), Given("paths", ArrayField(TextField())))
    held = AssignmentRule.objects.filter(at, ended_at=None)
    return Prepared(held.order_by("position", "id"))


def list_rules(*, account: Account) -> QuerySet[AssignmentRule]:
    """The rules that hold, for `account`: none about an employer they are tied to."""
    return (
        AssignmentRule.objects.filter(ended_at=None)
        .exclude(employer__in=tied_employers(account.pk))
        .select_related("union__division", "item", "division", "employer")
        .prefetch_related("shares")
        .order_by("position", "id")
    )


def access_rule(key: str, posts: Sequence[Post], *, account: Account) -> AssignmentRule:
    """One of `list_rules`, of a union where `posts` decide cases. Raises `NotFound`."""
    parsed = ids.parse_uuid(key)
    found = list_rules(account=account).filter(pk=parsed).first() if parsed else None
    if found and find_acting_post(posts, Action.DECIDE_CASES, found.union.path) is None:
        found = None
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


@dataclass
class Office:
    """The officers of a union who are at work, what each has to do, and their parts in the rules:
    read once, and kept as cases are given out."""

    rules: Sequence[AssignmentRule]
    loads: dict[uuid.UUID, int]
    shares: dict[tuple[uuid.UUID, uuid.UUID], AssignmentShare]

    @classmethod
    def load(
        cls, union_id: uuid.UUID, held: Sequence[AssignmentRule], now: dt.datetime
    ) -> "Office":
        """As it is now, to whoever looks. Four queries."""
        staff = list_staff(union_id)
        away = absent_now(staff, now)
        at_work = [account for account in staff if account not in away]
        shares = AssignmentShare.objects.filter(rule__in=held)
        return cls(
            rules=held,
            loads=loads(at_work),
            shares={(share.rule_id, share.account_id): share for share in shares},
        )

    def choose(self, case: Case) -> Choice | None:
        """By the first of the rules that fits and has somebody who may have `case`. One query for
        a rule that asks who knows the applicant, three more for a complaint."""
        accused = kin(case.accused_ids) if case.accused_ids else set()
        fitting = [rule for rule in self.rules if rules.fits(rule, case, accused)]
        allowed = who_may_have(case, self.loads) if fitting else []
        for rule in fitting:
            candidates = [each for key in allowed if (each := self.candidate(rule, key))]
            known = find_known(case, [each.account_id for each in candidates], rule)
            if choice := rules.choose(rule, candidates, known=known):
                return choice
        return None

    def candidate(self, rule: AssignmentRule, account_id: uuid.UUID) -> Candidate | None:
        """An officer as a rule looks at them; None for one who has no part in it."""
        share = self.shares.get((rule.pk, account_id))
        weight = share.weight if share else int(rule.everybody)
        last_at = share.last_at if share else None
        return Candidate(account_id, weight, self.loads[account_id], last_at) if weight else None

    def give(self, choice: Choice, at: dt.datetime) -> AssignmentShare:
        """One case more for whoever was chosen; their part in the rule, not saved."""
        key = (choice.rule.pk, choice.account_id)
        self.loads[choice.account_id] += 1
        share = self.shares.setdefault(key, AssignmentShare(rule_id=key[0], account_id=key[1]))
        share.last_at = at
        return share


def list_staff(union_id: uuid.UUID) -> list[uuid.UUID]:
    """Who handles cases at a union. One query."""
    posts = Post.objects.filter(
        union=union_id, ended_at=None, role__in=ROLES, account__is_active=True
    )
    return list(dict.fromkeys(posts.order_by("appointed_at").values_list("account_id", flat=True)))


def who_may_have(case: Case, accounts: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """Those of `accounts` whom a case is not about, who are tied to no employer it accuses, and
    whom its present step is not left to others by. One query for a complaint, one for such a step.
    """
    unfit = {case.applicant_id, *case.excluded_ids, *workers_at(case)}
    fit = [key for key in accounts if key not in unfit]
    if not case.accused_ids or not fit:
        return fit
    allowed = untied(fit, case.accused_ids)
    return [key for key in fit if key in allowed]


def loads(accounts: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many open cases each has, none left out. One query."""
    held = Case.objects.filter(assigned_to__in=accounts, state__in=OPEN_STATES)
    counted = held.order_by().values_list("assigned_to").annotate(Count("pk"))
    return dict.fromkeys(accounts, 0) | dict(counted)


def find_known(
    case: Case, accounts: Collection[uuid.UUID], rule: AssignmentRule
) -> uuid.UUID | None:
    """Which of `accounts` last worked for the same applicant at the same union. One query, none for
    a rule that does not ask."""
    if not rule.keeps_person or not accounts:
        return None
    same = Q(owner_digest=case.owner_digest)
    if case.person_digest:
        same |= Q(person_digest=case.person_digest)
    before = Case.objects.filter(same, handler=case.handler_id, assigned_to__in=accounts)
    found = before.exclude(pk=case.pk).order_by("-id").values_list("assigned_to", flat=True)
    return found.first()


def list_nobodys(union: Union, posts: Sequence[Post], *, account: Account) -> list[Case]:
    """The open cases of a union that are nobody's yet, as far as the asker sees them, the most
    urgent first. In the scope of `account`."""
    found = visible_cases(posts, account=account).filter(
        handler_path=union.path, assigned_to__isnull=True, state__in=OPEN_STATES
    )
    return list(found.select_related("handler").order_by("next_due_at", "id")[:MOST_PREVIEWED])


def plan(cases: Sequence[Case], office: Office, *, now: dt.datetime) -> list[Planned]:
    """To whom each of `cases` would go, one after the other. Nothing is written. In the scope of
    whoever looks: what others have that is hidden from them counts for nothing here."""
    chosen: list[tuple[Case, Choice | None]] = []
    for number, case in enumerate(cases):
        choice = office.choose(case)
        if choice is not None:
            office.give(choice, now + dt.timedelta(microseconds=number))
        chosen.append((case, choice))
    names = names_of_officers({choice.account_id for _case, choice in chosen if choice})
    return [
        Planned(case, choice, names.get(choice.account_id, "—") if choice else "")
        for case, choice in chosen
    ]
